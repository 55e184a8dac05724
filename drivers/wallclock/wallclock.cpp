#include "drivers/wallclock/wallclock.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace wallclock {

namespace asio = boost::asio;

namespace {

core::SteadyTime steady_now() {
  return std::chrono::floor<core::Milliseconds>(std::chrono::steady_clock::now());
}

}  // namespace

WallClock::WallClock(std::function<bool()> trusted) : trusted_(std::move(trusted)) {}

core::Moment WallClock::now() const {
  return {.wall = std::chrono::floor<core::Milliseconds>(std::chrono::system_clock::now()),
          .steady = steady_now(),
          .trusted = trusted_()};
}

asio::awaitable<void> WallClock::until(core::SteadyTime when) {
  // SteadyTime::max() in nanoseconds would overflow into the past; a year ahead is as good as never.
  const auto longest = steady_now() + std::chrono::years(1);
  asio::steady_timer timer(co_await asio::this_coro::executor);
  timer.expires_at(std::chrono::steady_clock::time_point(std::min(when, longest).time_since_epoch()));
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace wallclock
