#include "tests/network/gate.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "tests/network/trucks.hpp"

namespace network {

using core::Signals;
using core::State;
using std::chrono::milliseconds;

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
  eyes_.see_next(sighting_of(truck));
  put(&Signals::presence, true);
  until([this] { return !board_.view.passage.id.empty(); });
  const std::string id = board_.view.passage.id;
  reader_.present_badge(badge);
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
