// gateworld: everything outside the appliance, over real sockets.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include <CLI/CLI.hpp>

#include "tests/world/play/play.hpp"
#include "tests/world/render/command.hpp"

namespace {

int complain(const std::string& what) {
  std::fprintf(stderr, "gateworld: %s\n", what.c_str());
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "render") return world::render_command(argc - 1, argv + 1);

  CLI::App app{"The world outside a Gatehouse appliance: platform, lanes, trucks and drivers"};
  app.require_subcommand(1);
  world::PlayOptions play;
  auto* play_command = app.add_subcommand("play", "Play a day against a running gatehoused");
  play_command->add_option("day", play.day, "Script of the day")->required();
  play_command->add_option("--config", play.config, "The appliance's configuration")->capture_default_str();
  play_command->add_option("--state", play.state,
                           "Keys and certificates; default: the configuration's state");
  play_command->add_option("--photos", play.photographs,
                           "Photographs of this folder in place of rendered trucks");
  play_command->add_flag("--once", play.once,
                         "One round, then a table; exit status 0 only if all is as expected");
  world::ExportOptions exported;
  auto* export_command = app.add_subcommand("export-backup", "Write the platform's data as a back-up file");
  export_command->add_option("day", exported.day, "Script of the day whose records it holds")->required();
  export_command->add_option("file", exported.file, "The file (*.gatebackup)")->required();
  export_command->add_option("--config", exported.config, "The appliance's configuration")
      ->capture_default_str();
  export_command->add_option("--state", exported.state,
                             "Keys and certificates; default: the configuration's state");
  export_command->add_option("--epoch", exported.epoch, "Default: that of a stream which begins now");
  std::filesystem::path folder;
  auto* keys_command = app.add_subcommand("keys", "Make the keys that are missing in a folder");
  keys_command->add_option("folder", folder)->required();
  world::StageOptions stage;
  auto* stage_command = app.add_subcommand(
      "stage", "Copy a configuration into a state folder of its own, every port a free one of this machine");
  stage_command->add_option("config", stage.config)->required();
  stage_command->add_option("folder", stage.folder)->required();
  app.add_subcommand("render", "Render pictures in bulk; see `gateworld render --help`");
  CLI11_PARSE(app, argc, argv);

  try {
    if (*keys_command) return world::keys(folder);
    if (*stage_command) return world::stage(stage);
    if (*export_command) return world::export_backup(exported);
    return world::play(play);
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}
