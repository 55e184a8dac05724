#include "gate/watchdog.hpp"

#include <cstdint>

#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

std::optional<std::string> late_part(const std::vector<Heartbeat>& parts, core::SteadyTime now,
                                     core::Milliseconds patience) {
  for (const Heartbeat& heartbeat : parts)
    if (now - heartbeat.last_progress() > patience) return heartbeat.part;
  return std::nullopt;
}

boost::asio::awaitable<void> feed_watchdog(std::vector<Heartbeat> parts, ports::Clock& clock) {
  std::uint64_t microseconds = 0;
  const bool watched = sd_watchdog_enabled(0, &microseconds) > 0;
  const core::Milliseconds life =
      watched ? core::Milliseconds(microseconds / 1000) : std::chrono::seconds(10);
  std::string late;
  for (;;) {
    const auto now = clock.now().steady;
    const auto part = late_part(parts, now, life / 2);
    if (!part) tell_systemd("WATCHDOG=1");
    if (part && *part != late) spdlog::error("{} makes no progress", *part);
    late = part.value_or("");
    co_await clock.until(now + life / 4);
  }
}

void tell_systemd(const std::string& state) { sd_notify(0, state.c_str()); }
