// The machine's own time, behind the port through which everybody asks for it.
#pragma once

#include <functional>

#include "gate/ports/clock.hpp"

namespace wallclock {

class WallClock final : public ports::Clock {
 public:
  /// `trusted` is asked at every now(), from the calling thread: it must be quick and thread-safe.
  explicit WallClock(std::function<bool()> trusted);

  /// Safe from every thread.
  [[nodiscard]] core::Moment now() const override;

  /// On the steady clock: a step of the wall clock neither shortens nor lengthens it.
  boost::asio::awaitable<void> until(core::SteadyTime when) override;

 private:
  std::function<bool()> trusted_;
};

}  // namespace wallclock
