// Looking a large database through for damage without holding up whoever uses it.
#pragma once

#include <atomic>
#include <filesystem>

#include "gate/core/result.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// Reads all of `file` on a connection of its own, which takes seconds where it is large. Fault::corrupt: it
/// is damaged. Fault::broken: it cannot be read, or `stop` was set meanwhile.
[[nodiscard]] core::Result<void> inspect(const std::filesystem::path& file, const FileLayer& layer,
                                         const std::atomic<bool>& stop);

}  // namespace syncing
