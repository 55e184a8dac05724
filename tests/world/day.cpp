#include "tests/world/day.hpp"

#include <fstream>
#include <iterator>

#include "tests/world/day_parser.hpp"

namespace world {
namespace {

void shift(std::optional<core::WallTime>& time, core::WallTime start) {
  if (time) *time += start.time_since_epoch();
}

void hash_in_place(std::optional<std::string>& card, const BadgeHash& hash) {
  if (card) card = hash(*card);
}

void rename(std::optional<std::string>& id, int round) {
  if (id) id = in_round(*id, round);
}

core::Appointment appointment_at(core::Appointment script, core::WallTime start, const BadgeHash& hash,
                                 int round) {
  script.tar = in_round(script.tar, round);
  script.slot_from += start.time_since_epoch();
  script.slot_to += start.time_since_epoch();
  hash_in_place(script.driver_id_hash, hash);
  for (core::Job& job : script.jobs) {
    rename(job.release_id, round);
    if (job.release_id) rename(job.stay_number, round);
  }
  script.as_of = start;
  return script;
}

core::Driver driver_at(core::Driver script, core::WallTime start, const BadgeHash& hash) {
  script.driver_id_hash = hash(script.driver_id_hash);
  for (std::string& card : script.credential_hashes) card = hash(card);
  shift(script.valid_from, start);
  shift(script.valid_until, start);
  script.as_of = start;
  return script;
}

}  // namespace

core::Result<Day> parse_day(std::string_view toml, std::string_view name) {
  try {
    return DayParser(name).parse(toml);
  } catch (const toml::parse_error& error) {
    Complaints complaints{std::string(name)};
    complaints.add(static_cast<int>(error.source().begin.line), "", error.description());
    return core::fail(core::Fault::malformed, complaints.text());
  }
}

core::Result<Day> load_day(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return core::fail(core::Fault::not_found, file.string() + ": cannot be read: is it there?");
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return parse_day(text, file.filename().string());
}

std::string in_round(std::string_view id, int round) {
  if (round <= 1) return std::string(id);
  const std::string number = std::to_string(round % 1000);
  return std::string(id) + std::string(3 - number.size(), '0') + number;
}

core::ReleaseRight right_at(core::ReleaseRight script, core::WallTime start, const BadgeHash& hash,
                            int round) {
  script.release_id = in_round(script.release_id, round);
  rename(script.stay_number, round);
  shift(script.release_date_time_utc, start);
  shift(script.expiration_date_time_utc, start);
  shift(script.assignment_as_of, start);
  hash_in_place(script.driver_id_hash, hash);
  script.as_of = start;
  return script;
}

Records records_at(const Records& script, core::WallTime start, const BadgeHash& hash, int round) {
  Records records;
  for (const auto& right : script.rights) records.rights.push_back(right_at(right, start, hash, round));
  for (const auto& one : script.appointments) {
    records.appointments.push_back(appointment_at(one, start, hash, round));
  }
  for (const auto& driver : script.drivers) records.drivers.push_back(driver_at(driver, start, hash));
  records.restrictions = script.restrictions;
  for (auto& one : records.restrictions) {
    if (one.subject == core::RestrictionSubject::driver) one.value = hash(one.value);
  }
  return records;
}

}  // namespace world
