// How the link stands, from the age of the last proof: nothing depends on a broken connection being noticed.
#pragma once

#include <optional>

#include "gate/core/moment.hpp"
#include "gate/core/standing.hpp"

namespace syncing {

/// up: a fresh head within 3 intervals. suspect: within 12. down: longer ago, or none yet.
/// One head lifts `down` only to `suspect`; `up` takes a second one in time, so that a link that
/// flaps does not look sound.
class LinkWatch {
 public:
  explicit LinkWatch(core::Milliseconds interval) : interval_(interval) {}

  /// A verified head that is newer than every one before it.
  void proven(core::SteadyTime at) {
    in_time_ = last_ && at - *last_ <= 3 * interval_ ? in_time_ + 1 : 1;
    last_ = at;
  }

  [[nodiscard]] core::LinkState state(core::SteadyTime now) const {
    if (!last_ || now - *last_ > 12 * interval_) return core::LinkState::down;
    const bool up = now - *last_ <= 3 * interval_ && in_time_ >= 2;
    return up ? core::LinkState::up : core::LinkState::suspect;
  }

 private:
  core::Milliseconds interval_;
  std::optional<core::SteadyTime> last_;
  int in_time_ = 0;  // heads in a row, none later than 3 intervals after the one before
};

}  // namespace syncing
