// Checks a configuration and everything around it, before the daemon starts with it.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "config/problem.hpp"
#include "gate/core/result.hpp"

namespace config {

/// What only the room that reads a file can say of it; each error names the file.
struct Judges {
  std::function<core::Result<void>(const std::string& text, const std::string& name)> tokens;
  std::function<core::Result<void>(const std::filesystem::path& folder)> models;
};

struct Checked {
  std::vector<Problem> problems;                // empty: the daemon can start with it
  std::vector<std::filesystem::path> unlooked;  // systemd hands these over to the running service only
};

/// Every problem of the file and of the files it names: missing ones, secrets that others can open, keys,
/// certificates, tokens and nets that are none, a state folder that cannot be written.
[[nodiscard]] Checked check(const std::filesystem::path& file, const Judges& judges);

/// The command: says "FILE: good" on `out`, and what it could not look at, and returns 0; or tells every
/// problem on `err` and returns 1.
int check_command(const std::filesystem::path& file, const Judges& judges, std::ostream& out,
                  std::ostream& err);

}  // namespace config
