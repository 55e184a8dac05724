// The platform's stream as a bad network brings it: twice, late, early, in part, from two epochs at once,
// with snapshots in between; against a reader who saw everything once and in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fault {

struct Followed {
  std::int64_t operations = 0;  // changes that came, again or for the first time
  std::int64_t applied = 0;     // of which this many moved the replica
  std::int64_t swaps = 0;       // snapshots taken over
  std::int64_t restarts = 0;
  std::vector<std::string> wrong{};
};

[[nodiscard]] Followed follow(std::uint64_t seed, std::int64_t operations);

}  // namespace fault
