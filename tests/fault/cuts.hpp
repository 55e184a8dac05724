// Power cuts: what was not synced is lost in part, and what lies there then is judged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fault {

struct Cut {
  int runs = 0;
  std::vector<std::string> wrong{};
};

/// `runs` cuts, each at some access to the disk, each followed by a start on what is left, until something is
/// wrong. `lying`: the disk says that it synced and did not.
[[nodiscard]] Cut cut_often(std::uint64_t seed, int runs, bool lying = false);

}  // namespace fault
