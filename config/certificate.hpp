// The files of the link's mutual TLS, in PEM. Whoever uses them opens them anew; here they are only looked
// at.
#pragma once

#include <filesystem>

#include "gate/core/result.hpp"

namespace config {

/// At least one certificate: not_found, broken or malformed, naming the file.
[[nodiscard]] core::Result<void> read_certificate(const std::filesystem::path& file);

/// A private key without a passphrase, in a file that nobody but its owner may open (see read_secret).
[[nodiscard]] core::Result<void> read_certificate_key(const std::filesystem::path& file);

}  // namespace config
