// A badge reader and keypad in memory.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "drivers/sim/bell.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/identity_reader.hpp"

namespace sim {

/// For one thread; one coroutine at a time waits in `next`. Reads that nobody waits for are kept, the
/// oldest one giving way, with the time at which they were made.
class IdentityReader final : public ports::IdentityReader {
 public:
  static constexpr std::size_t kept = 8;

  IdentityReader(const boost::asio::any_io_executor& executor, ports::Clock& clock);

  boost::asio::awaitable<core::Result<ports::IdentityRead>> next() override;

  void present_badge(std::string credential_hash);
  void give_tar(std::string tar);
  void fail(core::Error error);

 private:
  void push(core::Result<ports::IdentityRead> read);

  ports::Clock& clock_;
  Bell bell_;
  std::deque<core::Result<ports::IdentityRead>> reads_;
};

}  // namespace sim
