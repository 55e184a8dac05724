#include "tests/network/trucks.hpp"

#include <fmt/format.h>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace network {
namespace {

using std::chrono::hours;

core::HaulierIds haulier() {
  core::HaulierIds ids;
  ids.eori = "BE0400000171";
  return ids;
}

core::ReleaseRight release_right(int truck, core::WallTime now) {
  core::ReleaseRight right;
  right.release_id = right_of(truck);
  right.equipment_number = box_of(truck);
  right.stay_number = "S-" + right_of(truck);
  right.release_date_time_utc = now - hours(48);
  right.expiration_date_time_utc = now + hours(48);
  right.carrier = haulier();
  right.driver_id_hash = badge;
  right.assignment_as_of = now;
  right.lights = {{"commercialrelease", "ok"},
                  {"customs", "released"},
                  {"terminaloperation", "discharged"},
                  {"terminalready", "released"}};
  right.source = "CPu";
  return right;
}

core::Appointment appointment(int truck, core::WallTime now) {
  core::Appointment appointment;
  appointment.tar = "T" + std::to_string(truck);
  appointment.slot_from = now - hours(1);
  appointment.slot_to = now + hours(4);
  appointment.tractor_plate = core::normalise_plate(plate_of(truck));
  appointment.haulier = haulier();
  appointment.driver_id_hash = badge;
  core::Job job;
  job.id = "J" + std::to_string(truck);
  job.kind = core::JobKind::pickup_import_full;
  job.equipment_number = box_of(truck);
  job.stay_number = "S-" + right_of(truck);
  job.release_id = right_of(truck);
  appointment.jobs = {job};
  return appointment;
}

core::Driver driver(core::WallTime now) {
  core::Driver driver;
  driver.driver_id_hash = badge;
  driver.credential_hashes = {badge};
  driver.language = "nl";
  driver.valid_from = now - hours(1000);
  driver.valid_until = now + hours(1000);
  driver.haulier = haulier();
  return driver;
}

}  // namespace

std::string box_of(int truck) {
  const std::string ten = fmt::format("MSKU{:06}", truck);
  return ten + std::to_string(core::check_digit(ten).value());
}
std::string plate_of(int truck) { return fmt::format("1-ABC-{:03}", truck); }
std::string right_of(int truck) { return "R" + std::to_string(truck); }

world::Records records_of(int trucks, core::WallTime now) {
  world::Records records;
  for (int truck = 1; truck <= trucks; ++truck) {
    records.rights.push_back(release_right(truck, now));
    records.appointments.push_back(appointment(truck, now));
  }
  records.drivers.push_back(driver(now));
  return records;
}

core::Sighting sighting_of(int truck) {
  core::Sighting sighting;
  sighting.plates.push_back({core::normalise_plate(plate_of(truck)), plate_of(truck), "", 980, true, {}});
  return sighting;
}

}  // namespace network
