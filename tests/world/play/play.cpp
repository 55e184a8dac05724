#include "tests/world/play/play.hpp"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <stop_token>
#include <thread>

#include <sodium.h>

#include "config/load.hpp"
#include "tests/world/play/director.hpp"
#include "tests/world/play/keys.hpp"

namespace world {
namespace {

/// Waits for SIGINT or SIGTERM on a thread of its own. Made before any other thread, so that all inherit
/// the block.
class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    thread_ = std::jthread([this](const std::stop_token& over) { wait(over); });
  }
  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }

 private:
  void wait(const std::stop_token& over) {
    while (!over.stop_requested()) {
      const timespec turn{0, 100'000'000};
      if (sigtimedwait(&set_, nullptr, &turn) > 0) source_.request_stop();
    }
  }
  sigset_t set_{};
  std::stop_source source_;
  std::jthread thread_;
};

config::Config configuration(const std::filesystem::path& file) {
  auto loaded = config::load(file);
  if (loaded) return std::move(*loaded);
  throw std::runtime_error("the configuration cannot be used:\n" + config::text(loaded.error()));
}

Day script(const std::filesystem::path& file) {
  auto day = load_day(file);
  if (!day) throw std::runtime_error("the day cannot be played:\n" + day.error().what);
  return std::move(*day);
}

core::WallTime wall_now() {
  return std::chrono::time_point_cast<core::Milliseconds>(std::chrono::system_clock::now());
}

void wait_for_the_daemon(ApiClient& api, const std::stop_token& stop) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  core::Result<ports::LinkReport> link = api.link();
  while (!link && !stop.stop_requested()) {
    if (std::chrono::steady_clock::now() > end) {
      throw std::runtime_error("gatehoused does not answer: " + link.error().what);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    link = api.link();
  }
}

}  // namespace

int keys(const std::filesystem::path& folder) {
  make_keys(folder);
  return 0;
}

int export_backup(const ExportOptions& options) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  const config::Config config = configuration(options.config);
  const Day day = script(options.day);
  Platform platform(config, options.state.value_or(config.site.state), &wall_now);
  const core::WallTime now = wall_now();
  const auto begun = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  platform.begin(options.epoch > 0 ? options.epoch : begun, records_at(day.records, now, hash_of(config), 1));
  platform.export_backup(options.file);
  std::printf("%s: epoch %lld\n", options.file.c_str(), static_cast<long long>(platform.epoch()));
  return 0;
}

int play(const PlayOptions& options) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  const Signals signals;
  const config::Config config = configuration(options.config);
  const Day day = script(options.day);
  const BadgeHash hash = hash_of(config);
  Scenery scenery(options.photographs);
  Site site(config, scenery);
  Platform platform(config, options.state.value_or(config.site.state), &wall_now);
  platform.come_back();
  ApiClient api(config.console.bind, read_tokens(config.console.tokens));
  std::printf("gateworld: the lanes' devices and the platform are there; waiting for gatehoused\n");
  std::fflush(stdout);
  wait_for_the_daemon(api, signals.token());
  Motions motions(scenery, api, signals.token());
  Director director({site, platform, api, motions, &wall_now, hash, !options.photographs}, day,
                    signals.token());
  bool good = true;
  for (int round = 1; !signals.token().stop_requested(); ++round) {
    good = director.play(round) && good;
    if (options.once) return good ? 0 : 1;
  }
  return options.once ? 1 : 0;
}

}  // namespace world
