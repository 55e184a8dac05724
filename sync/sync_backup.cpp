// What comes in by hand: a back-up file is a snapshot that took another way. Whoever signed it, where it may
// stand, how it is built and swapped in is what holds for a snapshot from the stream.
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "gate/canon/time_text.hpp"
#include "sync/sync.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr core::Milliseconds kDiskTrouble = std::chrono::minutes(1);
constexpr core::Milliseconds kSecondPerson = std::chrono::minutes(30);

using Report = core::Result<ports::BackupReport>;

/// Lets others have their turn on the same thread.
asio::awaitable<void> pause() {
  const auto executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
}

/// Looks through the whole file, one message at a time, and keeps nothing.
asio::awaitable<Report> verify(fs::path file, const Opener& opener) {
  auto reader = BackupReader::open(file, opener);
  if (!reader) co_return tl::unexpected(reader.error());
  for (;;) {
    const auto part = reader->next();
    if (!part) co_return tl::unexpected(part.error());
    if (!*part) co_return reader->report();
    co_await pause();
  }
}

SnapshotManifest manifest_of(const ports::BackupReport& report) {
  SnapshotManifest manifest;
  manifest.epoch = report.epoch;
  manifest.sequence = report.sequence;
  manifest.issued_at = report.issued_at;
  manifest.source_as_of = report.source_as_of;
  return manifest;
}

std::string place(const Position& position, std::optional<core::WallTime> as_of) {
  return "epoch " + std::to_string(position.epoch) + ", sequence " + std::to_string(position.sequence) +
         (as_of ? ", data as of " + canon::time_text(*as_of) : "");
}

std::string name_of(const SnapshotManifest& manifest) {
  return manifest.ulid + ' ' + manifest.digest + ' ' + std::to_string(manifest.epoch) + ' ' +
         std::to_string(manifest.sequence);
}

std::string place(const SnapshotManifest& manifest) {
  return place({manifest.epoch, manifest.sequence}, std::min(manifest.issued_at, manifest.source_as_of));
}

asio::awaitable<core::Result<void>> vouch(JournalWriter& journal, Vouched vouched) {
  co_return journal.vouch(std::move(vouched));
}

void ended(const std::exception_ptr& error) {
  try {
    if (error) std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    spdlog::error("inbox: {}", exception.what());
  }
}

}  // namespace

asio::awaitable<Report> Sync::inspect_backup(fs::path file) {
  auto work = verify(std::move(file), opener_);
  Report report = co_await asio::co_spawn(executors_.storing, std::move(work), asio::use_awaitable);
  if (!report) co_return report;
  if (auto fine = follower_->judge(manifest_of(*report), proven(), clock_.now()); !fine)
    report->refusal = fine.error().what;
  co_return report;
}

asio::awaitable<Report> Sync::import_backup(fs::path file, ports::Bringer by, std::string name) {
  if (!importing_.expired())
    co_return core::fail(core::Fault::refused, "another back-up file is being imported");
  const auto turn = std::make_shared<int>();  // no guard that would outlive this object at a stop
  importing_ = turn;
  Report report = co_await load_backup(std::move(file), std::move(by), name);
  if (!report) {
    const std::string what = (name.empty() ? "a back-up file" : name) + ": " + report.error().what;
    spdlog::error("back-up: {}", what);
    if (report.error().fault != core::Fault::broken) refuse({report.error().fault, what});
  }
  co_return report;
}

/// A replica that cannot be used is the only one that older data may replace.
core::Result<std::vector<std::string>> Sync::vouch_for(const SnapshotManifest& manifest,
                                                       const ports::Bringer& by) {
  const core::Moment now = clock_.now();
  if (vouched_ && (now.steady >= vouched_->until || vouched_->file != name_of(manifest))) vouched_.reset();
  if (!vouched_) {
    vouched_ = Vouched{name_of(manifest), by.name, now.steady + kSecondPerson};
    return std::vector{by.name};
  }
  if (vouched_->by == by.name)
    return core::fail(core::Fault::refused,
                      by.name + " has brought this file already; allowed: another supervisor");
  return std::vector{std::exchange(vouched_, std::nullopt)->by, by.name};
}

/// Nothing is touched before the whole file has been looked through and found to be newer.
asio::awaitable<Report> Sync::load_backup(fs::path file, ports::Bringer by, std::string name) {
  auto work = verify(file, opener_);
  Report report = co_await asio::co_spawn(executors_.storing, std::move(work), asio::use_awaitable);
  if (!report) co_return report;
  auto reader = BackupReader::open(file, opener_);
  if (!reader) co_return tl::unexpected(reader.error());
  const SnapshotManifest manifest = reader->manifest();
  const bool below_floor = by.is_named && follower_->needs_people(manifest);
  if (auto fine = follower_->judge(manifest, proven(), clock_.now(), below_floor); !fine)
    co_return tl::unexpected(fine.error());
  std::vector<std::string> people;
  if (!by.name.empty()) people.push_back(by.name);
  if (below_floor) {
    auto vouched = vouch_for(manifest, by);
    if (!vouched) co_return tl::unexpected(vouched.error());
    people = std::move(*vouched);
    report->second_person_needed = people.size() < 2;
  }
  if (report->second_person_needed) {
    auto noted = co_await journal_vouching(manifest, people, name);
    if (!noted) co_return tl::unexpected(noted.error());
    co_return report;
  }
  const auto loading = std::make_shared<int>();
  loading_ = loading;
  follower_->give_up_building();
  auto done = co_await build_from(*reader);
  // No data change hands without a record of it on the disk.
  if (done) done = co_await journal_import(manifest, std::move(people), name);
  const core::Moment now = clock_.now();
  // The replica that comes of it, and no other below the floor, may then be decided from.
  const std::string vouched = below_floor ? make_ulid(now.wall) : "";
  if (done && below_floor) done = co_await journal_vouched(manifest, vouched);
  if (!done) co_return tl::unexpected(done.error());
  done = follower_->judge(manifest, proven(), now, below_floor);  // the stream may have gone on meanwhile
  if (done) done = finish_snapshot(manifest, now, vouched);
  if (done) co_return report;
  record({event(core::EventKind::alarm, "the back-up file was not taken over: " + done.error().what, now)});
  co_return tl::unexpected(done.error());
}

asio::awaitable<core::Result<void>> Sync::build_from(BackupReader& reader) {
  if (auto begun = replica_->begin_snapshot(); !begun) co_return begun;
  for (;;) {
    auto part = reader.next();
    if (!part) co_return tl::unexpected(part.error());
    if (!*part) co_return core::Result<void>{};
    if (auto added = replica_->add_to_snapshot(reader.manifest().epoch, std::move((*part)->changes)); !added)
      co_return added;
    co_await pause();
  }
}

asio::awaitable<core::Result<void>> Sync::journal_vouching(const SnapshotManifest& manifest,
                                                           std::vector<std::string> by,
                                                           const std::string& name) {
  core::GateEvent wanted =
      event(core::EventKind::alarm,
            "back-up file " + (name.empty() ? "" : name + " ") + "is below the floor: " + place(manifest) +
                "; a second supervisor has to bring it before it is taken over",
            clock_.now());
  wanted.operators = std::move(by);
  ports::JournalEntry entry;
  entry.events.push_back(std::move(wanted));
  co_return co_await journal_->commit(std::move(entry));
}

asio::awaitable<core::Result<void>> Sync::journal_vouched(const SnapshotManifest& manifest,
                                                          const std::string& build) {
  auto noted = vouch(*journal_writer_, {build, {manifest.epoch, manifest.sequence}});
  co_return co_await asio::co_spawn(executors_.writing, std::move(noted), asio::use_awaitable);
}

asio::awaitable<core::Result<void>> Sync::journal_import(const SnapshotManifest& manifest,
                                                         std::vector<std::string> by,
                                                         const std::string& name) {
  const core::Moment now = clock_.now();
  const Stand stand = replica_->stand();
  const std::string before = stand.position.epoch > 0 ? "in place of " + place(stand.position, stand.as_of)
                                                      : "the replica was empty";
  core::GateEvent taken =
      event(core::EventKind::alarm,
            "back-up file " + (name.empty() ? "" : name + " ") + "is being taken over: " + place(manifest) +
                ", " + std::to_string(manifest.count) + " changes; " + before,
            now);
  taken.operators = std::move(by);
  ports::JournalEntry entry;
  entry.events.push_back(std::move(taken));
  co_return co_await journal_->commit(std::move(entry));
}

void Sync::look_into_inbox(const core::Moment& now) {
  if (now.steady < next_inbox_ || !importing_.expired()) return;
  next_inbox_ = now.steady + inbox_interval;
  if (auto file = inbox_->next()) asio::co_spawn(executors_.home, take_from_inbox(std::move(*file)), ended);
}

asio::awaitable<void> Sync::take_from_inbox(fs::path file) {
  if (!importing_.expired()) co_return;
  ports::Bringer nobody;  // named: g++ 12 destroys it twice where it stands within the awaiting expression
  const Report report = co_await import_backup(file, nobody, file.filename().string());
  const core::Moment now = clock_.now();
  if (report) {
    const Position position{report->epoch, report->sequence};
    const auto as_of = std::min(report->issued_at, report->source_as_of);
    inbox_->put_away(file, true,
                     "taken over at " + canon::time_text(now.wall) + ": " + place(position, as_of));
  } else if (report.error().fault == core::Fault::broken) {
    next_inbox_ = now.steady + kDiskTrouble;  // the machine's trouble, not the file's: it stays where it is
  } else {
    inbox_->put_away(file, false, "refused at " + canon::time_text(now.wall) + ": " + report.error().what);
  }
}

}  // namespace syncing
