// When the next poll and the next attempt to connect are due. Pure.
#pragma once

#include <algorithm>
#include <utility>

#include "gate/core/moment.hpp"

namespace barrier {

/// Ticks at start + n * interval for ever: a late tick does not push the later ones back. Ticks that were
/// missed are left out.
class Schedule {
 public:
  Schedule(core::SteadyTime start, core::Milliseconds interval) : next_(start), interval_(interval) {}

  [[nodiscard]] core::SteadyTime next() const { return next_; }

  /// The tick that is due has been done.
  void done(core::SteadyTime now) {
    next_ += interval_;
    if (next_ <= now) next_ += interval_ * ((now - next_) / interval_ + 1);
  }

 private:
  core::SteadyTime next_;
  core::Milliseconds interval_;
};

/// The first attempt is at once, then after 100, 200, 400 ... 5000 ms. Only a calm time starts it anew:
/// a module that takes connections and then fails is not hammered.
class BackOff {
 public:
  static constexpr core::Milliseconds first{100}, longest{5000};
  static constexpr int calm = 20;  // good polls in a row

  core::Milliseconds failed() {
    good_ = 0;
    return std::exchange(wait_, wait_.count() == 0 ? first : std::min(wait_ * 2, longest));
  }

  void succeeded() {
    if (++good_ >= calm) wait_ = core::Milliseconds{0};
  }

 private:
  core::Milliseconds wait_{0};
  int good_ = 0;
};

}  // namespace barrier
