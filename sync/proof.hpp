// What a time that the platform states may prove. The stream is ordered by number; times say only how fresh
// it is, and a time that has not come yet proves nothing.
#pragma once

#include <algorithm>
#include <optional>

#include "gate/core/moment.hpp"

namespace syncing {

/// So far may the platform's clock and a sound one here differ.
inline constexpr core::Milliseconds most_ahead = std::chrono::seconds(60);

[[nodiscard]] inline bool dated_ahead(core::WallTime said, const core::Moment& now) {
  return said > now.wall + most_ahead;
}

/// The time below which this machine's own clock is not believed. `proven`: as of when our data are; where
/// that is taken back, the floor comes down with it, never below `earliest`.
[[nodiscard]] inline core::WallTime clock_floor(core::WallTime earliest,
                                                std::optional<core::WallTime> proven) {
  return proven ? std::max(earliest, *proven - most_ahead) : earliest;
}

}  // namespace syncing
