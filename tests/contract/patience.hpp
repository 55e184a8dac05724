// Runs coroutines to their end in a test that must not hang and must not measure time.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <stdexcept>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace contract {

/// Far beyond what any machine needs: only a hang reaches it.
inline constexpr auto patience = std::chrono::seconds(60);

/// Lets a little time pass: on a virtual clock to the next deadline, on a real one a few milliseconds.
using Turn = std::function<void()>;

inline Turn real_turn(boost::asio::io_context& io) {
  return [&io] {
    io.restart();
    io.run_one_for(std::chrono::milliseconds(5));
  };
}

inline void turn_until(const Turn& turn, const std::function<bool()>& done) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("waited in vain");
    turn();
  }
}

template <class T>
T run(boost::asio::io_context& io, const Turn& turn, boost::asio::awaitable<T> work) {
  auto result = boost::asio::co_spawn(io, std::move(work), boost::asio::use_future);
  turn_until(turn,
             [&result] { return result.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
  return result.get();
}

}  // namespace contract
