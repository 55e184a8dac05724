#include "tests/network/gate.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/format.h>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace network {
namespace {

using core::Signals;
using core::State;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr const char* kBadge = "k1:driver";

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
  right.driver_id_hash = kBadge;
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
  appointment.driver_id_hash = kBadge;
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
  driver.driver_id_hash = kBadge;
  driver.credential_hashes = {kBadge};
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

Gate::Gate(ports::Records& records, ports::Journal& journal, ports::Clock& clock)
    : clock_(clock),
      barrier_(io_.get_executor(), clock, milliseconds(100)),
      front_("front", clock),
      reader_(io_.get_executor(), clock),
      eyes_(clock),
      lane_(io_.get_executor(), lane::Parts{"in-1",
                                            core::Direction::entry,
                                            core::LaneTimers{},
                                            core::Policy{},
                                            barrier_,
                                            {&front_},
                                            reader_,
                                            eyes_,
                                            records,
                                            journal,
                                            board_,
                                            clock,
                                            [this] { return ulids_.next(clock_.now().wall); }}) {
  boost::asio::co_spawn(io_, lane_.run(), boost::asio::detached);
}

Gate::~Gate() {
  bool stopped = false;
  boost::asio::co_spawn(io_, lane_.stop(), [&stopped](const std::exception_ptr&) { stopped = true; });
  until([&stopped] { return stopped; });
}

bool Gate::until(const std::function<bool()>& done, core::Milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!done() && std::chrono::steady_clock::now() < end) io_.run_for(milliseconds(20));
  return done();
}

void Gate::put(core::Level core::Signals::*contact, bool on) {
  barrier_.set(contact, on ? core::Level::on : core::Level::off);
  io_.run_for(milliseconds(60));
}

bool Gate::reach(State state) {
  return until([this, state] { return board_.view.state == state; });
}

core::PassageRecord Gate::pass(int truck) {
  front_.look_at("picture of " + plate_of(truck));
  core::Sighting sighting;
  sighting.plates.push_back({core::normalise_plate(plate_of(truck)), plate_of(truck), "", 980, true, {}});
  eyes_.see_next(sighting);
  put(&Signals::presence, true);
  until([this] { return !board_.view.passage.id.empty(); });
  const std::string id = board_.view.passage.id;
  reader_.present_badge(kBadge);
  until([this] { return board_.view.state == State::open || board_.view.state == State::referred; });
  core::PassageRecord record = board_.view.passage;
  if (board_.view.state == State::open) {
    put(&Signals::photocell, true);
    put(&Signals::safety, true);
    put(&Signals::passage, true);
    put(&Signals::presence, false);
    put(&Signals::safety, false);
    put(&Signals::photocell, false);
    put(&Signals::passage, false);
  } else {
    put(&Signals::presence, false);
  }
  static_cast<void>(reach(State::idle));
  return record;
}

}  // namespace network
