#include "tests/scenario/truck.hpp"

#include <algorithm>
#include <ostream>

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/plate.hpp"

namespace core {
void PrintTo(State state, std::ostream* out) { *out << boost::describe::enum_to_string(state, "?"); }
void PrintTo(Ending ending, std::ostream* out) { *out << boost::describe::enum_to_string(ending, "?"); }
void PrintTo(ClaimState state, std::ostream* out) { *out << boost::describe::enum_to_string(state, "?"); }
void PrintTo(Reason reason, std::ostream* out) { *out << boost::describe::enum_to_string(reason, "?"); }
}  // namespace core

namespace scenario {
namespace {

core::HaulierIds haulier() {
  core::HaulierIds ids;
  ids.eori = "BE0400000171";
  return ids;
}

core::ReleaseRight right(const std::string& id, const std::string& container, core::WallTime now) {
  core::ReleaseRight right;
  right.release_id = id;
  right.equipment_number = container;
  right.stay_number = "S-" + id;
  right.release_date_time_utc = now - std::chrono::hours(48);
  right.expiration_date_time_utc = now + std::chrono::hours(48);
  right.carrier = haulier();
  right.driver_id_hash = badge;
  right.driver_mask = "**11";
  right.assignment_as_of = now;
  right.lights = {{"commercialrelease", "ok"},
                  {"customs", "released"},
                  {"terminaloperation", "discharged"},
                  {"terminalready", "released"}};
  right.source = "CPu";
  return right;
}

core::Appointment appointment(const std::string& tar, const std::string& tractor, const std::string& right_id,
                              const std::string& container, core::WallTime now) {
  core::Appointment appointment;
  appointment.tar = tar;
  appointment.slot_from = now - std::chrono::hours(1);
  appointment.slot_to = now + std::chrono::hours(4);
  appointment.tractor_plate = core::normalise_plate(tractor);
  appointment.haulier = haulier();
  appointment.driver_id_hash = badge;
  core::Job job;
  job.id = "job-" + tar;
  job.kind = core::JobKind::pickup_import_full;
  job.equipment_number = container;
  job.stay_number = "S-" + right_id;
  job.release_id = right_id;
  appointment.jobs = {job};
  return appointment;
}

core::Driver driver(core::WallTime now) {
  core::Driver driver;
  driver.driver_id_hash = badge;
  driver.credential_hashes = {badge};
  driver.mask = "**11";
  driver.language = "nl";
  driver.valid_from = now - std::chrono::hours(1000);
  driver.valid_until = now + std::chrono::hours(1000);
  driver.haulier = haulier();
  return driver;
}

}  // namespace

void Terminal::start() {
  site = std::make_unique<Site>(folder.path, now);
  if (filled) return;
  filled = true;
  site->fill({syncing::upsert(right("R-1", box, now)), syncing::upsert(right("R-2", other_box, now)),
              syncing::upsert(appointment("T1", plate, "R-1", box, now)),
              syncing::upsert(appointment("T2", "2-BHX-915", "R-1", box, now)),
              syncing::upsert(driver(now))});
}

void Terminal::power_cut() {
  now = site->clock.now().wall + minutes(1);
  site.reset();
  start();
}

void Terminal::come_in() {
  site->arrive(site->in, truck_in());
  site->badge(site->in, badge);
}

void Terminal::come_out() {
  site->arrive(site->out, truck_out());
  site->badge(site->out, badge);
}

void Terminal::pass(Kit& kit) {
  ASSERT_TRUE(site->reach(kit, {State::open}));
  site->drive(kit);
  ASSERT_TRUE(site->reach(kit, {State::idle}));
}

void Terminal::go_in() {
  come_in();
  pass(site->in);
}

bool Terminal::raised(const Kit& kit) const {
  const auto& given = kit.barrier.commands();
  return std::any_of(given.begin(), given.end(),
                     [](const sim::GivenCommand& command) { return command == sim::Command::raise; });
}

bool Terminal::alarmed(const std::string& words) {
  const auto alarms = site->events(EventKind::alarm);
  return std::any_of(alarms.begin(), alarms.end(), [&](const core::GateEvent& event) {
    return event.text.value_or("").find(words) != std::string::npos;
  });
}

}  // namespace scenario
