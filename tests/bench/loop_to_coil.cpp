// From the loop's bit in the I/O module to the coil that opens the arm: the real driver over Modbus TCP, the
// real lane, the real replica; what is read and what is written take no time.
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include "drivers/barrier/barrier.hpp"
#include "drivers/sim/camera.hpp"
#include "drivers/sim/eyes.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "gate/lane/lane.hpp"
#include "gate/lane/ulid.hpp"
#include "sync/gather.hpp"
#include "sync/journal/writer.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"
#include "tests/network/trucks.hpp"
#include "tests/world/devices/io_module.hpp"
#include "tests/world/platform/stream_book.hpp"

namespace bench {
namespace {

namespace asio = boost::asio;
using core::Signals;
using core::State;
using std::chrono::milliseconds;

constexpr int kTrucks = 200;
constexpr milliseconds kPoll{10};
constexpr std::chrono::seconds kPatience{20};

/// Takes everything at once and keeps nothing.
struct Memory final : ports::Journal {
  asio::awaitable<core::Result<void>> commit(ports::JournalEntry) override { co_return core::Result<void>{}; }
  asio::awaitable<core::Result<core::PictureRef>> keep(ports::Picture picture) override {
    co_return core::PictureRef{.camera = picture.camera, .sha256 = std::string(64, '0')};
  }
};

/// One truck's records in a real replica, always fresh.
class Shelf final : public ports::Records {
 public:
  Shelf(const std::filesystem::path& folder, core::WallTime now)
      : writer_(syncing::JournalWriter::open(folder / "journal.db", now).value()),
        reader_(syncing::JournalReader::open(folder / "journal.db").value()),
        replica_(syncing::Replica::open(folder / "replica.db", syncing::RowKey(writer_->row_key())).value()) {
    std::vector<syncing::ReadChange> rows;
    for (auto& row : world::changes_of(network::records_of(1, now))) rows.emplace_back(std::move(row));
    syncing::SnapshotManifest manifest;
    manifest.epoch = 1;
    manifest.count = static_cast<std::int64_t>(rows.size());
    manifest.issued_at = manifest.source_as_of = now;
    if (!replica_->begin_snapshot() || !replica_->add_to_snapshot(1, rows) ||
        !replica_->finish_snapshot(manifest))
      throw std::runtime_error("the truck's records were not stored");
  }

  core::Result<core::Dossier> gather(const core::Evidence& evidence) override {
    return syncing::gather(*replica_, *reader_, evidence);
  }
  core::Standing standing(const core::Moment& now) const override {
    return {.mode = core::Mode::online, .data_as_of = now.wall, .reconciling = false};
  }
  void refresh(const core::Evidence&) override {}

 private:
  std::unique_ptr<syncing::JournalWriter> writer_;
  std::unique_ptr<syncing::JournalReader> reader_;
  std::unique_ptr<syncing::Replica> replica_;
};

/// The driver holds the badge to the reader as soon as the lane has seen the truck.
class Driver final : public ports::Board {
 public:
  explicit Driver(sim::IdentityReader& reader) : reader_(reader) {}
  void show(ports::LaneView view) override {
    if (view.state == State::gathering && view.passage.id != at_) reader_.present_badge(network::badge);
    if (view.state == State::gathering) at_ = view.passage.id;
    state_ = view.state;
  }
  [[nodiscard]] State state() const { return state_; }

 private:
  sim::IdentityReader& reader_;
  std::string at_;
  std::atomic<State> state_ = State::idle;
};

config::Barrier wired_to(const world::IoModule& module) {
  config::Barrier barrier = module.config();
  barrier.poll = kPoll;
  for (const char* pulse : {"open", "close"}) barrier.outputs.at(pulse).pulse = milliseconds(50);
  return barrier;
}

class Lane {
 public:
  Lane() : barrier_(io_.get_executor(), wired_to(module_), *barrier::Wiring::from(wired_to(module_)), {}) {
    camera_.look_at("a picture");
    eyes_.see_in("a picture", network::sighting_of(1));
    asio::co_spawn(io_, lane_.run(), asio::detached);
    thread_ = std::thread([this] { io_.run(); });
    wait([this] { return module_.red() && driver_.state() == State::idle; });
  }
  ~Lane() {
    io_.stop();
    thread_.join();
  }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  /// A truck comes, and turns round when the arm is up. Seconds from the loop to the coil.
  double truck() {
    // The polls do not wait for trucks.
    std::this_thread::sleep_for(std::chrono::duration_cast<std::chrono::microseconds>(kPoll) *
                                std::uniform_real_distribution(1.0, 2.0)(dice_));
    const double seconds = time_of([this] {
      module_.set(&Signals::presence, true);
      wait([this] { return module_.coil(0); });
    });
    wait([this] { return driver_.state() == State::open; });
    module_.set(&Signals::presence, false);
    wait([this] { return driver_.state() == State::idle; });
    return seconds;
  }

 private:
  template <class Done>
  static void wait(const Done& done) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (!done()) {
      if (std::chrono::steady_clock::now() > end) throw std::runtime_error("the lane did not go on");
      std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
  }

  syncing_test::TempFolder folder_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> waiting_{io_.get_executor()};
  std::mt19937_64 dice_{7};
  lane::Ulids ulids_{[this] { return dice_(); }};
  wallclock::WallClock clock_{[] { return true; }};
  world::IoModule module_{milliseconds(20)};
  barrier::Barrier barrier_;
  sim::Camera camera_{"front", clock_};
  sim::IdentityReader reader_{io_.get_executor(), clock_};
  sim::Eyes eyes_{clock_};
  Shelf shelf_{folder_.path(), clock_.now().wall};
  Memory memory_;
  Driver driver_{reader_};
  lane::Lane lane_{io_.get_executor(), lane::Parts{"in-1",
                                                   core::Direction::entry,
                                                   core::LaneTimers{},
                                                   core::Policy{},
                                                   barrier_,
                                                   {&camera_},
                                                   reader_,
                                                   eyes_,
                                                   shelf_,
                                                   memory_,
                                                   driver_,
                                                   clock_,
                                                   [this] { return ulids_.next(clock_.now().wall); }}};
  std::thread thread_;
};

}  // namespace

void loop_to_coil(benchmark::State& state, Terminal&) {
  Lane lane;
  SideBySide times;
  for (auto _ : state)
    for (int i = 0; i < kTrucks; ++i) times.note("loop to coil", lane.truck());
  const double poll = Seconds(kPoll).count();
  const double p99 = times.quantile("loop to coil", 0.99);
  state.counters["p99 of the poll period + 1 ms"] = p99 / (poll + 0.001);
  state.counters["p50 in ms"] = times.quantile("loop to coil", 0.5) * 1e3;
  state.counters["p99 in ms"] = p99 * 1e3;
  state.counters["poll period in ms"] = poll * 1e3;
}

}  // namespace bench
