// Time is an argument: the core never asks what time it is, it is told.
#pragma once

#include <chrono>

namespace core {

using Milliseconds = std::chrono::milliseconds;

/// Wall clock, UTC. Validity (expiry, slots, ages of data) is judged on it.
using WallTime = std::chrono::sys_time<Milliseconds>;

/// Monotonic clock. Timers and durations run on it; it means nothing across a restart.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Milliseconds>;

/// One instant on both clocks. `trusted` is false while the wall clock may be wrong
/// (never synchronised, or behind a time already proven): then no validity can be judged.
struct Moment {
  WallTime wall{};
  SteadyTime steady{};
  bool trusted = true;
};

}  // namespace core
