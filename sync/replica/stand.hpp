// How far the replica goes.
#pragma once

#include <optional>
#include <string>

#include "gate/core/moment.hpp"
#include "sync/position.hpp"

namespace syncing {

struct Stand {
  Position position;                    // epoch 0: empty, to be filled by a snapshot
  std::optional<core::WallTime> as_of;  // complete as of then; moves forward until disproved
  std::string vouched{};                // the build's name, where two persons stood up for it

  bool operator==(const Stand&) const = default;
};

}  // namespace syncing
