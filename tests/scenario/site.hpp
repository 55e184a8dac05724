// A small terminal in memory: two lanes of simulated devices on virtual time, with the real journal and the
// real replica in a temporary folder.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "drivers/sim/barrier.hpp"
#include "drivers/sim/camera.hpp"
#include "drivers/sim/eyes.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "gate/lane/lane.hpp"
#include "gate/lane/ulid.hpp"
#include "sync/gather.hpp"
#include "sync/journal/album.hpp"
#include "sync/journal/journal.hpp"
#include "sync/journal/reader.hpp"
#include "sync/journal/writer.hpp"
#include "sync/replica/replica.hpp"

namespace scenario {

/// A folder of its own, gone afterwards.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path path;
};

/// The stores of one appliance. While `connected`, the data are as of now.
class Stores final : public ports::Records, public ports::Journal {
 public:
  Stores(const std::filesystem::path& folder, boost::asio::any_io_executor executor, ports::Clock& clock);

  core::Result<core::Dossier> gather(const core::Evidence& evidence) override;
  core::Standing standing(const core::Moment& now) const override;
  void refresh(const core::Evidence&) override { ++refreshes; }

  boost::asio::awaitable<core::Result<void>> commit(ports::JournalEntry entry) override;
  boost::asio::awaitable<core::Result<core::PictureRef>> keep(ports::Picture picture) override;

  std::optional<core::Error> disk;   // commits fail with this
  core::Milliseconds disk_takes{0};  // a commit takes this long before anything is written
  bool unreadable = false;           // gathering fails
  core::FreshnessPolicy freshness;
  std::optional<core::WallTime> silent_since;  // the platform has been silent since; absent: connected
  int refreshes = 0;

  std::unique_ptr<syncing::JournalWriter> writer;
  std::unique_ptr<syncing::JournalReader> reader;
  std::unique_ptr<syncing::Replica> replica;

 private:
  ports::Clock& clock_;
  syncing::Album album_;
  std::unique_ptr<syncing::Journal> journal_;
};

/// What the lanes showed last, and that it was safe every time.
class Board final : public ports::Board {
 public:
  void show(ports::LaneView view) override { views[view.lane] = std::move(view); }
  std::map<std::string, ports::LaneView> views;
};

/// One lane's devices, and the truck in front of them.
struct Kit {
  Kit(std::string name, core::Direction direction, const boost::asio::any_io_executor& executor,
      ports::Clock& clock);

  std::string name;
  core::Direction direction;
  sim::Barrier barrier;
  sim::Camera front;
  sim::Camera rear;
  sim::IdentityReader reader;
  sim::Eyes eyes;
  std::unique_ptr<lane::Lane> lane;

  void put(core::Level core::Signals::*contact, bool on) {
    barrier.set(contact, on ? core::Level::on : core::Level::off);
  }
};

/// What the cameras will show: sure reads unless said otherwise.
struct Look {
  std::string plate{};
  std::string trailer{};
  std::vector<std::string> boxes{};
  std::string size_type{};
  bool plate_readable = true;
  bool boxes_readable = true;
  bool boxes_sure = true;
};

class Site {
 public:
  /// An earlier site's folder continues its journal and replica: what had not ended is interrupted.
  Site(const std::filesystem::path& folder, core::WallTime start);
  ~Site();

  boost::asio::io_context io;
  sim::VirtualClock clock;
  Stores stores;
  Board board;
  Kit in;
  Kit out;
  int interrupted = 0;  // passages that the start had to close

  // time
  void settle() { clock.run_until_idle(io); }
  void wait(core::Milliseconds span) { clock.advance(io, span); }
  [[nodiscard]] bool until(const std::function<bool()>& done, core::Milliseconds limit);

  // the platform
  void fill(const std::vector<syncing::Change>& content);
  void change(const std::vector<syncing::Change>& changes);

  // trucks
  [[nodiscard]] Kit& kit(const std::string& lane) { return lane == in.name ? in : out; }
  void show(Kit& kit, const Look& look);
  void arrive(Kit& kit, const Look& look);
  void badge(Kit& kit, const std::string& credential_hash);
  void tar(Kit& kit, const std::string& tar);
  void drive(Kit& kit);  // on green, through the gate
  void back_out(Kit& kit);
  /// Until the lane's state is one of these. False after `limit`.
  bool reach(Kit& kit, const std::vector<core::State>& states,
             core::Milliseconds limit = std::chrono::minutes(2));

  // people
  core::Result<core::DecisionAnswer> decide(core::OperatorDecision decision);
  core::OperatorDecision decision(Kit& kit, core::OperatorAction action, const std::string& by);

  // what became of it
  [[nodiscard]] const ports::LaneView& view(const Kit& kit) { return board.views[kit.name]; }
  [[nodiscard]] core::State state(const Kit& kit) { return view(kit).state; }
  [[nodiscard]] core::PassageRecord record(const std::string& passage);
  [[nodiscard]] std::vector<syncing::NumberedEvent> events();
  [[nodiscard]] std::vector<core::GateEvent> events(core::EventKind kind);
  /// The state of the claim on this right that counts; nullopt: it is free.
  [[nodiscard]] std::optional<core::ClaimState> claim(const std::string& release_id);

 private:
  std::unique_ptr<lane::Lane> make_lane(Kit& kit);

  std::mt19937_64 dice_{7};
  lane::Ulids ulids_{[this] { return dice_(); }};
  std::int64_t sequence_ = 0;
};

}  // namespace scenario
