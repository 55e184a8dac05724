#include "gate/appliance.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include "config/key_file.hpp"
#include "drivers/badge/reader.hpp"
#include "drivers/barrier/barrier.hpp"
#include "drivers/camera/rig.hpp"
#include "drivers/reader/pool.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "gate/console/server.hpp"
#include "gate/lane/lane.hpp"
#include "gate/lane/ulid.hpp"
#include "gate/state_lock.hpp"
#include "gate/watchdog.hpp"
#include "sync/proof.hpp"
#include "sync/room.hpp"

namespace {

namespace asio = boost::asio;

/// A clock is not believed before this daemon was written: boards without a battery wake up in 1970.
constexpr core::WallTime earliest = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);

/// A loop that runs on somebody's executor until it is told to stop.
class Loop {
 public:
  void start(const asio::any_io_executor& executor, asio::awaitable<void> work) {
    executor_ = executor;
    asio::co_spawn(executor, std::move(work), asio::bind_cancellation_slot(stop_.slot(), asio::detached));
  }
  void stop() {
    if (executor_) asio::post(executor_, [this] { stop_.emit(asio::cancellation_type::terminal); });
  }

 private:
  asio::any_io_executor executor_;
  asio::cancellation_signal stop_;
};

/// Shows once a second that an executor still carries out what it is given.
asio::awaitable<void> beat(ports::Clock& clock, std::atomic<core::SteadyTime>& last) {
  for (;;) {
    last = clock.now().steady;
    co_await clock.until(clock.now().steady + std::chrono::seconds(1));
  }
}

/// Only what the platform has proven moves the floor below which our own clock is not believed: up with each
/// proof, and down again where one was taken back.
void follow_floor(const syncing::Sync& sync, std::atomic<core::WallTime>& floor) {
  if (const auto proven = sync.proven()) floor = syncing::clock_floor(earliest, proven);
}

asio::awaitable<void> keep_floor(ports::Clock& clock, const syncing::Sync& sync,
                                 std::atomic<core::WallTime>& floor) {
  for (;;) {
    follow_floor(sync, floor);
    co_await clock.until(clock.now().steady + std::chrono::seconds(1));
  }
}

core::LaneTimers timers_of(const config::Lane& lane) {
  core::LaneTimers timers;
  timers.prompt_time = lane.prompt_time;
  timers.pictures_time = lane.pictures_time;
  timers.travel_time = lane.travel_time;
  timers.grant_life = lane.grant_life;
  timers.escalate_after = lane.escalate_after;
  timers.fire_alarm = lane.fire_alarm;
  timers.passage_loop = lane.barrier.inputs.contains("passage");
  return timers;
}

/// Pictures are read one passage a thread; a core is left for everything else.
int recogniser_threads() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 1, 4);
}

/// One lane's devices and the lane itself.
struct LaneParts {
  std::unique_ptr<camera::Rig> cameras;
  std::unique_ptr<barrier::Barrier> barrier;
  std::unique_ptr<badge::Reader> reader;
  std::unique_ptr<lane::Lane> lane;
};

}  // namespace

struct Appliance::Parts {
  Parts(const config::Config& from, asio::any_io_executor lanes_reactor)
      : config(from), reactor(std::move(lanes_reactor)) {}

  ~Parts();

  core::Result<void> open_room();
  core::Result<void> open_eyes();
  core::Result<void> open_lane(const config::Lane& lane);
  core::Result<void> open_console();
  void start_loops();

  const config::Config config;
  asio::any_io_executor reactor;

  std::atomic<core::WallTime> clock_floor = earliest;
  wallclock::WallClock clock{[this] { return std::chrono::system_clock::now() >= clock_floor.load(); }};

  std::optional<StateLock> lock;  // before anything of the state folder is opened, after all of it is closed

  asio::thread_pool ending{1};  // waits for the console while the lanes still answer it
  std::atomic<core::SteadyTime> home_beat{}, writing_beat{};

  std::unique_ptr<syncing::Room> room;
  std::unique_ptr<reader::Pool> eyes;
  console::Board board;
  lane::Ulids ulids{[] {
    std::uint64_t bits = 0;
    randombytes_buf(&bits, sizeof(bits));
    return bits;
  }};
  std::vector<LaneParts> lanes;
  std::unique_ptr<lane::Desk> desk;
  std::unique_ptr<console::Server> server;
  Loop home_beating, writing_beating, watching, raising;
};

core::Result<void> Appliance::Parts::open_room() {
  auto taken = StateLock::take(config.site.state);
  if (!taken) return tl::unexpected(taken.error());
  lock.emplace(std::move(*taken));
  auto own = config::read_secret_key(config.link.signing_key).and_then([this](const std::string& digits) {
    return syncing::SigningKey::from_hex(config.link.signing_key_id, digits);
  });
  if (!own) return tl::unexpected(own.error());
  auto platform = syncing::KeySet::from_hex(config.link.platform_keys);
  if (!platform) return tl::unexpected(platform.error());
  auto opening =
      config::read_secret_key(config.link.encryption_key).and_then([this](const std::string& digits) {
        return syncing::OpeningKey::from_hex(config.link.encryption_key_id, digits);
      });
  if (!opening) return tl::unexpected(opening.error());
  syncing::SyncSettings settings;
  settings.stream = {config.site.terminal,
                     config.site.environment == config::Environment::prod ? "prod" : "uat"};
  settings.appliance = config.site.appliance;
  settings.version = GATEHOUSE_VERSION;
  for (const config::Lane& lane : config.lanes) settings.lanes.push_back(lane.name);
  settings.state = config.site.state;
  settings.freshness = config.freshness;
  settings.head_interval = config.link.head_interval;
  settings.max_message_bytes = static_cast<std::size_t>(config.link.max_message_bytes);
  const syncing::Broker broker{.host = config.link.broker.host,
                               .port = config.link.broker.port,
                               .ca = config.link.ca,
                               .certificate = config.link.certificate,
                               .key = config.link.key};
  auto opened = syncing::Room::open(settings, {*own, *platform, *opening}, broker, clock);
  if (!opened) return tl::unexpected(opened.error());
  room = std::move(*opened);
  follow_floor(room->sync(), clock_floor);  // before anybody asks whether the clock is trusted
  return {};
}

core::Result<void> Appliance::Parts::open_eyes() {
  const reader::PoolSettings settings{.models = config.site.models, .threads = recogniser_threads()};
  auto started = reader::Pool::start(settings, [this] { return clock.now().steady; });
  if (!started) return tl::unexpected(started.error());
  eyes = std::move(*started);
  return {};
}

core::Result<void> Appliance::Parts::open_lane(const config::Lane& lane) {
  auto key = config::read_secret_key(config.site.identity_key).and_then([this](const std::string& digits) {
    return badge::IdentityKey::from_hex(digits, config.site.identity_key_id);
  });
  if (!key) return tl::unexpected(key.error());
  auto wiring = barrier::Wiring::from(lane.barrier);
  if (!wiring) return tl::unexpected(wiring.error());
  LaneParts parts;
  const auto tell = [name = lane.name](const std::string& trouble) {
    trouble.empty() ? spdlog::info("{}: the barrier's module works", name)
                    : spdlog::warn("{}: {}", name, trouble);
  };
  parts.barrier = std::make_unique<barrier::Barrier>(reactor, lane.barrier, *wiring, tell);
  parts.cameras = std::make_unique<camera::Rig>(reactor, clock, lane.cameras);
  parts.reader = std::make_unique<badge::Reader>(reactor, clock, lane.reader, *key);
  parts.lane = std::make_unique<lane::Lane>(
      reactor, lane::Parts{.name = lane.name,
                           .direction = lane.direction,
                           .timers = timers_of(lane),
                           .policy = config.policy,
                           .barrier = *parts.barrier,
                           .cameras = parts.cameras->cameras(),
                           .reader = *parts.reader,
                           .eyes = *eyes,
                           .records = room->records(),
                           .journal = room->journal(),
                           .board = board,
                           .clock = clock,
                           .new_id = [this] { return ulids.next(clock.now().wall); }});
  lanes.push_back(std::move(parts));
  return {};
}

core::Result<void> Appliance::Parts::open_console() {
  std::vector<lane::Lane*> all;
  for (const LaneParts& parts : lanes) all.push_back(parts.lane.get());
  desk = std::make_unique<lane::Desk>(std::move(all));
  console::Options options;
  options.host = config.console.bind.host;
  options.port = config.console.bind.port;
  if (const auto& file = config.console.tokens; !file.empty()) {
    auto tokens = config::read_secret(file).and_then(
        [&file](const std::string& text) { return console::Tokens::parse(text, file.string()); });
    if (!tokens) return tl::unexpected(tokens.error());
    options.tokens = std::move(*tokens);
  }
  options.control_socket = config.console.control_socket;
  options.site = config.site.terminal;
  options.version = GATEHOUSE_VERSION;
  options.lanes = reactor;
  server = std::make_unique<console::Server>(
      std::move(options),
      console::Asked{board, room->ledger(), *desk, room->backlog(), room->backups(), clock});
  return server->start();
}

void Appliance::Parts::start_loops() {
  const core::SteadyTime now = clock.now().steady;
  home_beat = now;
  writing_beat = now;
  room->start();
  home_beating.start(room->home(), beat(clock, home_beat));
  writing_beating.start(room->writing(), beat(clock, writing_beat));
  raising.start(room->home(), keep_floor(clock, room->sync(), clock_floor));
  std::vector<Heartbeat> hearts = {{"the journal", [this] { return writing_beat.load(); }},
                                   {"the link", [this] { return home_beat.load(); }},
                                   {"the console", [this] { return server->last_progress(); }}};
  for (const LaneParts& parts : lanes) {
    hearts.push_back(
        {"lane " + parts.lane->name(), [lane = parts.lane.get()] { return lane->last_progress(); }});
    asio::co_spawn(reactor, parts.lane->run(), asio::detached);
  }
  watching.start(reactor, feed_watchdog(std::move(hearts), clock));
}

/// Whoever hands over work goes before the one it is handed to.
Appliance::Parts::~Parts() {
  if (server) server->stop();
  for (Loop* loop : {&home_beating, &writing_beating, &raising}) loop->stop();
  lanes.clear();  // the barriers' threads show red and end their pulses
  eyes.reset();
  room.reset();
}

Appliance::Appliance(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Appliance::~Appliance() = default;

core::Result<std::unique_ptr<Appliance>> Appliance::start(const config::Config& config,
                                                          asio::any_io_executor reactor) {
  auto parts = std::make_unique<Parts>(config, std::move(reactor));
  if (auto opened = parts->open_room(); !opened) return tl::unexpected(opened.error());
  if (auto opened = parts->open_eyes(); !opened) return tl::unexpected(opened.error());
  for (const config::Lane& lane : config.lanes)
    if (auto opened = parts->open_lane(lane); !opened) return tl::unexpected(opened.error());
  if (auto opened = parts->open_console(); !opened) return tl::unexpected(opened.error());
  parts->start_loops();
  return std::unique_ptr<Appliance>(new Appliance(std::move(parts)));
}

asio::awaitable<void> Appliance::stop() {
  for (const LaneParts& lane : parts_->lanes) co_await lane.lane->stop(std::chrono::seconds(2));
  parts_->watching.stop();
  // The console waits for decisions that the lanes still answer: not on the lanes' own thread.
  co_await asio::co_spawn(
      parts_->ending,
      [server = parts_->server.get()]() -> asio::awaitable<void> {
        server->stop();
        co_return;
      },
      asio::use_awaitable);
}

int Appliance::console_port() const { return parts_->server->port(); }
