// A place in the platform's stream.
#pragma once

#include <compare>
#include <cstdint>

namespace syncing {

/// Ordered: an epoch is newer than every sequence of the one before.
struct Position {
  std::int64_t epoch = 0;  // 0: nothing yet
  std::int64_t sequence = 0;

  auto operator<=>(const Position&) const = default;
};

}  // namespace syncing
