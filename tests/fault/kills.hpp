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

/// Every point that a process is killed at by name, of a gate's day and of the way out after a journal was
/// put back or put aside.
[[nodiscard]] std::vector<std::string> kill_points();
[[nodiscard]] std::vector<std::string> restore_points();

/// `runs` processes, one after the other, each killed by SIGKILL and followed by the next on the same folder,
/// until something is wrong.
[[nodiscard]] Killed kill_often(std::uint64_t seed, int runs);

/// The same, each a start on a journal that is not the newest one, with the platform's answers: killed on the
/// way out, then started again.
[[nodiscard]] Killed kill_restores(std::uint64_t seed, int runs);

/// The points of `names` that nobody was killed at.
[[nodiscard]] std::vector<std::string> never_met(const Killed& killed, const std::vector<std::string>& names);

}  // namespace fault
