#include <algorithm>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "tests/world/day_parser.hpp"

namespace world {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// As the platform masks a card number: "**12".
std::string mask_of(const std::string& card) {
  return "**" + card.substr(card.size() < 2 ? 0 : card.size() - 2);
}

/// A mistake is told and comes back as no time at all.
std::pair<core::Milliseconds, core::Milliseconds> slot_of(ScriptTable& table) {
  const auto slot = table.texts("slot");
  if (slot.size() == 2) {
    const auto from = parse_offset(slot[0]);
    const auto to = parse_offset(slot[1]);
    if (from && to && *from < *to) return {*from, *to};
  }
  table.complain("slot", "must be two times, the earlier one first: [\"-30m\", \"+2h\"]");
  return {};
}

}  // namespace

void DayParser::records(ScriptTable& top) {
  for (const auto& table : top.tables("haulier")) haulier(table);
  for (const auto& table : top.tables("driver")) driver(table);
  for (const auto& table : top.tables("right")) right(table);
  for (const auto& table : top.tables("appointment")) appointment(table);
  for (const auto& table : top.tables("ban")) restriction(table);
}

void DayParser::haulier(ScriptTable table) {
  core::HaulierIds ids;
  const std::string name = table.need("name");
  ids.nxt_entity_id = table.text("nxt_entity_id");
  ids.eori = table.text("eori");
  ids.tin = table.text("tin");
  ids.apcs = table.text("apcs");
  ids.duns = table.text("duns");
  ids.external_id = table.text("external_id");
  table.close();
  if (!hauliers_.emplace(name, ids).second) table.complain("name", "\"" + name + "\" is there already");
}

core::HaulierIds DayParser::haulier_of(ScriptTable& table) {
  const std::string name = table.need("haulier");
  const auto found = hauliers_.find(name);
  if (found != hauliers_.end()) return found->second;
  if (!name.empty()) table.complain("haulier", "no [[haulier]] is called \"" + name + "\"");
  return {};
}

std::optional<std::string> DayParser::card_of(ScriptTable& table) {
  auto card = table.text("driver");
  const auto is_this = [&card](const core::Driver& driver) { return driver.driver_id_hash == *card; };
  if (card && std::none_of(day_.records.drivers.begin(), day_.records.drivers.end(), is_this)) {
    table.complain("driver", "no [[driver]] has the card \"" + *card + "\"");
  }
  return card;
}

std::optional<core::WallTime> DayParser::time_of(ScriptTable& table, std::string_view key) {
  const auto offset = table.offset(key);
  return offset ? std::optional(core::WallTime{} + *offset) : std::nullopt;
}

std::string DayParser::container_of(ScriptTable& table, std::string_view key, const std::string& code) {
  if (!core::check_digit_fits(code)) {
    table.complain(key, "\"" + code + "\" is no container number with the right check digit");
  }
  return code;
}

void DayParser::driver(ScriptTable table) {
  core::Driver driver;
  driver.driver_id_hash = table.need("card");
  if (!all_digits(driver.driver_id_hash)) table.complain("card", "a card number is digits only");
  driver.credential_hashes = {driver.driver_id_hash};
  driver.mask = mask_of(driver.driver_id_hash);
  driver.status = table.word("status", core::BadgeStatus::active);
  driver.valid_from = time_of(table, "valid_from");
  driver.valid_until = time_of(table, "valid_until");
  driver.language = table.text("language").value_or("");
  driver.haulier = haulier_of(table);
  table.close();
  day_.records.drivers.push_back(std::move(driver));
}

/// Takes every field that the table has; the others stay as they are.
void DayParser::fill(core::ReleaseRight& right, ScriptTable& table) {
  if (table.has("container"))
    right.equipment_number = container_of(table, "container", table.need("container"));
  if (const auto stay = table.text("stay")) right.stay_number = stay;
  if (table.has("haulier")) right.carrier = haulier_of(table);
  if (table.has("driver")) {
    right.driver_id_hash = card_of(table);
    right.driver_mask = mask_of(right.driver_id_hash.value_or(""));
  }
  if (const auto means = table.text("means")) right.means_of_transport = means;
  if (const auto source = table.text("source")) right.source = *source;
  if (table.has("released")) right.release_date_time_utc = time_of(table, "released");
  if (table.has("expires")) right.expiration_date_time_utc = time_of(table, "expires");
  if (table.has("assigned")) right.assignment_as_of = time_of(table, "assigned");
  right.state = table.word("state", right.state);
  for (const auto& [name, value] : table.pairs("lights")) {
    const auto same = [&name = name](const core::Light& light) { return light.name == name; };
    const auto light = std::find_if(right.lights.begin(), right.lights.end(), same);
    if (light == right.lights.end()) {
      right.lights.push_back({name, value});
    } else {
      light->value = value;
    }
  }
}

void DayParser::right(ScriptTable table) {
  core::ReleaseRight right;
  right.release_id = table.need("id");
  right.source = "CPu";
  right.lights = {{"commercialrelease", "ok"},
                  {"customs", "released"},
                  {"terminaloperation", "discharged"},
                  {"terminalready", "released"}};
  fill(right, table);
  if (right.driver_id_hash && !right.assignment_as_of) right.assignment_as_of = core::WallTime{};
  table.close();
  if (right.equipment_number.empty()) table.complain("container", "is missing");
  if (!now_.emplace(right.release_id, right).second) {
    table.complain("id", "\"" + right.release_id + "\" is there already");
  }
  day_.records.rights.push_back(std::move(right));
}

core::ReleaseRight* DayParser::known_right(ScriptTable& table, std::string_view key, const std::string& id) {
  const auto found = now_.find(id);
  if (found != now_.end()) return &found->second;
  table.complain(key, "no [[right]] has the id \"" + id + "\"");
  return nullptr;
}

core::Job DayParser::job(ScriptTable& table, const std::string& id) {
  core::Job job;
  job.id = id;
  if (!table.has("kind")) table.complain("kind", "is missing");
  job.kind = table.word("kind", core::JobKind::service);
  if (const auto release = table.text("right")) {
    if (const auto* right = known_right(table, "right", *release)) {
      job.release_id = right->release_id;
      job.equipment_number = right->equipment_number;
      job.stay_number = right->stay_number;
    }
  }
  if (const auto code = table.text("container"))
    job.equipment_number = container_of(table, "container", *code);
  if (const auto stay = table.text("stay")) job.stay_number = stay;
  job.size_type = table.text("size_type");
  table.close();
  return job;
}

void DayParser::appointment(ScriptTable table) {
  core::Appointment appointment;
  appointment.tar = table.need("tar");
  const auto [from, to] = slot_of(table);
  appointment.slot_from = core::WallTime{} + from;
  appointment.slot_to = core::WallTime{} + to;
  if (const auto plate = table.text("plate")) appointment.tractor_plate = core::normalise_plate(*plate);
  appointment.haulier = haulier_of(table);
  appointment.driver_id_hash = card_of(table);
  int number = 0;
  for (auto& inner : table.tables("jobs")) {
    appointment.jobs.push_back(job(inner, appointment.tar + "-" + std::to_string(++number)));
  }
  table.close();
  if (appointment.jobs.empty() || appointment.jobs.size() > 2) table.complain("jobs", "must be one or two");
  for (const auto& other : day_.records.appointments) {
    if (other.tar == appointment.tar) table.complain("tar", "\"" + appointment.tar + "\" is there already");
  }
  day_.records.appointments.push_back(std::move(appointment));
}

void DayParser::restriction(ScriptTable table) {
  core::Restriction restriction;
  restriction.kind = table.word("kind", core::RestrictionKind::ban);
  restriction.reference = table.need("reference");
  restriction.subject = table.word("subject", core::RestrictionSubject::plate);
  restriction.value = table.need("value");
  if (restriction.subject == core::RestrictionSubject::plate) {
    restriction.value = core::normalise_plate(restriction.value);
  }
  table.close();
  day_.records.restrictions.push_back(std::move(restriction));
}

}  // namespace world
