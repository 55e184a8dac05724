// Checks a configuration and everything around it, before the daemon starts with it.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "config/problem.hpp"

namespace config {

/// Every problem of the file and of the files it names: missing ones, secrets that others can open, keys
/// that are none, a state folder that cannot be written. Empty: the daemon can start with it.
[[nodiscard]] std::vector<Problem> check(const std::filesystem::path& file);

/// The command: says "FILE: good" on `out` and returns 0, or tells every problem on `err` and returns 1.
int check_command(const std::filesystem::path& file, std::ostream& out, std::ostream& err);

}  // namespace config
