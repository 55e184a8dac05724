// Looks at what lies on the disk and says what must not be so.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/fault/story.hpp"

namespace fault {

struct Finding {
  std::vector<std::string> wrong{};  // empty: all is well
  bool with_doubt = false;           // the step in doubt is in effect
  syncing::Position replica{};
  syncing::Position floor{};
};

/// After a start that followed a stop, of the process or of the machine: neither may lose anything that was
/// committed, in the journal or in the replica.
[[nodiscard]] Finding judge(const Story& story, const std::filesystem::path& folder,
                            const syncing::FileLayer& layer);

}  // namespace fault
