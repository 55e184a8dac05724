// What gateworld's commands do. Exit codes; std::runtime_error says what is missing or taken.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace world {

struct PlayOptions {
  std::filesystem::path day;
  std::filesystem::path config = "config/demo.toml";
  std::optional<std::filesystem::path> state;
  std::optional<std::filesystem::path> photographs;
  bool once = false;
};

/// 0: every round was as the script says (without `once`: until SIGINT or SIGTERM). 1: it was not.
int play(const PlayOptions& options);

int keys(const std::filesystem::path& folder);

struct ExportOptions {
  std::filesystem::path day;   // its records, as they stand when the day begins
  std::filesystem::path file;  // *.gatebackup
  std::filesystem::path config = "config/demo.toml";
  std::optional<std::filesystem::path> state;
  std::int64_t epoch = 0;  // 0: that of a stream which begins now
};

/// Writes what the platform would tell the appliance of a configuration as a back-up file; no broker is
/// needed.
int export_backup(const ExportOptions& options);

struct StageOptions {
  std::filesystem::path config;
  std::filesystem::path folder;
};

/// Writes FOLDER/staged.toml: the configuration with FOLDER as its state folder and with free ports.
int stage(const StageOptions& options);

}  // namespace world
