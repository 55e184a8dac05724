// The table itself.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/cues.hpp"
#include "gate/core/advance/guards.hpp"

namespace core::lane_table {

/// In `state` (any, if absent), on `cue`, if `guard` holds (always, if null): `act`, and the lane is in
/// `next` (stays, if absent). The first row that fits is the one.
struct Row {
  std::optional<State> state;
  Cue cue;
  Guard guard;
  std::optional<State> next;
  Act act;
};

[[nodiscard]] std::span<const Row> table();

}  // namespace core::lane_table
