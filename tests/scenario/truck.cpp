#include "tests/scenario/truck.hpp"

#include <algorithm>
#include <ostream>

#include <boost/describe/enum_to_string.hpp>

#include "tests/world/pick_up.hpp"

namespace core {
void PrintTo(State state, std::ostream* out) { *out << boost::describe::enum_to_string(state, "?"); }
void PrintTo(Ending ending, std::ostream* out) { *out << boost::describe::enum_to_string(ending, "?"); }
void PrintTo(ClaimState state, std::ostream* out) { *out << boost::describe::enum_to_string(state, "?"); }
void PrintTo(Reason reason, std::ostream* out) { *out << boost::describe::enum_to_string(reason, "?"); }
}  // namespace core

namespace scenario {
void Terminal::start() {
  site = std::make_unique<Site>(folder.path, now);
  if (filled) return;
  filled = true;
  const world::PickUp ours{"R-1", box, "T1", plate, badge};
  const world::PickUp others{"R-2", other_box, "T2", "2-BHX-915", badge};
  const world::PickUp the_same{"R-1", box, others.tar, others.plate, badge};
  site->fill({syncing::upsert(right_of(ours, now)), syncing::upsert(right_of(others, now)),
              syncing::upsert(appointment_of(ours, now)), syncing::upsert(appointment_of(the_same, now)),
              syncing::upsert(driver_of(ours, now))});
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
