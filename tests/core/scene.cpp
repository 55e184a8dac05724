#include "tests/core/scene.hpp"

#include <ostream>
#include <stdexcept>

namespace core {
namespace {

template <class Enum>
void show(Enum value, std::ostream* out) {
  *out << boost::describe::enum_to_string(value, "?");
}

}  // namespace

void PrintTo(Reason reason, std::ostream* out) { show(reason, out); }
void PrintTo(Decision decision, std::ostream* out) { show(decision, out); }
void PrintTo(Outcome outcome, std::ostream* out) { show(outcome, out); }
void PrintTo(CheckKind kind, std::ostream* out) { show(kind, out); }
void PrintTo(Colour colour, std::ostream* out) { show(colour, out); }
void PrintTo(Mode mode, std::ostream* out) { show(mode, out); }

}  // namespace core

namespace tests {

using namespace core;

WallTime nine_plus(int minutes) {
  using namespace std::chrono;
  return WallTime(sys_days(2026y / March / 2)) + hours(9) + std::chrono::minutes(minutes);
}

Verdict Case::verdict() const { return verify(evidence, dossier, policy, standing, now); }

Job& Case::job() {
  if (evidence.direction == Direction::exit) return visit().jobs.front().job;
  return appointment().jobs.front();
}

HaulierIds haulier(const std::string& eori) {
  HaulierIds ids;
  ids.eori = eori;
  return ids;
}

ReleaseRight right_for(const std::string& release_id, const std::string& container) {
  ReleaseRight right;
  right.release_id = release_id;
  right.equipment_number = container;
  right.stay_number = "stay-" + release_id;
  right.release_date_time_utc = nine_plus(-3000);
  right.expiration_date_time_utc = nine_plus(3000);
  right.carrier = haulier("BE0400000001");
  right.driver_id_hash = driver_hash;
  right.driver_mask = "**12";
  right.assignment_as_of = nine_plus(-1);
  right.lights = {{"CommercialRelease", "OK"},
                  {"Customs", "Released"},
                  {"TerminalOperation", "Discharged"},
                  {"TerminalReady", "Released"}};
  right.source = "CPu";
  right.as_of = nine_plus(-1);
  return right;
}

Job job_for(const std::string& id, JobKind kind, const std::string& container) {
  Job job;
  job.id = id;
  job.kind = kind;
  if (!container.empty()) job.equipment_number = container;
  return job;
}

ContainerEvidence read_of(const std::string& code) { return {code, "22G1", true, true, Source::read}; }

namespace {

Case common() {
  Case day;
  day.evidence.first_detected = nine_plus(0);
  day.evidence.pictures = PicturesState::read;
  day.evidence.badge = BadgeEvidence{"credential-1", nine_plus(0)};
  day.evidence.plate = PlateEvidence{plate, true, Source::read};
  Driver driver;
  driver.driver_id_hash = driver_hash;
  driver.credential_hashes = {"credential-0", "credential-1"};
  driver.mask = "**12";
  driver.language = "nl";
  driver.haulier = haulier("BE0400000001");
  driver.valid_from = nine_plus(-9000);
  driver.valid_until = nine_plus(9000);
  day.dossier.drivers = {driver};
  day.dossier.rights = {right_for("release-1", box)};
  day.standing = {Mode::online, nine_plus(0), false};
  day.now = {nine_plus(0), {}, true};
  return day;
}

}  // namespace

Case at_entry() {
  Case day = common();
  Appointment appointment;
  appointment.tar = "TAR1";
  appointment.slot_from = nine_plus(-30);
  appointment.slot_to = nine_plus(30);
  appointment.tractor_plate = plate;
  appointment.haulier = haulier("BE0400000001");
  appointment.driver_id_hash = driver_hash;
  appointment.jobs = {job_for("job-1", JobKind::pickup_import_full, box)};
  day.dossier.appointments = {appointment};
  return day;
}

Case at_exit() {
  Case day = common();
  day.evidence.direction = Direction::exit;
  day.evidence.containers = {read_of(box)};
  Visit visit;
  visit.id = "visit-1";
  visit.state = VisitState::inside;
  visit.tar = "TAR1";
  visit.plate = plate;
  visit.driver_id_hash = driver_hash;
  visit.haulier = haulier("BE0400000001");
  visit.first_detected = nine_plus(-60);
  visit.jobs = {{job_for("job-1", JobKind::pickup_import_full, box), true, "release-1"}};
  day.dossier.visits = {visit};
  day.dossier.claims = {
      {"release-1", box, "stay-release-1", "visit-1", "job-1", ClaimState::claimed, nine_plus(-60)}};
  return day;
}

void drop_light(ReleaseRight& right, const std::string& name) {
  std::erase_if(right.lights, [&](const Light& light) { return light.name == name; });
}

void set_light(ReleaseRight& right, const std::string& name, const std::string& value) {
  drop_light(right, name);
  right.lights.push_back({name, value});
}

const Check& check_of(const Verdict& verdict, CheckKind kind) {
  const auto found = std::find_if(verdict.checks.begin(), verdict.checks.end(),
                                  [&](const Check& check) { return check.kind == kind; });
  if (found == verdict.checks.end()) throw std::logic_error("no such check in the verdict");
  return *found;
}

}  // namespace tests
