// Container codes out of what the views show.
#pragma once

#include <vector>

#include "drivers/reader/evidence.hpp"
#include "gate/core/reads.hpp"

namespace reader {

/// Codes of all views together, the likeliest first. Copies of one code on several walls speak for each
/// other; different codes stay apart. No expectation goes in.
[[nodiscard]] std::vector<core::ContainerRead> read_codes(const std::vector<View>& views);

/// What is known of a code before it is judged; `support` sums over the witnesses.
struct Verdict {
  float support = 0;  // of the code itself; 0 is perfect
  float ahead = 0;    // of the next code whose check digit fits
  float ahead_of_any =
      0;  // of the next code, whatever its check digit; negative when that one is better borne out
  int witnesses = 0;
  bool check_digit = false;
};

/// Why a lane may not act on it; `none` where it may. The limits are measured, see models/CARD.md.
[[nodiscard]] core::Doubt doubt_of(const Verdict& verdict);
[[nodiscard]] int confidence(const Verdict& verdict);  // permille

}  // namespace reader
