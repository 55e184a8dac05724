// gatehoused: the command line, the signals, and the appliance between them.
#include <exception>
#include <iostream>
#include <string>

#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "config/check.hpp"
#include "config/load.hpp"
#include "gate/appliance.hpp"
#include "gate/judges.hpp"
#include "gate/watchdog.hpp"

namespace {

namespace asio = boost::asio;

asio::awaitable<void> until_told_to_stop(asio::io_context& reactor, Appliance& appliance) {
  asio::signal_set signals(reactor, SIGINT, SIGTERM);
  co_await signals.async_wait(asio::use_awaitable);
  tell_systemd("STOPPING=1");
  spdlog::info("stopping: no new grants, red, open passages are closed as interrupted");
  co_await appliance.stop();
  reactor.stop();
}

int run(const std::string& file) {
  const auto config = config::load(file);
  if (!config) {
    std::cerr << config::text(config.error());
    return 1;
  }
  asio::io_context reactor(1);
  auto appliance = Appliance::start(*config, reactor.get_executor());
  if (!appliance) {
    spdlog::error("cannot start: {}", appliance.error().what);
    return 1;
  }
  asio::co_spawn(reactor, until_told_to_stop(reactor, **appliance), asio::detached);
  spdlog::info("gatehoused {} serves {} lanes; console on http://{}:{}", GATEHOUSE_VERSION,
               config->lanes.size(), config->console.bind.host, (*appliance)->console_port());
  tell_systemd("READY=1");
  reactor.run();
  appliance->reset();
  spdlog::info("stopped");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "gatehoused: verifies trucks, drivers and containers at a terminal's gates, and lets them through");
  std::string file = "/etc/gatehouse/gatehouse.toml";
  std::string checked;
  app.add_option("--config", file, "the configuration to run with")->capture_default_str();
  app.add_option("--check-config", checked, "check this configuration and the files it names, and end");
  app.set_version_flag("--version", std::string(GATEHOUSE_VERSION));
  CLI11_PARSE(app, argc, argv);
  try {
    if (!checked.empty()) return config::check_command(checked, judges_of_the_rooms(), std::cout, std::cerr);
    // One line an event, without the time: the system's journal knows it.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("gatehoused"));
    spdlog::set_pattern("%l: %v");
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot be initialised");
    return run(file);
  } catch (const std::exception& failure) {
    std::cerr << "gatehoused: " << failure.what() << "\n";
    return 1;
  }
}
