#include "drivers/sim/virtual_clock.hpp"

#include <atomic>
#include <map>
#include <thread>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace sim {

namespace asio = boost::asio;

namespace {

struct Waiter {
  explicit Waiter(const asio::any_io_executor& executor)
      : timer(executor, asio::steady_timer::time_point::max()) {}
  asio::steady_timer timer;  // never expires; cancelled when its virtual time has come
  bool due = false;
};

}  // namespace

struct VirtualClock::State {
  core::Moment moment;
  std::multimap<core::SteadyTime, Waiter*> waiters;  // equal keys keep their order of arrival
  std::atomic<int> held{0};

  void jump_to(core::SteadyTime when) {
    moment.wall += when - moment.steady;
    moment.steady = when;
    while (!waiters.empty() && waiters.begin()->first <= when) {
      Waiter* waiter = waiters.begin()->second;
      waiters.erase(waiters.begin());
      waiter->due = true;
      waiter->timer.cancel();
    }
  }
};

namespace {

/// Takes the waiter out again, also when its coroutine is cancelled or destroyed.
template <class State>
struct Registration {
  Registration(std::shared_ptr<State> of, core::SteadyTime when, const asio::any_io_executor& executor)
      : state(std::move(of)), waiter(executor), place(state->waiters.emplace(when, &waiter)) {}
  ~Registration() {
    if (!waiter.due) state->waiters.erase(place);
  }
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;

  std::shared_ptr<State> state;
  Waiter waiter;
  typename decltype(State::waiters)::iterator place;
};

}  // namespace

VirtualClock::VirtualClock(core::WallTime start) : state_(std::make_shared<State>()) {
  state_->moment = {.wall = start, .steady = core::SteadyTime{std::chrono::hours{1}}, .trusted = true};
}

VirtualClock::~VirtualClock() = default;

core::Moment VirtualClock::now() const { return state_->moment; }

asio::awaitable<void> VirtualClock::until(core::SteadyTime when) {
  const auto executor = co_await asio::this_coro::executor;
  if (when <= state_->moment.steady) {
    co_await asio::post(executor, asio::use_awaitable);
    co_return;
  }
  Registration<State> registration(state_, when, executor);
  co_await registration.waiter.timer.async_wait(asio::as_tuple(asio::use_awaitable));
  if (!registration.waiter.due) throw boost::system::system_error(asio::error::operation_aborted);
}

void VirtualClock::run_until_idle(asio::io_context& io) {
  const auto ready = [&io] {
    io.restart();  // a context that ran out of work has stopped, and takes up nothing that is posted since
    return io.poll() > 0;
  };
  for (;;) {
    if (ready()) continue;
    if (state_->held.load() > 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } else if (!ready()) {  // the last hold may have posted its result just before it went
      return;
    }
  }
}

bool VirtualClock::advance_to_next(asio::io_context& io) {
  run_until_idle(io);
  if (state_->waiters.empty()) return false;
  state_->jump_to(state_->waiters.begin()->first);
  run_until_idle(io);
  return true;
}

void VirtualClock::advance(asio::io_context& io, core::Milliseconds span) {
  const auto end = state_->moment.steady + span;
  run_until_idle(io);
  while (!state_->waiters.empty() && state_->waiters.begin()->first <= end) advance_to_next(io);
  state_->jump_to(end);
  run_until_idle(io);
}

bool VirtualClock::advance_until(asio::io_context& io, const std::function<bool()>& done,
                                 core::Milliseconds limit) {
  const auto end = state_->moment.steady + limit;
  run_until_idle(io);
  while (!done()) {
    if (state_->waiters.empty() || state_->waiters.begin()->first > end) return false;
    advance_to_next(io);
  }
  return true;
}

void VirtualClock::step_wall(core::Milliseconds by) { state_->moment.wall += by; }

void VirtualClock::trust(bool trusted) { state_->moment.trusted = trusted; }

VirtualClock::Hold VirtualClock::hold() {
  ++state_->held;
  return {static_cast<void*>(state_.get()), [state = state_](void*) { --state->held; }};
}

}  // namespace sim
