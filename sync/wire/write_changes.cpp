#include <utility>

#include <nlohmann/json.hpp>

#include "gate/canon/json.hpp"
#include "gate/canon/time_text.hpp"
#include "sync/wire/changes.hpp"

namespace syncing {
namespace {

using nlohmann::json;

void drop_unstated_time(json& data) {
  if (data.at("asOf") == canon::time_text(core::WallTime{})) data.erase("asOf");
}

struct WriteData {
  json operator()(std::monostate) const { return nullptr; }

  json operator()(const core::ReleaseRight& right) const {
    json data = canon::to_json(right);
    json lights = json::object();
    for (const auto& light : right.lights) lights[light.name] = light.value;
    data["lights"] = std::move(lights);
    data.erase("state");  // stated by the change, not by the row
    data.erase("usedElsewhere");
    drop_unstated_time(data);
    return data;
  }

  json operator()(const core::Appointment& appointment) const {
    json data = canon::to_json(appointment);
    data["slot"] = {{"from", data.at("slotFrom")}, {"to", data.at("slotTo")}};
    for (const char* key : {"tar", "slotFrom", "slotTo", "dirty"}) data.erase(key);
    drop_unstated_time(data);
    return data;
  }

  json operator()(const core::Driver& driver) const {
    json data = canon::to_json(driver);
    for (const char* key : {"driverIdHash", "dirty"}) data.erase(key);
    drop_unstated_time(data);
    return data;
  }

  json operator()(const core::Restriction& restriction) const {
    json data = canon::to_json(restriction);
    for (const char* key : {"kind", "reference"}) data.erase(key);
    return data;
  }
};

const char* id_name(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::releaseRight:
    case ChangeKind::use:
      return "releaseId";
    case ChangeKind::appointment:
      return "tar";
    case ChangeKind::driver:
      return "driverIdHash";
    case ChangeKind::ban:
    case ChangeKind::hold:
      return "reference";
  }
  return "";
}

json write_one(const Change& change) {
  json key = json::object();
  if (!change.key.id.empty()) key[id_name(change.kind)] = change.key.id;
  if (change.key.equipment_number) key["equipmentNumber"] = *change.key.equipment_number;
  if (change.key.stay_number) key["stayNumber"] = *change.key.stay_number;
  json whole{
      {"kind", boost::describe::enum_to_string(change.kind, "?")},
      {"op", change.op == ChangeOp::erase ? "delete" : boost::describe::enum_to_string(change.op, "?")},
      {"key", std::move(key)}};
  json data = std::visit(WriteData{}, change.data);
  if (change.state) data["state"] = boost::describe::enum_to_string(*change.state, "?");
  if (!data.is_null()) whole["data"] = std::move(data);
  return whole;
}

}  // namespace

json write_change(const ReadChange& change) {
  if (const auto* parked = std::get_if<ParkedChange>(&change)) return json::parse(parked->raw);
  return write_one(std::get<Change>(change));
}

Change upsert(core::ReleaseRight right) {
  Change written = change(ChangeKind::releaseRight, ChangeOp::upsert, right.release_id);
  written.data = std::move(right);
  return written;
}

Change upsert(core::Appointment appointment) {
  Change written = change(ChangeKind::appointment, ChangeOp::upsert, appointment.tar);
  written.data = std::move(appointment);
  return written;
}

Change upsert(core::Driver driver) {
  Change written = change(ChangeKind::driver, ChangeOp::upsert, driver.driver_id_hash);
  written.data = std::move(driver);
  return written;
}

Change upsert(core::Restriction restriction) {
  const bool ban = restriction.kind == core::RestrictionKind::ban;
  Change written = change(ban ? ChangeKind::ban : ChangeKind::hold, ChangeOp::upsert, restriction.reference);
  written.data = std::move(restriction);
  return written;
}

Change change(ChangeKind kind, ChangeOp op, std::string id) {
  Change written;
  written.kind = kind;
  written.op = op;
  written.key.id = std::move(id);
  return written;
}

}  // namespace syncing
