// The central platform (in practice the bridge that speaks for it), as one terminal's appliance sees it.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "config/config.hpp"
#include "gate/audit/checkpoint.hpp"
#include "tests/world/day.hpp"
#include "tests/world/platform/event_book.hpp"
#include "tests/world/platform/mqtt.hpp"
#include "tests/world/platform/stream_book.hpp"

namespace world {

/// Speaks for itself from `connect` on: a head every second, snapshots and missing ranges on request, a
/// receipt for every event. Every call is thread-safe.
class Platform {
 public:
  using Now = std::function<core::WallTime()>;

  /// Keys and certificates stand in `state`: ca.pem, platform.pem, platform.key (TLS), platform.seed
  /// (signs), signing.pub (the appliance's). Throws std::runtime_error where one is missing or wrong.
  Platform(const config::Config& config, const std::filesystem::path& state, Now now);
  ~Platform();

  /// A new generation of the stream holds these records and nothing else; `epoch` only ever rises.
  void begin(std::int64_t epoch, const Records& records);

  /// One batch. While cut off it is kept, and sent on coming back.
  void update(const std::vector<syncing::Change>& changes);

  void cut_off();    // no message passes either way; events wait at the broker
  void come_back();  // also the first time. Throws std::runtime_error where the broker does not take us

  /// The content as it stands now, as a back-up file. Needs no broker. Throws std::runtime_error.
  void export_backup(const std::filesystem::path& file);

  [[nodiscard]] std::int64_t epoch() const;
  [[nodiscard]] std::int64_t sequence() const;

  /// Every event taken over, once each, in order.
  [[nodiscard]] std::vector<syncing::EventMessage> events() const;
  [[nodiscard]] EventBook book() const;

  /// The newest checkpoint of the appliance's audit log, once one came; what it said before stands by it.
  [[nodiscard]] std::optional<audit::Checkpoint> checkpoint() const;

  /// Messages that were no valid message of this appliance, each with its reason.
  [[nodiscard]] std::vector<std::string> refused() const;

  /// Called for every event in effect, from the link's thread.
  void on_event(std::function<void(const syncing::EventMessage&)> heard);

 private:
  void take(const std::string& topic, const std::string& payload);
  void take_status(const syncing::Status& status);
  void take_event(const syncing::EventMessage& message);
  [[nodiscard]] std::string take_checkpoint(const syncing::CheckpointMessage& message);
  void answer(const syncing::Request& request);
  void send_head();
  void send_batches(std::int64_t first);
  void send_snapshot();
  [[nodiscard]] syncing::SealedSnapshot sealed_content();
  void beat(const std::stop_token& stop);

  std::string terminal_;
  std::string appliance_;
  Now now_;
  syncing::Sealer sealer_;
  syncing::Opener opener_;
  audit::Verifier log_key_;
  core::Milliseconds head_interval_;

  mutable std::mutex mutex_;  // guards all below it but the threads
  StreamBook stream_;
  EventBook book_;
  std::int64_t sent_ = 0;  // newest number that went out
  std::set<std::string> answered_;
  std::optional<std::string> snapshot_digest_;
  std::optional<audit::Checkpoint> checkpoint_;
  std::vector<std::string> refused_;
  std::function<void(const syncing::EventMessage&)> heard_;
  bool there_ = false;

  Mqtt mqtt_;
  std::jthread heart_;
};

}  // namespace world
