// This machine's clock, trusted.
#pragma once

#include <chrono>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gate/ports/clock.hpp"

namespace syncing_test {

class RealClock final : public ports::Clock {
 public:
  [[nodiscard]] core::Moment now() const override {
    return {.wall = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
            .steady = std::chrono::floor<std::chrono::milliseconds>(std::chrono::steady_clock::now()),
            .trusted = true};
  }
  boost::asio::awaitable<void> until(core::SteadyTime when) override {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, when);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
};

}  // namespace syncing_test
