// ULIDs: identifiers made locally that sort by the time they were made. Source: github.com/ulid/spec.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "gate/core/moment.hpp"

namespace lane {

/// 48 bits of time and 80 random bits as 26 characters of Crockford's base 32. Within one millisecond, or
/// while the clock goes backwards, the random part counts up: ids of one generator always rise.
class Ulids {
 public:
  /// `random` gives 64 fresh random bits at each call. For one thread.
  explicit Ulids(std::function<std::uint64_t()> random);

  [[nodiscard]] std::string next(core::WallTime now);

 private:
  std::function<std::uint64_t()> random_;
  std::uint64_t last_time_ = 0;
  std::array<std::uint8_t, 10> tail_{};
};

}  // namespace lane
