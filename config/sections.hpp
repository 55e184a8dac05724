// The sections of a configuration file, one function each. All report to the table's Loading.
#pragma once

#include "config/config.hpp"
#include "config/table.hpp"

namespace config {

void load_policy(Table table, core::Policy& policy);
void load_freshness(Table table, core::FreshnessPolicy& freshness);

/// Also finds what one lane cannot know alone: a name taken twice, a coil that two lanes command.
void load_lanes(std::vector<Table> tables, std::vector<Lane>& lanes);

/// Everything; `loading` then holds the problems, sorted by line, and the files to check.
[[nodiscard]] Config load_all(std::string_view text, Loading& loading);

/// Reads a configuration file; nullopt and a problem where that fails.
[[nodiscard]] std::optional<std::string> read_file(const path& file, std::vector<Problem>& problems);

[[nodiscard]] Loading loading_of(const path& file);

}  // namespace config
