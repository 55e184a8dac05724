#include "sync/wire/changes.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "sync/wire/fields.hpp"

namespace syncing {
namespace {

namespace dom = simdjson::dom;

bool same_in_any_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [lower](char left, char right) { return lower(left) == lower(right); });
}

/// Names that are values compare without regard to case.
template <class Enum>
std::optional<Enum> named(std::string_view text) {
  std::optional<Enum> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&found, text](auto item) {
    if (!found && same_in_any_case(item.name, text)) found = item.value;
  });
  return found;
}

template <class Enum>
Enum required(Fields& fields, const char* name) {
  const auto value = named<Enum>(fields.text(name));
  if (!value) fields.wrong(name, "not one of the names allowed");
  return value.value_or(Enum{});
}

std::optional<std::string> equipment(Fields& fields) {
  auto number = fields.optional_text("equipmentNumber");
  if (number) number = core::normalise_equipment_number(*number);
  return number;
}

core::HaulierIds haulier(Fields& outer, const char* name) {
  const auto object = outer.object(name);
  if (!object) return {};
  Fields fields(*object, outer.where() + "." + name);
  core::HaulierIds ids{.nxt_entity_id = fields.optional_text("nxtEntityId"),
                       .eori = fields.optional_text("eori"),
                       .tin = fields.optional_text("tin"),
                       .apcs = fields.optional_text("apcs"),
                       .duns = fields.optional_text("duns"),
                       .external_id = fields.optional_text("externalId")};
  if (!fields.ok()) outer.wrong(name, fields.error());
  return ids;
}

/// `"customs": "released"` or `"customs": {"value": "released", ...}`; null is no light.
std::vector<core::Light> lights(Fields& outer) {
  std::vector<core::Light> lights;
  const auto object = outer.object("lights");
  if (!object) return lights;
  for (const auto& [name, light] : dom::object(*object)) {
    Element value = light;
    if (light.is_object() && light.at_key("value").get(value) != simdjson::SUCCESS) continue;
    if (value.is_null()) continue;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS)
      lights.push_back({std::string(name), std::string(text)});
    else
      outer.wrong("lights." + std::string(name), "neither a text nor an object with a text `value`");
  }
  // The same right in whatever order they were sent.
  std::sort(lights.begin(), lights.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return lights;
}

core::ReleaseRight read_right(Fields& fields, const ChangeKey& key) {
  core::ReleaseRight right;
  right.release_id = fields.optional_text("releaseId").value_or(key.id);
  right.release_identification = fields.optional_text("releaseIdentification");
  right.equipment_number = equipment(fields).value_or(key.equipment_number.value_or(""));
  right.stay_number = fields.optional_text("stayNumber");
  if (!right.stay_number) right.stay_number = key.stay_number;
  right.release_date_time_utc = fields.optional_time("releaseDateTimeUtc");
  right.expiration_date_time_utc = fields.optional_time("expirationDateTimeUtc");
  right.means_of_transport = fields.optional_text("meansOfTransport");
  right.carrier = haulier(fields, "carrier");
  right.driver_id_hash = fields.optional_text("driverIdHash");
  right.driver_mask = fields.optional_text("driverMask");
  right.assignment_as_of = fields.optional_time("assignmentAsOf");
  right.lights = lights(fields);
  right.source = fields.optional_text("source").value_or("CPu");
  right.as_of = fields.optional_time("asOf").value_or(core::WallTime{});
  if (right.equipment_number.empty()) fields.wrong("equipmentNumber", "missing or empty");
  if (key.id.empty()) fields.wrong("releaseId", "missing in the key");
  if (right.release_id != key.id) fields.wrong("releaseId", "differs from the key");
  return right;
}

core::Job read_job(const Element& item, std::size_t index, Fields& outer) {
  Fields fields(item, "jobs[" + std::to_string(index) + "]");
  core::Job job{.id = fields.text("id"),
                .kind = required<core::JobKind>(fields, "kind"),
                .equipment_number = equipment(fields),
                .stay_number = fields.optional_text("stayNumber"),
                .release_id = fields.optional_text("releaseId"),
                .size_type = fields.optional_text("sizeType")};
  if (!fields.ok()) outer.wrong("jobs", fields.error());
  return job;
}

core::Appointment read_appointment(Fields& fields, const ChangeKey& key) {
  core::Appointment appointment;
  appointment.tar = key.id;
  Fields times(fields.object("slot"), "slot");
  appointment.slot_from = times.time("from");
  appointment.slot_to = times.time("to");
  if (times.ok() && appointment.slot_to < appointment.slot_from) times.wrong("to", "before `from`");
  if (!times.ok()) fields.wrong("slot", times.error());
  appointment.tractor_plate = fields.optional_text("tractorPlate");
  if (appointment.tractor_plate)
    appointment.tractor_plate = core::normalise_plate(*appointment.tractor_plate);
  appointment.haulier = haulier(fields, "haulier");
  appointment.driver_id_hash = fields.optional_text("driverIdHash");
  if (const auto jobs = fields.array("jobs"))
    for (const Element& job : dom::array(*jobs))
      appointment.jobs.push_back(read_job(job, appointment.jobs.size(), fields));
  appointment.as_of = fields.optional_time("asOf").value_or(core::WallTime{});
  return appointment;
}

core::Driver read_driver(Fields& fields, const ChangeKey& key) {
  core::Driver driver;
  driver.driver_id_hash = key.id;
  driver.credential_hashes = fields.texts("credentialHashes");
  driver.mask = fields.optional_text("mask").value_or("");
  driver.status = required<core::BadgeStatus>(fields, "status");
  driver.valid_from = fields.optional_time("validFrom");
  driver.valid_until = fields.optional_time("validUntil");
  driver.language = fields.optional_text("language").value_or("");
  driver.haulier = haulier(fields, "haulier");
  driver.as_of = fields.optional_time("asOf").value_or(core::WallTime{});
  return driver;
}

core::Restriction read_restriction(Fields& fields, const ChangeKey& key, core::RestrictionKind kind) {
  core::Restriction restriction{.kind = kind, .reference = key.id, .subject = {}, .value = {}};
  restriction.subject = required<core::RestrictionSubject>(fields, "subject");
  restriction.value = normal_value(restriction.subject, fields.text("value"));
  if (restriction.value.empty()) fields.wrong("value", "names nobody");
  return restriction;
}

const char* key_name(ChangeKind kind) {
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

bool about_rights(ChangeKind kind) { return kind == ChangeKind::releaseRight || kind == ChangeKind::use; }

ChangeKey read_key(Fields& outer, ChangeKind kind) {
  ChangeKey key;
  const auto object = outer.object("key");
  if (!object) {
    outer.wrong("key", "missing");
    return key;
  }
  Fields fields(*object, "key");
  key.id = fields.optional_text(key_name(kind)).value_or("");
  if (about_rights(kind)) {
    key.equipment_number = equipment(fields);
    key.stay_number = fields.optional_text("stayNumber");
  }
  if (!names_a_row(key)) fields.wrong(key_name(kind), "missing or empty");
  if (!fields.ok()) outer.wrong("key", fields.error());
  return key;
}

std::optional<ChangeOp> read_op(const std::string& text) {
  if (text == "erase") return std::nullopt;
  return text == "delete" ? ChangeOp::erase : named<ChangeOp>(text);
}

bool allowed(ChangeKind kind, ChangeOp op) {
  if (op == ChangeOp::upsert || op == ChangeOp::erase) return true;
  if (op == ChangeOp::dirty) return kind <= ChangeKind::driver;
  return kind == ChangeKind::releaseRight;
}

ChangeData read_data(Fields& fields, const Change& change) {
  switch (change.kind) {
    case ChangeKind::releaseRight:
      return read_right(fields, change.key);
    case ChangeKind::appointment:
      return read_appointment(fields, change.key);
    case ChangeKind::driver:
      return read_driver(fields, change.key);
    case ChangeKind::ban:
      return read_restriction(fields, change.key, core::RestrictionKind::ban);
    case ChangeKind::hold:
      return read_restriction(fields, change.key, core::RestrictionKind::hold);
    case ChangeKind::use:
      break;
  }
  return {};
}

/// Fills data; a ban or hold whose data say "active": false is one that is gone.
void read_upsert(Fields& outer, Change& change) {
  if (change.kind == ChangeKind::use) return;
  const auto data = outer.object("data");
  if (!data) return outer.wrong("data", "missing");
  Fields fields(*data, "data");
  const bool restriction = change.kind == ChangeKind::ban || change.kind == ChangeKind::hold;
  if (restriction && !fields.optional_flag("active").value_or(true)) {
    change.op = ChangeOp::erase;
  } else {
    change.data = read_data(fields, change);
  }
  if (change.kind == ChangeKind::releaseRight && fields.has("state"))
    change.state = required<core::RightState>(fields, "state");
  if (!fields.ok()) outer.wrong("data", fields.error());
}

/// A ban or hold that cannot be read whole may be in force, unless it says that it is over. Anything else
/// that names no row may revoke or use up just any, unless it gives a use back.
std::optional<Glimpse> glimpse_of(const Element& whole, const ParkedChange& parked,
                                  std::optional<ChangeOp> op) {
  const bool restriction = parked.kind == ChangeKind::ban || parked.kind == ChangeKind::hold;
  if (op == ChangeOp::erase && (restriction || parked.kind == ChangeKind::use)) return std::nullopt;
  if (!restriction) return names_a_row(parked.key) ? std::nullopt : std::optional(Glimpse{});
  Fields fields(Fields(whole, "change").object("data"), "data");
  if (!fields.optional_flag("active").value_or(true)) return std::nullopt;
  Glimpse glimpse;
  glimpse.subject = named<core::RestrictionSubject>(fields.optional_text("subject").value_or(""));
  glimpse.value = fields.optional_text("value").value_or("");
  if (const auto digits = fields.optional_number("value")) glimpse.value = std::to_string(*digits);
  if (glimpse.subject && normal_value(*glimpse.subject, glimpse.value).empty()) glimpse.value.clear();
  return glimpse;
}

}  // namespace

bool names_a_row(const ChangeKey& key) {
  return !key.id.empty() || (key.equipment_number && key.stay_number);
}

std::string normal_value(core::RestrictionSubject subject, const std::string& value) {
  switch (subject) {
    case core::RestrictionSubject::plate:
      return core::normalise_plate(value);
    case core::RestrictionSubject::container:
      return core::normalise_equipment_number(value);
    case core::RestrictionSubject::driver:
    case core::RestrictionSubject::haulier:
      break;
  }
  return value;
}

ReadChange read_change(const Element& whole) {
  ParkedChange parked;
  Fields fields(whole, "change");
  Change change;
  const auto kind = named<ChangeKind>(fields.text("kind"));
  const auto op = read_op(fields.text("op"));
  if (!kind) fields.wrong("kind", "unknown; releaseRight, appointment, driver, ban, hold, use allowed");
  if (!op) fields.wrong("op", "unknown; upsert, dirty, revoke, block, unblock, delete allowed");
  if (kind) {
    parked.kind = change.kind = *kind;
    parked.key = change.key = read_key(fields, *kind);
  }
  if (kind && op) {
    change.op = *op;
    if (!allowed(*kind, *op)) fields.wrong("op", "not allowed with this kind");
    if (fields.ok() && change.op == ChangeOp::upsert) read_upsert(fields, change);
  }
  if (fields.ok()) return change;
  parked.raw = simdjson::minify(whole);
  parked.reason = fields.error();
  if (kind) parked.restricts = glimpse_of(whole, parked, op);
  return parked;
}

}  // namespace syncing
