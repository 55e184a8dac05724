// The appliance's side of the link to the central platform: follows its stream into the replica, answers
// lanes and console from replica and journal, and sends what happened at the gate until it is receipted.
//
// One object, three threads' worth of callers: ports::Records, Ledger and Backlog may be called from any
// thread; everything else runs on the `home` executor, one handler at a time. No network is needed for any
// answer; without one, the mode says how old the answers are.
#pragma once

#include <atomic>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "gate/core/standing.hpp"
#include "gate/ports/backlog.hpp"
#include "gate/ports/backup.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/ledger.hpp"
#include "gate/ports/records.hpp"
#include "sync/backup/backup_reader.hpp"
#include "sync/backup/inbox.hpp"
#include "sync/backup/uploads.hpp"
#include "sync/follower.hpp"
#include "sync/journal/journal.hpp"
#include "sync/journal/reader.hpp"
#include "sync/journal/recorder.hpp"
#include "sync/replica/replica.hpp"
#include "sync/window.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

struct SyncSettings {
  Stream stream;
  std::string appliance;
  std::string version;
  std::vector<std::string> lanes;
  std::filesystem::path state;  // replica.db, journal.db, pictures/, inbox/, uploads/
  FileLayer layer;              // that the two databases lie on
  Building building = Building::at_once;
  core::FreshnessPolicy freshness;
  core::Milliseconds head_interval = std::chrono::seconds(5);
  std::size_t max_message_bytes = 4 * 1024 * 1024;
};

struct SyncKeys {
  SigningKey own;
  KeySet platform;
  OpeningKey opening;  // what the platform encrypts to this terminal
};

/// Where work runs. Each one handler at a time: a thread_pool of 1, or one io_context for all in tests.
struct SyncExecutors {
  boost::asio::any_io_executor home;     // verifies, applies: the replica's writer
  boost::asio::any_io_executor writing;  // the journal's writer
  boost::asio::any_io_executor storing;  // pictures
};

class Sync final : public ports::Records, public ports::Ledger, public ports::Backlog {
 public:
  /// Sends one message; false where there is no connection.
  using Outlet = std::function<bool(const std::string& topic, const std::string& payload, bool retain)>;

  /// Opens the stores, closes what the last stop interrupted. A damaged replica is set aside (the gate
  /// starts restricted); a damaged journal is an error that says what to do.
  [[nodiscard]] static core::Result<std::unique_ptr<Sync>> open(SyncSettings settings, SyncKeys keys,
                                                                ports::Clock& clock, SyncExecutors executors);

  /// For lanes. Valid as long as this.
  [[nodiscard]] ports::Journal& journal() { return *journal_; }

  // ports::Records, any thread
  [[nodiscard]] core::Result<core::Dossier> gather(const core::Evidence& evidence) override;
  [[nodiscard]] core::Standing standing(const core::Moment& now) const override;
  void refresh(const core::Evidence& evidence) override;

  // ports::Ledger, any thread
  [[nodiscard]] core::Result<std::vector<core::PassageRecord>> passages(int limit,
                                                                        const std::string& before) override;
  [[nodiscard]] core::Result<core::PassageRecord> passage(const std::string& id) override;
  [[nodiscard]] core::Result<std::vector<std::string>> cases(const std::string& passage) override;
  [[nodiscard]] core::Result<std::string> picture(const std::string& sha256) override;
  [[nodiscard]] core::Result<std::vector<audit::Leaf>> leaves(const std::string& journal, std::int64_t after,
                                                              int limit) override;
  [[nodiscard]] core::Result<audit::LogHead> log_head(const std::string& journal) override;
  [[nodiscard]] ports::LinkReport link(const core::Moment& now) override;

  // ports::Backlog, any thread
  [[nodiscard]] core::Result<ports::ParkedReport> parked(int limit) override;
  [[nodiscard]] core::Result<ports::OutboxReport> outbox(int limit) override;
  [[nodiscard]] core::Result<ports::FindingsReport> findings(int limit) override;
  boost::asio::awaitable<core::Result<void>> settle(std::string ulid, std::string by) override;

  /// For the console. Valid as long as this.
  [[nodiscard]] ports::Backups& backups() { return *uploads_; }

  // on `home`
  /// A back-up file as ports::Backups has it; `name` is what people call the file.
  boost::asio::awaitable<core::Result<ports::BackupReport>> import_backup(std::filesystem::path file,
                                                                          ports::Bringer by,
                                                                          std::string name);
  boost::asio::awaitable<core::Result<ports::BackupReport>> inspect_backup(std::filesystem::path file);

  /// Before anything is sent. Without an outlet nothing is.
  void send_through(Outlet outlet) { outlet_ = std::move(outlet); }
  void connection(bool connected);
  /// A message as it came, unverified. Bad ones are counted, never fatal.
  void receive(const std::string& topic, const std::string& payload);
  /// What time alone brings: questions, resending, modes, status. Called by run() every `tick_interval`.
  void tick();
  /// Ticks until cancelled.
  boost::asio::awaitable<void> run();

  static constexpr core::Milliseconds tick_interval{250};

  /// Looks the files of journal and replica through once, beside everything else. A damaged journal: jobs
  /// that need CPu are referred until it is restored. A damaged replica: the gate is restricted until a
  /// snapshot has replaced it. Takes seconds, and longer with a journal of years, on a thread of its own;
  /// ends early once `stop` is set.
  void inspect(const std::atomic<bool>& stop);
  static constexpr core::Milliseconds inbox_interval = std::chrono::seconds(2);

  /// Between two checkpoints of the audit log, where anything was written meanwhile; the first at the start.
  static constexpr core::Milliseconds checkpoint_interval = std::chrono::minutes(5);

  /// Removes pictures older than `pictures_kept`, and decision records that have had their time, every hour,
  /// until cancelled; while the mode is restricted it waits: a clock that nobody has confirmed for so long
  /// must not be what deletes evidence.
  boost::asio::awaitable<void> retain();

  static constexpr core::Milliseconds pictures_kept = std::chrono::hours(28 * 24);

  /// As of when the data are; on its own, whatever this machine's clock says of it. Any thread.
  [[nodiscard]] std::optional<core::WallTime> proven() const { return replica_->stand().as_of; }

  // What the link needs to know.
  [[nodiscard]] std::vector<std::string> subscriptions() const;
  [[nodiscard]] std::string status_topic() const;
  [[nodiscard]] std::string last_will() const;
  [[nodiscard]] std::string journal_id() const { return journal_writer_->journal_id(); }
  /// The last reasons for which messages were refused, the newest last. Any thread.
  [[nodiscard]] std::vector<std::string> refusals() const;

 private:
  Sync(SyncSettings settings, SyncKeys keys, ports::Clock& clock, SyncExecutors executors);
  [[nodiscard]] core::Result<void> open_stores();

  // sync_receive.cpp: what comes in
  void take_head(const std::string& payload);
  void take_batch(const std::string& payload);
  void take_manifest(const std::string& payload);
  void take_part(const std::string& payload);
  void take_receipt(const std::string& payload);
  void finish_building(const core::Moment& now);
  [[nodiscard]] core::Result<void> finish_snapshot(const SnapshotManifest& manifest, const core::Moment& now,
                                                   const std::string& vouched = {});
  /// The replica stands where this gate has been beyond already: it lacks what was revoked since.
  [[nodiscard]] bool is_old_copy() const;
  void watch_unreadable(const core::Moment& now);
  void raise_floor();
  void floor_raised(const core::Result<void>& raised);
  void stands_at_replica(const core::Moment& now);
  void refuse(const core::Error& error);

  // sync_backup.cpp: what comes in by hand
  using Loaded = core::Result<ports::BackupReport>;
  boost::asio::awaitable<Loaded> load_backup(std::filesystem::path file, ports::Bringer by, std::string name);
  /// Who stands up for data below the floor: two, once the second one has come.
  [[nodiscard]] core::Result<std::vector<std::string>> vouch_for(const SnapshotManifest& manifest,
                                                                 const ports::Bringer& by);
  boost::asio::awaitable<core::Result<void>> build_from(BackupReader& reader);
  boost::asio::awaitable<core::Result<void>> journal_vouching(const SnapshotManifest& manifest,
                                                              std::vector<std::string> by,
                                                              const std::string& name);
  boost::asio::awaitable<core::Result<void>> journal_vouched(const SnapshotManifest& manifest,
                                                             const std::string& build);
  boost::asio::awaitable<core::Result<void>> journal_import(const SnapshotManifest& manifest,
                                                            std::vector<std::string> by,
                                                            const std::string& name);
  boost::asio::awaitable<void> take_from_inbox(std::filesystem::path file);
  void look_into_inbox(const core::Moment& now);

  // sync_send.cpp: what goes out
  void ask(const core::Moment& now);
  void send_refresh(const core::Evidence& evidence);
  void pump(const core::Moment& now);
  void send_status(const core::Moment& now);
  template <class Message>
  bool send(const std::string& topic, const Message& message, bool retain = false) {
    return connected_ && outlet_ && outlet_(topic, sealer_.seal(message), retain);
  }

  // sync_audit.cpp: checkpoints of the audit log
  [[nodiscard]] AuditSigner audit_signer() const;
  [[nodiscard]] core::Result<std::string> log_named(const std::string& journal) const;
  void watch_log(const core::Moment& now);
  void send_checkpoint();

  // sync_reconcile.cpp: what was granted without fresh data
  void reconcile(const core::Moment& now);
  [[nodiscard]] bool write_compared(const ports::JournalEntry& found,
                                    const std::vector<core::Claim>& compared);

  // sync_modes.cpp: modes, and what else there is to say
  void watch_mode(const core::Moment& now);
  void report_refusals(const core::Moment& now);
  void report_damage(const core::Moment& now);
  void report_told(const core::Moment& now);
  void report_mark(const core::Moment& now);
  /// The journal does not know what others knew, and neither does the replica yet.
  [[nodiscard]] bool untold() const { return replica_->stand().position < journal_writer_->needs(); }
  /// Any thread. Written at once, or with the first tick at which the disk takes it.
  void record(std::vector<core::GateEvent> events);
  void tend_journal();
  [[nodiscard]] core::GateEvent event(core::EventKind kind, std::string text, const core::Moment& now) const;

  const SyncSettings settings_;
  const SigningKey own_;
  const Sealer sealer_;
  const Opener opener_;
  ports::Clock& clock_;
  const SyncExecutors executors_;
  const Album album_;
  std::unique_ptr<JournalWriter> journal_writer_;
  std::optional<Recorder> recorder_;
  std::unique_ptr<JournalReader> journal_reader_;
  std::unique_ptr<Replica> replica_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<Uploads> uploads_;

  std::string log_damage_;  // what the start found wrong with the audit log

  // on `home` only
  std::optional<Follower> follower_;
  Window window_;
  std::string window_journal_;  // whose numbers it counts
  Outlet outlet_;
  bool connected_ = false;
  std::optional<core::Mode> mode_;
  bool reconcile_due_ = false;
  core::SteadyTime next_status_{};
  core::SteadyTime next_checkpoint_{};
  bool signing_ = false;  // a checkpoint is being written
  core::SteadyTime next_refusal_report_{};
  std::int64_t refusals_reported_ = 0;
  std::vector<std::string> unreadable_told_;
  bool raising_ = false;     // the floor
  bool floor_lags_ = false;  // the journal did not take it
  bool damage_reported_ = false;
  bool was_untold_ = false;
  std::string mark_trouble_;  // as it was reported
  Position status_position_;
  std::optional<Inbox> inbox_;
  core::SteadyTime next_inbox_{};
  struct Vouched {
    std::string file;  // its manifest's names
    std::string by;
    core::SteadyTime until{};
  };
  std::optional<Vouched> vouched_;
  std::weak_ptr<int> importing_;  // lives while a back-up file is imported ...
  std::weak_ptr<int> loading_;    // ... and while one is built into a replica

  // shared
  std::atomic<bool> replica_damaged_ = false;
  std::atomic<bool> reconciling_ = false;
  mutable std::mutex mutex_;
  std::optional<LinkWatch> watch_;
  std::int64_t behind_ = 0;
  std::optional<core::Maintenance> maintenance_;
  std::int64_t refused_ = 0;
  std::deque<std::string> refusals_;
};

}  // namespace syncing
