// When to ask the platform for what is missing: soon, with jitter so that not every appliance asks at once,
// then ever more rarely until something comes.
#pragma once

#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include "gate/core/moment.hpp"

namespace syncing {

enum class Want { nothing, updates, snapshot };

class Asking {
 public:
  explicit Asking(std::uint32_t seed) : dice_(seed) {}

  /// What is missing now. A new need is asked for after `patience` and some jitter; an old one goes on.
  void want(Want what, core::SteadyTime now, core::Milliseconds patience = core::Milliseconds(0)) {
    if (what == want_) return;
    want_ = what;
    attempt_ = 0;
    due_ = now + patience + jitter(core::Milliseconds(500));
  }

  /// Something of it came: the next question waits, and back-off starts again.
  void progress(core::SteadyTime now) {
    attempt_ = 0;
    due_ = now + first + jitter(first);
  }

  /// What to ask now, if anything. Counts as asked.
  [[nodiscard]] Want due(core::SteadyTime now) {
    if (want_ == Want::nothing || now < due_) return Want::nothing;
    const core::Milliseconds wait = std::min(longest, first * (1 << std::min(attempt_, 6)));
    ++attempt_;
    due_ = now + wait + jitter(wait / 2);
    return want_;
  }

  [[nodiscard]] Want wanted() const { return want_; }

  static constexpr core::Milliseconds first = std::chrono::seconds(2);
  static constexpr core::Milliseconds longest = std::chrono::seconds(60);

 private:
  core::Milliseconds jitter(core::Milliseconds most) {
    return core::Milliseconds(std::uniform_int_distribution<std::int64_t>(0, most.count())(dice_));
  }

  Want want_ = Want::nothing;
  core::SteadyTime due_{};
  int attempt_ = 0;
  std::minstd_rand dice_;
};

}  // namespace syncing
