// kill -9: a process that runs the stores is killed at named points and at any time, started again, and
// judged.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fault {

struct Killed {
  int runs = 0;
  std::map<std::string, int> at;     // how often a process was killed at each named point
  std::vector<std::string> wrong{};  // what the oracle said; empty: all is well
};

/// Every point that a process is killed at by name.
[[nodiscard]] std::vector<std::string> kill_points();

/// `runs` processes, one after the other, each killed by SIGKILL and followed by the next on the same folder,
/// until something is wrong.
[[nodiscard]] Killed kill_often(std::uint64_t seed, int runs);

}  // namespace fault
