// gatectl: the command of terminal IT. This file is the command line and nothing else.
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "config/check.hpp"
#include "config/load.hpp"
#include "config/show.hpp"
#include "drivers/reader/read_command.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/judges.hpp"

namespace {

struct Options {
  std::string socket;
  std::string config;
  bool json = false;
  bool together = false;
  std::string file;
  std::string token;
  std::string passage;
  std::string models;
  std::string overlay;
  std::vector<double> region;
  std::vector<std::string> files;
  ctl::PassagesOptions passages;
  ctl::AuditVerify verify;
  ctl::AuditExport selection;
  std::string use;
  ctl::ListOptions list;
  ctl::JudgeOptions judge{.config = "/etc/gatehouse/gatehouse.toml", .lane = {}};
};

using ctl::Streams;

int show_command(const std::string& file, Streams streams) {
  const auto config = config::load(file);
  if (!config) return streams.err << config::text(config.error()), 1;
  streams.out << config::show(*config);
  return 0;
}

int read_command(const Options& options, Streams streams) {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::filesystem::path models = options.models.empty()
                                           ? ctl::models_folder(std::getenv("GATEHOUSE_MODELS"), program)
                                           : std::filesystem::path(options.models);
  reader::ReadOptions asked{options.files, options.together, options.overlay, models};
  if (const auto& shares = options.region; shares.size() == 4)
    asked.region = {shares[0], shares[1], shares[2], shares[3]};
  return reader::read_command(asked, streams.out, streams.err);
}

/// The socket that the options mean.
core::Result<std::filesystem::path> socket_of(const Options& options) {
  if (!options.socket.empty()) return options.socket;
  const char* named = std::getenv("GATEHOUSE_SOCKET");
  if (options.config.empty()) return named != nullptr ? named : ctl::usual_socket;
  const auto config = config::load(options.config);
  if (!config) return core::fail(core::Fault::malformed, config::text(config.error()));
  return config->console.control_socket;
}

struct Commands {
  CLI::App* status = nullptr;
  CLI::App* passages = nullptr;
  CLI::App* explain = nullptr;
  CLI::App* check = nullptr;
  CLI::App* show = nullptr;
  CLI::App* read = nullptr;
  CLI::App* verify = nullptr;
  CLI::App* prove = nullptr;
  CLI::App* bundle = nullptr;
  CLI::App* key = nullptr;
  CLI::App* import = nullptr;
  CLI::App* inspect = nullptr;
  CLI::App* parked = nullptr;
  CLI::App* outbox = nullptr;
  CLI::App* findings = nullptr;
  CLI::App* judge = nullptr;
};

void add_daemon_options(CLI::App& command, Options& options) {
  command.add_option("--socket", options.socket, "The daemon's control socket; else $GATEHOUSE_SOCKET")
      ->type_name("PATH");
  command.add_option("--config", options.config, "Take the socket from this configuration")
      ->type_name("FILE");
}

void describe_audit(CLI::App& app, Options& options, Commands& commands) {
  auto* audit = app.add_subcommand("audit", "Check the audit log, or prove to others what is in it")
                    ->require_subcommand(1);
  commands.verify =
      audit->add_subcommand("verify", "Whether the log is whole, or a bundle's entries are in it");
  add_daemon_options(*commands.verify, options);
  commands.verify
      ->add_option("--checkpoint", options.verify.checkpoints, "A checkpoint that you hold; may be repeated")
      ->type_name("FILE");
  commands.verify
      ->add_option("--key", options.verify.key, "The gate's key; else the one that it names itself")
      ->type_name("KEY|FILE");
  commands.verify
      ->add_option("--bundle", options.file, "Check what export or prove wrote; no daemon is asked")
      ->type_name("FILE");

  commands.bundle = audit->add_subcommand("export", "Entries with their proofs, for somebody else to check");
  add_daemon_options(*commands.bundle, options);
  commands.bundle->add_option("--from", options.selection.from, "From this time on")->type_name("TIME");
  commands.bundle->add_option("--to", options.selection.to, "Up to this time")->type_name("TIME");
  commands.bundle->add_option("--container", options.selection.container, "That name this container");

  commands.prove = audit->add_subcommand("prove", "One passage, or one entry, with its proof");
  add_daemon_options(*commands.prove, options);
  auto* which = commands.prove->add_option_group("which", "What to prove");
  which->add_option("--passage", options.selection.passage, "Every entry about this passage")
      ->type_name("ID");
  which->add_option("--entry", options.selection.number, "The entry with this number")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  which->require_option(1);
  for (auto* command : {commands.bundle, commands.prove}) {
    command->add_option("--journal", options.selection.journal, "From the log of this earlier journal")
        ->type_name("ID");
  }
}

void add_list_options(CLI::App& command, Options& options) {
  add_daemon_options(command, options);
  command.add_option("--limit", options.list.limit, "How many")->check(CLI::Range(1, 500));
  command.add_flag("--json", options.list.json, "As JSON");
}

void describe_link(CLI::App& app, Options& options, Commands& commands) {
  auto* backup = app.add_subcommand("backup", "The platform's data from a file")->require_subcommand(1);
  commands.import = backup->add_subcommand("import", "Put a back-up file in the place of older data");
  commands.inspect = backup->add_subcommand("inspect", "What is in a back-up file, as JSON; changes nothing");
  for (CLI::App* command : {commands.import, commands.inspect}) {
    add_daemon_options(*command, options);
    command->add_option("FILE", options.file, "The back-up file (*.gatebackup)")->required();
  }
  commands.import
      ->add_option("--token", options.token,
                   "Holds your token; for data older than the gate has known, which two supervisors bring")
      ->type_name("FILE");
  auto* sync = app.add_subcommand("sync", "The link to the platform")->require_subcommand(1);
  commands.parked = sync->add_subcommand("parked", "Changes that could not be applied, with their reasons");
  add_list_options(*commands.parked, options);
  commands.outbox =
      app.add_subcommand("outbox", "Events that the platform has not taken over, and those it refused");
  add_list_options(*commands.outbox, options);
  commands.findings = app.add_subcommand(
      "findings", "Grants of an outage that the platform would not have given, not dealt with yet");
  add_list_options(*commands.findings, options);
}

void describe_camera(CLI::App& app, ctl::JudgeOptions& options, Commands& commands) {
  auto* camera = app.add_subcommand("camera", "Set up a lane's cameras")->require_subcommand(1);
  commands.judge =
      camera->add_subcommand("judge", "Whether a lane's cameras see well enough to read, and what to change");
  commands.judge->add_option("LANE", options.lane, "Its name in the configuration")->required();
  commands.judge->add_option("--config", options.config, "The configuration")
      ->type_name("FILE")
      ->capture_default_str();
  commands.judge->add_option("--pictures", options.pictures, "How many of each camera, one after the other")
      ->check(CLI::Range(1, 20));
  commands.judge->add_option("--overlay", options.overlay, "Draws what was read into this PNG")
      ->type_name("FILE");
  commands.judge->add_flag("--json", options.json, "As JSON, an object a picture and line");
}

Commands describe(CLI::App& app, Options& options) {
  Commands commands;
  app.require_subcommand(1);
  app.set_version_flag("--version", "gatectl " GATEHOUSE_VERSION);

  commands.status =
      app.add_subcommand("status", "How the appliance stands: mode, age of the data, link, lanes");
  add_daemon_options(*commands.status, options);
  commands.status->add_flag("--json", options.json, "As JSON");

  commands.passages = app.add_subcommand("passages", "The latest passages, one line each");
  add_daemon_options(*commands.passages, options);
  commands.passages->add_option("--limit", options.passages.limit, "How many")->check(CLI::Range(1, 500));
  commands.passages->add_flag("--follow", options.passages.follow, "Go on with every passage that ends");
  commands.passages->add_flag("--json", options.passages.json, "One JSON object a line");

  commands.explain =
      app.add_subcommand("explain", "Decide a recorded case again: verdict and checks as JSON");
  add_daemon_options(*commands.explain, options);
  auto* sources = commands.explain->add_option_group("source", "What to explain");
  sources->add_option("--case", options.file, "A case in a file; - is standard input")->type_name("FILE");
  sources->add_option("--passage", options.passage, "A recorded passage, asked of the daemon")
      ->type_name("ID");
  sources->require_option(1);

  describe_link(app, options, commands);

  auto* config = app.add_subcommand("config", "Look at a configuration")->require_subcommand(1);
  commands.check = config->add_subcommand("check", "Tell every mistake, with its line");
  commands.check->add_option("FILE", options.file, "The configuration")->required();
  commands.show = config->add_subcommand("show", "Show what takes effect, defaults included, secrets masked");
  commands.show->add_option("FILE", options.file, "The configuration")->required();

  describe_audit(app, options, commands);

  describe_camera(app, options.judge, commands);

  commands.key = app.add_subcommand("key", "The public half of a key file, for the platform");
  commands.key->add_option("USE", options.use, "signing or encryption")
      ->required()
      ->check(CLI::IsMember({"signing", "encryption"}));
  commands.key->add_option("FILE", options.file, "64 hex digits, as `openssl rand -hex 32` makes them")
      ->required();

  commands.read = app.add_subcommand("read", "What the recogniser sees in picture files, one JSON line each");
  commands.read->add_flag("--together", options.together, "The files are views of one truck");
  commands.read->add_option("--overlay", options.overlay, "Draws what was read into this PNG")
      ->type_name("FILE");
  commands.read
      ->add_option("--region", options.region, "Read only this part, in shares of the picture: 0.25,0,0.5,1")
      ->type_name("X,Y,WIDTH,HEIGHT")
      ->delimiter(',')
      ->expected(4)
      ->allow_extra_args(false);  // what follows are files
  commands.read->add_option("--models", options.models, "Folder of the nets; else $GATEHOUSE_MODELS")
      ->type_name("DIR");
  commands.read->add_option("FILE", options.files, "Pictures, JPEG or PNG")->required();
  return commands;
}

int run(const Commands& commands, const Options& options, Streams streams) {
  if (commands.check->parsed())
    return config::check_command(options.file, judges_of_the_rooms(), streams.out, streams.err);
  if (commands.show->parsed()) return show_command(options.file, streams);
  if (commands.read->parsed()) return read_command(options, streams);
  if (commands.judge->parsed()) return ctl::judge_command(options.judge, streams);
  if (commands.key->parsed())
    return ctl::key_command(options.use == "signing" ? ctl::KeyUse::signing : ctl::KeyUse::encryption,
                            options.file, streams);
  if (commands.explain->parsed() && !options.file.empty())
    return ctl::explain_case_command(options.file, streams);
  if (commands.verify->parsed() && !options.file.empty())
    return ctl::audit_check_command(options.file, options.verify.key, streams);
  const auto socket = socket_of(options);
  if (!socket) return streams.err << socket.error().what << "\n", 1;
  const ctl::Client client(*socket);
  if (commands.import->parsed())
    return ctl::backup_import_command(client, options.file, options.token, streams);
  if (commands.inspect->parsed()) return ctl::backup_inspect_command(client, options.file, streams);
  if (commands.parked->parsed()) return ctl::parked_command(client, options.list, streams);
  if (commands.findings->parsed()) return ctl::findings_command(client, options.list, streams);
  if (commands.outbox->parsed()) return ctl::outbox_command(client, options.list, streams);
  if (commands.explain->parsed()) return ctl::explain_passage_command(client, options.passage, streams);
  if (commands.verify->parsed()) return ctl::audit_verify_command(client, options.verify, streams);
  if (commands.bundle->parsed() || commands.prove->parsed())
    return ctl::audit_export_command(client, options.selection, streams);
  if (commands.passages->parsed()) return ctl::passages_command(client, options.passages, streams);
  return ctl::status_command(client, options.json, streams);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Looks at a Gatehouse appliance and decides recorded cases again.", "gatectl");
  Options options;
  const Commands commands = describe(app, options);
  try {
    app.parse(argc, argv);
    return run(commands, options, {std::cout, std::cerr});
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << "gatectl: " << error.what() << "\n";
    return 1;
  }
}
