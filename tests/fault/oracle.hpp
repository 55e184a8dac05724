// Looks at what lies on the disk and says what must not be so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fault/story.hpp"

namespace fault {

/// What happened to the machine: a process that is killed loses nothing that it wrote; a power cut may lose
/// the replica's last commits, which the platform says again, but nothing of the journal.
enum class Stop { killed, power_cut };

struct Finding {
  std::vector<std::string> wrong{};  // empty: all is well
  bool with_doubt = false;           // the step in doubt is in effect
  syncing::Position replica{};
  syncing::Position floor{};
};

/// After a start that followed a stop.
[[nodiscard]] Finding judge(const Story& story, const std::filesystem::path& folder,
                            const syncing::FileLayer& layer, Stop stop);

}  // namespace fault
