// How far the replica goes.
#pragma once

#include <optional>

#include "gate/core/moment.hpp"
#include "sync/position.hpp"

namespace syncing {

struct Stand {
  Position position;                    // epoch 0: empty, to be filled by a snapshot
  std::optional<core::WallTime> as_of;  // complete as of then; moves forward until disproved
};

}  // namespace syncing
