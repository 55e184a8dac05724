// Keys and tokens stand in files of their own. A key: 64 hex digits, a line end allowed.
#pragma once

#include <filesystem>
#include <string>

#include "gate/core/result.hpp"

namespace config {

/// The 64 hex digits of a public key's file.
[[nodiscard]] core::Result<std::string> read_public_key(const std::filesystem::path& file);

/// The content of a file that anybody may read, at most 64 KiB.
[[nodiscard]] core::Result<std::string> read_open(const std::filesystem::path& file);

/// A secret file's content, at most 64 KiB. Nobody but its owner may be able to open it (mode 0600 or less; a
/// credential that systemd hands over may show 0440): Fault::refused otherwise. No error shows the content.
[[nodiscard]] core::Result<std::string> read_secret(const std::filesystem::path& file);

/// The 64 hex digits of a secret key's file.
[[nodiscard]] core::Result<std::string> read_secret_key(const std::filesystem::path& file);

}  // namespace config
