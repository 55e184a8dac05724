#include "tests/world/pick_up.hpp"

#include "gate/core/plate.hpp"

namespace world {
namespace {

using std::chrono::hours;

constexpr const char* mask = "**11";

core::HaulierIds haulier() {
  core::HaulierIds ids;
  ids.eori = "BE0400000171";
  return ids;
}

std::string stay_of(const PickUp& pick_up) { return "S-" + pick_up.right; }

}  // namespace

core::ReleaseRight right_of(const PickUp& pick_up, core::WallTime now) {
  core::ReleaseRight right;
  right.release_id = pick_up.right;
  right.equipment_number = pick_up.container;
  right.stay_number = stay_of(pick_up);
  right.release_date_time_utc = now - hours(48);
  right.expiration_date_time_utc = now + hours(48);
  right.carrier = haulier();
  right.driver_id_hash = pick_up.driver;
  right.driver_mask = mask;
  right.assignment_as_of = now;
  right.lights = {{"commercialrelease", "ok"},
                  {"customs", "released"},
                  {"terminaloperation", "discharged"},
                  {"terminalready", "released"}};
  right.source = "CPu";
  return right;
}

core::Appointment appointment_of(const PickUp& pick_up, core::WallTime now) {
  core::Appointment appointment;
  appointment.tar = pick_up.tar;
  appointment.slot_from = now - hours(1);
  appointment.slot_to = now + hours(4);
  appointment.tractor_plate = core::normalise_plate(pick_up.plate);
  appointment.haulier = haulier();
  appointment.driver_id_hash = pick_up.driver;
  core::Job job;
  job.id = "job-" + pick_up.tar;
  job.kind = core::JobKind::pickup_import_full;
  job.equipment_number = pick_up.container;
  job.stay_number = stay_of(pick_up);
  job.release_id = pick_up.right;
  appointment.jobs = {job};
  return appointment;
}

core::Driver driver_of(const PickUp& pick_up, core::WallTime now) {
  core::Driver driver;
  driver.driver_id_hash = pick_up.driver;
  driver.credential_hashes = {pick_up.driver};
  driver.mask = mask;
  driver.language = "nl";
  driver.valid_from = now - hours(1000);
  driver.valid_until = now + hours(1000);
  driver.haulier = haulier();
  return driver;
}

}  // namespace world
