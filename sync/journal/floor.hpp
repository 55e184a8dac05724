// The newest that the replica has ever been. One that stands below it is an old copy, and lacks what was
// revoked since: it is not decided from, unless two persons brought just that one.
#pragma once

#include <optional>
#include <string>

#include "sync/position.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// What two persons stood up for.
struct Vouched {
  std::string build;  // the name that the replica built of it bears; never empty
  Position position;  // where that replica has come to since: a copy of it from before is an old copy, too

  bool operator==(const Vouched&) const = default;
};

struct Floor {
  Position position;
  std::optional<Vouched> vouched;

  bool operator==(const Floor&) const = default;

  /// Whether a replica may be decided from that stands there and bears that build's name (empty: none).
  [[nodiscard]] bool carries(const Position& at, const std::string& build) const;

  /// As it is once such a replica stands there. Never lower.
  [[nodiscard]] Floor raised(const Position& at, const std::string& build) const;

  /// As it is sealed beside the position; empty where nobody stood up for anything.
  [[nodiscard]] std::string text() const;
};

/// As the journal says it. Throws SQLite::Exception, as the other.
[[nodiscard]] Floor read_floor(Connection& journal);
/// Inside a transaction of the caller.
void write_floor(Connection& journal, const Floor& before, const Floor& after);

}  // namespace syncing
