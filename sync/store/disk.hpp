// Files that are to survive a power cut.
#pragma once

#include <filesystem>
#include <string_view>

namespace syncing {

/// Creates or overwrites `file`; true: every byte is on the disk. On false something may be left there.
[[nodiscard]] bool write_durably(const std::filesystem::path& file, std::string_view bytes);

/// What was created, renamed or removed in it is on the disk.
void fsync_folder(const std::filesystem::path& folder);

/// The folder and those above it that are missing, each with its name on the disk. False: it is not there.
[[nodiscard]] bool make_folder(const std::filesystem::path& folder);

}  // namespace syncing
