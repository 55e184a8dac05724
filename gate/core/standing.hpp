// How good our knowledge of the platform's data is right now, and the mode that follows from it.
#pragma once

#include <optional>
#include <string>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/moment.hpp"

namespace core {

enum class Mode {
  online,      // data fresh: full policy
  backup,      // data older than online.max_age: decides from the replica; policy may refer more
  restricted,  // data too old, clock not trusted, replica unusable: jobs that need CPu are referred
};
BOOST_DESCRIBE_ENUM(Mode, online, backup, restricted)

enum class LinkState { up, suspect, down };
BOOST_DESCRIBE_ENUM(LinkState, up, suspect, down)

/// Ages that the mode is judged by.
struct FreshnessPolicy {
  Milliseconds online_max_age = std::chrono::minutes(2);
  Milliseconds backup_max_age = std::chrono::hours(12);
};
BOOST_DESCRIBE_STRUCT(FreshnessPolicy, (), (online_max_age, backup_max_age))

struct Standing {
  Mode mode = Mode::restricted;
  std::optional<WallTime> data_as_of;  // older of head issue time and sourceAsOf; null: no replica yet
  bool reconciling = false;            // the link is back, what was decided meanwhile is being compared
};
BOOST_DESCRIBE_STRUCT(Standing, (), (mode, data_as_of, reconciling))

/// Planned maintenance of the platform: changes what operators are told, nothing else.
struct Maintenance {
  WallTime from{};
  WallTime until{};
  std::string text{};
};
BOOST_DESCRIBE_STRUCT(Maintenance, (), (from, until, text))

/// `complete` is false while the replica is empty, unusable or has a gap that was never filled.
[[nodiscard]] Mode mode_of(const FreshnessPolicy& policy, std::optional<WallTime> data_as_of, bool complete,
                           const Moment& now);

}  // namespace core
