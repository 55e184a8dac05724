#include "sync/sync.hpp"

#include <utility>

#include <boost/asio/post.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>

#include "sync/gather.hpp"
#include "sync/journal/retention.hpp"
#include "sync/proof.hpp"
#include "sync/wire/topics.hpp"

namespace syncing {

namespace asio = boost::asio;

namespace {

constexpr core::Milliseconds kFirstRetention = std::chrono::minutes(5);  // not while everything starts
constexpr core::Milliseconds kBetweenRetentions = std::chrono::hours(1);

void tell_expired(const char* what, const core::Result<int>& expired) {
  if (!expired)
    spdlog::error("{}", expired.error().what);
  else if (*expired > 0)
    spdlog::info("{} {} expired", *expired, what);
}

std::string words_of(const Position& position) {
  return "epoch " + std::to_string(position.epoch) + ", sequence " + std::to_string(position.sequence);
}

}  // namespace

Sync::Sync(SyncSettings settings, SyncKeys keys, ports::Clock& clock, SyncExecutors executors)
    : settings_(std::move(settings)),
      own_(keys.own),
      sealer_(settings_.stream, keys.own),
      opener_(settings_.stream, std::move(keys.platform), settings_.max_message_bytes, keys.opening),
      clock_(clock),
      executors_(std::move(executors)),
      album_(settings_.state / "pictures") {}

core::Result<std::unique_ptr<Sync>> Sync::open(SyncSettings settings, SyncKeys keys, ports::Clock& clock,
                                               SyncExecutors executors) {
  if (sodium_init() < 0) return core::fail(core::Fault::broken, "libsodium cannot be used here");
  std::unique_ptr<Sync> sync(new Sync(std::move(settings), std::move(keys), clock, std::move(executors)));
  if (auto opened = sync->open_stores(); !opened) return tl::unexpected(opened.error());
  return sync;
}

core::Result<void> Sync::open_stores() {
  const core::Moment now = clock_.now();
  auto writer = JournalWriter::open(settings_.state / "journal.db", now.wall, settings_.layer);
  if (!writer) return tl::unexpected(writer.error());
  journal_writer_ = std::move(*writer);
  recorder_.emplace(*journal_writer_);
  auto reader = JournalReader::open(settings_.state / "journal.db", settings_.layer);
  if (!reader) return tl::unexpected(reader.error());
  journal_reader_ = std::move(*reader);
  journal_reader_->watch(journal_writer_->holdings());
  auto replica = Replica::open(settings_.state / "replica.db", journal_writer_->row_key(), settings_.layer,
                               settings_.building);
  if (!replica) return tl::unexpected(replica.error());
  replica_ = std::move(*replica);
  // The last stop may have come between the replica's commit and the floor that follows it.
  const Stand stand = replica_->stand();
  if (auto raised = journal_writer_->raise_floor(stand.position, stand.vouched); !raised) return raised;
  follower_.emplace(settings_.head_interval, stand.position, journal_writer_->floor().position,
                    randombytes_random());
  stands_at_replica(now);
  watch_ = follower_->link();
  journal_ = std::make_unique<Journal>(*journal_writer_, album_, executors_.writing, executors_.storing);
  album_.clear_unfinished();
  inbox_.emplace(settings_.state / "inbox");
  uploads_ = std::make_unique<Uploads>(
      settings_.state / "uploads", executors_.home, executors_.storing,
      Uploads::Work{
          .import = [this](std::filesystem::path file,
                           ports::Bringer by) { return import_backup(std::move(file), std::move(by), ""); },
          .inspect = [this](std::filesystem::path file) { return inspect_backup(std::move(file)); }});
  const auto closed = journal_writer_->close_interrupted(now);
  if (!closed) return tl::unexpected(closed.error());
  if (*closed > 0) spdlog::warn("{} passages were interrupted by the last stop", *closed);
  log_damage_ = journal_writer_->log().damage().value_or("");
  ports::JournalEntry entry;
  const auto tell = [this, &entry, &now](std::string text) {
    spdlog::error("{}", text);
    entry.events.push_back(event(core::EventKind::alarm, std::move(text), now));
  };
  if (!replica_->set_aside().empty()) tell("replica set aside: " + replica_->set_aside());
  if (is_old_copy())
    tell("replica: " + words_of(stand.position) + ", and this gate has been at " +
         words_of(journal_writer_->floor().position) +
         ": an older copy was put in its place; jobs that need CPu are referred until it has caught up");
  if (!log_damage_.empty()) tell("audit log: " + log_damage_);
  if (entry.events.empty()) return {};
  return journal_writer_->commit(entry);
}

core::Result<core::Dossier> Sync::gather(const core::Evidence& evidence) {
  auto dossier = syncing::gather(*replica_, *journal_reader_, evidence);
  if (!dossier && dossier.error().fault == core::Fault::corrupt) replica_damaged_ = true;
  return dossier;
}

core::Standing Sync::standing(const core::Moment& now) const {
  Stand stand = replica_->stand();
  // A time that has not come yet proves nothing; least of all that the data are fresh.
  if (now.trusted && stand.as_of && dated_ahead(*stand.as_of, now)) stand.as_of.reset();
  const bool complete = stand.position.epoch > 0 && stand.position >= journal_writer_->needs() &&
                        journal_writer_->floor().carries(stand.position, stand.vouched) &&
                        replica_->unreadable().names.empty() && !replica_damaged_ &&
                        journal_writer_->holdings()->sound();
  return {.mode = core::mode_of(settings_.freshness, stand.as_of, complete, now),
          .data_as_of = stand.as_of,
          .reconciling = reconciling_};
}

void Sync::refresh(const core::Evidence& evidence) {
  asio::post(executors_.home, [this, evidence] { send_refresh(evidence); });
}

core::Result<std::vector<core::PassageRecord>> Sync::passages(int limit, const std::string& before) {
  return journal_reader_->passages(limit, before);
}

core::Result<core::PassageRecord> Sync::passage(const std::string& id) {
  return journal_reader_->passage(id);
}

core::Result<std::vector<std::string>> Sync::cases(const std::string& passage) {
  return journal_reader_->cases(passage);
}

core::Result<std::string> Sync::picture(const std::string& sha256) { return album_.load(sha256); }

ports::LinkReport Sync::link(const core::Moment& now) {
  ports::LinkReport report;
  report.standing = standing(now);
  const Stand stand = replica_->stand();
  report.epoch = stand.position.epoch;
  report.sequence = stand.position.sequence;
  const ReplicaCounts counts = replica_->counts();
  report.rights = counts.rights;
  report.parked_in = counts.parked;
  const OutboxCounts outbox = journal_reader_->outbox().value_or(OutboxCounts{});
  report.outbox = outbox.pending;
  report.parked_out = outbox.parked;
  report.findings = outbox.findings;
  report.journal_sound = journal_writer_->holdings()->sound();
  report.journal_told = !untold();
  const std::lock_guard lock(mutex_);
  report.link = watch_->state(now.steady);
  report.behind = behind_;
  report.maintenance = maintenance_;
  report.refused = refused_;
  return report;
}

core::Result<ports::ParkedReport> Sync::parked(int limit) { return replica_->parked(limit); }

core::Result<ports::OutboxReport> Sync::outbox(int limit) {
  auto report = journal_reader_->outbox_report(limit);
  if (report) report->journal_id = journal_id();
  return report;
}

std::vector<std::string> Sync::refusals() const {
  const std::lock_guard lock(mutex_);
  return {refusals_.begin(), refusals_.end()};
}

void Sync::tick() {
  const core::Moment now = clock_.now();
  if (replica_damaged_) follower_->distrust(now);
  raise_floor();
  watch_unreadable(now);
  watch_mode(now);
  ask(now);
  pump(now);
  report_refusals(now);
  watch_log(now);
  look_into_inbox(now);
  report_damage(now);
  report_told(now);
  report_mark(now);
  tend_journal();
  if (now.steady >= next_status_ || replica_->stand().position != status_position_) send_status(now);
}

asio::awaitable<void> Sync::run() {
  core::SteadyTime next = clock_.now().steady;
  for (;;) {
    tick();
    next = std::max(next + tick_interval, clock_.now().steady);
    co_await clock_.until(next);
  }
}

asio::awaitable<void> Sync::retain() {
  for (core::Milliseconds pause = kFirstRetention;; pause = kBetweenRetentions) {
    co_await clock_.until(clock_.now().steady + pause);
    const core::Moment now = clock_.now();
    if (standing(now).mode == core::Mode::restricted) continue;
    tell_expired("pictures", co_await journal_->expire_pictures(now.wall - pictures_kept));
    tell_expired("records", co_await journal_->expire_records(records_kept_from(now.wall)));
  }
}

std::vector<std::string> Sync::subscriptions() const {
  const std::string& terminal = settings_.stream.terminal;
  return {topics::head(terminal), topics::updates(terminal), topics::snapshots(terminal),
          topics::receipts(terminal, settings_.appliance)};
}

std::string Sync::status_topic() const {
  return topics::status(settings_.stream.terminal, settings_.appliance);
}

}  // namespace syncing
