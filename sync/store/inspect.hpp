// Looking a large database through for damage without holding up whoever uses it.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <string>

#include "gate/core/result.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// Looks at what SQLite cannot know of the rows; '' where nothing is wrong. May throw SQLite::Exception.
using Look = std::function<std::string(Connection&)>;

/// Reads all of `file`, its indexes too, on a connection of its own, which takes seconds where it is large.
/// Fault::corrupt: it is damaged. Fault::broken: it cannot be read, or `stop` was set meanwhile.
[[nodiscard]] core::Result<void> inspect(const std::filesystem::path& file, const FileLayer& layer,
                                         const std::atomic<bool>& stop, const Look& look = {});

}  // namespace syncing
