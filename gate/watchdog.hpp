// Readiness and watchdog towards systemd. The watchdog is fed only while every part makes progress of its
// own; a dead device is no part and stops nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gate/core/moment.hpp"
#include "gate/ports/clock.hpp"

/// A part of the daemon that beats also when it has nothing to do. Called from the watchdog's thread.
struct Heartbeat {
  std::string part;
  std::function<core::SteadyTime()> last_progress;
};

/// The first part whose last progress lies further back than `patience`.
[[nodiscard]] std::optional<std::string> late_part(const std::vector<Heartbeat>& parts, core::SteadyTime now,
                                                   core::Milliseconds patience);

/// Feeds systemd's watchdog (WATCHDOG_USEC; half its time is our patience) until cancelled; without a
/// watchdog in the environment it only logs who is late.
boost::asio::awaitable<void> feed_watchdog(std::vector<Heartbeat> parts, ports::Clock& clock);

void tell_systemd(
    const std::string& state);  // "READY=1", "STOPPING=1", "STATUS=..."; nothing without systemd
