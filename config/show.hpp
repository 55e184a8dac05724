// A configuration as it takes effect, defaults included, as TOML.
#pragma once

#include <string>

#include "config/config.hpp"

namespace config {

/// TOML that loads as the same configuration, except that secrets are masked: passwords and query values
/// in URLs become ***. Secrets that stand in files are named, never opened.
[[nodiscard]] std::string show(const Config& config);

/// A URL without its secrets.
[[nodiscard]] std::string masked_url(std::string_view url);

}  // namespace config
