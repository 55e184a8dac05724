// A configuration file into structs. All mistakes are found in one run.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "config/config.hpp"
#include "config/problem.hpp"

namespace config {

/// The configuration, or every problem of the file, in the order of its lines. Relative paths are taken
/// relative to the file's folder and come back absolute. Reads the file itself and the public keys that
/// it names; every other file that it names is looked at only by `check`. Never throws on bad input.
[[nodiscard]] tl::expected<Config, std::vector<Problem>> load(const std::filesystem::path& file);

/// The same for a text that would stand in `file`.
[[nodiscard]] tl::expected<Config, std::vector<Problem>> parse(std::string_view text,
                                                               const std::filesystem::path& file);

}  // namespace config
