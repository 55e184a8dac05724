// Keys stand in files of their own: 64 hex digits, a line end allowed.
#pragma once

#include <filesystem>
#include <string>

#include "gate/core/result.hpp"

namespace config {

/// The 64 hex digits of a public key's file.
[[nodiscard]] core::Result<std::string> read_public_key(const std::filesystem::path& file);

/// The 64 hex digits of a secret key's file, which nobody but its owner may be able to open (mode 0600 or
/// less): Fault::refused otherwise. No error ever shows the content.
[[nodiscard]] core::Result<std::string> read_secret_key(const std::filesystem::path& file);

/// A secret file whatever its content: there, a regular file, closed to group and others.
[[nodiscard]] core::Result<void> secret_file_is_safe(const std::filesystem::path& file);

}  // namespace config
