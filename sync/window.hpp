// Which events to send now: in order, a bounded number ahead of the receipts, again when none comes.
#pragma once

#include <algorithm>
#include <cstdint>

#include "gate/core/moment.hpp"

namespace syncing {

/// Knows no "in flight": whatever no receipt covers is sent again, by number; the other side tells copies
/// apart by their ULID.
class Window {
 public:
  struct Slice {
    std::int64_t after = 0;  // send the events above this number ...
    int most = 0;            // ... at most so many; 0: nothing now
  };

  /// `first_pending`: the lowest number without a receipt; 0 where none is pending.
  [[nodiscard]] Slice next(std::int64_t first_pending, core::SteadyTime now) {
    if (first_pending == 0) return {};
    const std::int64_t covered = first_pending - 1;
    if (covered > covered_) {  // a receipt came
      covered_ = covered;
      wait_ = first_wait;
      again_at_ = now + wait_;
    } else if (sent_ > covered_ && now >= again_at_) {
      sent_ = covered_;
      wait_ = std::min(longest_wait, wait_ * 2);
      again_at_ = now + wait_;
    }
    sent_ = std::max(sent_, covered_);
    return {.after = sent_, .most = static_cast<int>(std::max<std::int64_t>(0, covered_ + size - sent_))};
  }

  void sent(std::int64_t number, core::SteadyTime now) {
    if (sent_ <= covered_) again_at_ = now + wait_;
    sent_ = std::max(sent_, number);
  }

  /// A new connection: whatever was handed to the old one may be lost.
  void begin_again() {
    sent_ = covered_;
    wait_ = first_wait;
  }

  static constexpr int size = 64;
  static constexpr core::Milliseconds first_wait = std::chrono::seconds(5);
  static constexpr core::Milliseconds longest_wait = std::chrono::seconds(60);

 private:
  std::int64_t covered_ = 0;
  std::int64_t sent_ = 0;
  core::Milliseconds wait_ = first_wait;
  core::SteadyTime again_at_{};
};

}  // namespace syncing
