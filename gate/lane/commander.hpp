// Sends the lane's commands to the barrier, one at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "gate/core/advance.hpp"
#include "gate/lane/mailbox.hpp"
#include "gate/ports/barrier.hpp"

namespace lane {

/// Of commands that still wait for a slow barrier only the latest counts, for the arm and for the lamp;
/// red goes before the arm, green after it. For one thread.
class Commander {
 public:
  Commander(const boost::asio::any_io_executor& executor, ports::Barrier& barrier,
            std::function<void(core::Command, core::Result<void>)> tell);

  void raise();
  void lower();
  void show(core::Lamp lamp);

  /// Until cancelled.
  boost::asio::awaitable<void> work();

  /// Returns when nothing waits to be sent, and nothing is being sent.
  boost::asio::awaitable<void> drained();

  /// What the lamp showed when it last answered; red before.
  [[nodiscard]] core::Lamp shown() const { return shown_; }

 private:
  boost::asio::awaitable<void> send_lamp();
  boost::asio::awaitable<void> send_arm();

  ports::Barrier& barrier_;
  std::function<void(core::Command, core::Result<void>)> tell_;
  Bell bell_;
  Bell free_;
  std::optional<core::Command> arm_;
  std::optional<core::Lamp> lamp_;
  core::Lamp shown_ = core::Lamp::red;
  bool sending_ = false;
};

}  // namespace lane
