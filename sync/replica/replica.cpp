#include "sync/replica/replica.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sync/replica/rows.hpp"
#include "sync/store/disk.hpp"
#include "sync/store/inspect.hpp"

namespace syncing {
namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& file, const char* suffix) { return file.string() + suffix; }

void remove_all_of(const fs::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(beside(file, suffix), ignored);
}

}  // namespace

core::Result<std::unique_ptr<Replica>> Replica::open(fs::path file, RowKey key, FileLayer layer,
                                                     Building building) {
  std::unique_ptr<Replica> replica(new Replica(std::move(file), std::move(key), std::move(layer), building));
  remove_all_of(beside(replica->file_, ".next"));
  auto connected = replica->connect();
  if (!connected && connected.error().fault != core::Fault::broken) {
    replica->set_aside_ = connected.error().what;
    replica->disconnect();
    std::error_code failed;
    fs::rename(replica->file_, beside(replica->file_, ".bad"), failed);
    remove_all_of(replica->file_);
    connected = replica->connect();
  }
  if (!connected) return tl::unexpected(connected.error());
  return replica;
}

core::Result<void> Replica::connect() {
  auto writer = open_writer(file_, replica_schema, layer_);
  if (!writer) return tl::unexpected(writer.error());
  auto reader = open_reader(file_, layer_);
  if (!reader) return tl::unexpected(reader.error());
  writer_ = std::move(*writer);
  reader_ = std::move(*reader);
  try {
    return load_memory();
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "reading the replica"));
  }
}

Connection& Replica::reader() const {
  if (!reader_) throw std::runtime_error("the replica is not open");
  return *reader_;
}

Connection& Replica::writer() const {
  if (!writer_) throw std::runtime_error("the replica is not open");
  return *writer_;
}

void Replica::disconnect() {
  counter_.reset();
  reader_.reset();
  writer_.reset();
}

/// What is looked at in memory alone. Called with the mutex held, or before anybody else knows of us.
core::Result<void> Replica::load_memory() {
  auto loaded = replica::load(writer(), key_);
  if (!loaded) return tl::unexpected(loaded.error());
  denials_ = std::move(loaded->denials);
  stand_ = loaded->stand;
  denying_ = loaded->denying;
  return {};
}

/// After a commit that denies or no longer denies something. What can no longer be read is damage: the gate
/// must not go on with what it knew before.
core::Result<void> Replica::learn_denials() try {
  return load_memory();
} catch (const std::exception& exception) {
  return core::fail(core::Fault::corrupt, error_of(exception, "reading the replica's denials").what);
}

core::Result<void> Replica::apply(const Batch& batch) {
  const Position at = stand().position;
  if (batch.epoch != at.epoch || batch.first > at.sequence + 1)
    return core::fail(core::Fault::refused, "the batch does not follow on what is there");
  if (batch.last <= at.sequence) return {};
  const auto skip = static_cast<std::size_t>(at.sequence + 1 - batch.first);
  Tally denying = denying_;
  Stand after = stand();
  after.position.sequence = batch.last;
  try {
    SQLite::Transaction transaction(writer().database(), SQLite::TransactionBehavior::IMMEDIATE);
    replica::apply(*writer_, key_, denying,
                   {.epoch = batch.epoch,
                    .first = at.sequence + 1,
                    .step = 1,
                    .list = std::span(batch.changes).subspan(skip)});
    replica::write_stand(*writer_, key_, denying, after);
    transaction.commit();
    const std::lock_guard lock(mutex_);
    stand_ = after;
    if (std::exchange(denying_, denying) != denying) return learn_denials();
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "applying a batch"));
  }
  return {};
}

core::Result<void> Replica::prove(core::WallTime as_of) {
  if (const auto before = stand().as_of; before && *before >= as_of) return {};
  return note_age(as_of);
}

core::Result<void> Replica::disprove() { return note_age(std::nullopt); }

core::Result<void> Replica::note_age(std::optional<core::WallTime> as_of) {
  Stand after = stand();
  after.as_of = as_of;
  try {
    replica::write_stand(writer(), key_, denying_, after);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "noting the age of the data"));
  }
  const std::lock_guard lock(mutex_);
  stand_ = after;
  return {};
}

Replica::~Replica() {
  if (storing_.valid()) storing_.wait();
}

core::Result<void> Replica::begin_snapshot() {
  static_cast<void>(stored());  // whatever became of an earlier build
  build_.reset();
  built_ = 0;
  build_denying_ = {};
  remove_all_of(beside(file_, ".next"));
  auto build = open_writer(beside(file_, ".next"), replica_schema, layer_);
  if (!build) return tl::unexpected(build.error());
  build_ = std::move(*build);
  // Thrown away unless it is finished, so nothing of it needs to be taken back or be on the disk before then.
  try {
    for (const char* pragma : {"journal_mode = OFF", "synchronous = OFF", "cache_size = -16384"})
      build_->database().exec(std::string("PRAGMA ") + pragma);
  } catch (const std::exception& exception) {
    build_.reset();
    return tl::unexpected(error_of(exception, "beginning a snapshot"));
  }
  return {};
}

core::Result<void> Replica::add_to_snapshot(std::int64_t epoch, std::vector<ReadChange> changes) {
  if (auto before = stored(); !before) return before;
  if (!build_) return core::fail(core::Fault::refused, "no snapshot is being built");
  const bool aside = building_ == Building::aside;
  storing_ = std::async(aside ? std::launch::async : std::launch::deferred,
                        [this, epoch, part = std::move(changes)] { return store(epoch, part); });
  return aside ? core::Result<void>() : stored();
}

core::Result<void> Replica::stored() {
  if (!storing_.valid()) return {};
  auto done = storing_.get();
  if (!done) build_.reset();
  return done;
}

core::Result<void> Replica::store(std::int64_t epoch, const std::vector<ReadChange>& changes) {
  try {
    SQLite::Transaction transaction(build_->database(), SQLite::TransactionBehavior::IMMEDIATE);
    replica::apply(*build_, key_, build_denying_,
                   {.epoch = epoch, .first = -(built_ + 1), .step = -1, .list = changes});
    transaction.commit();
    built_ += static_cast<std::int64_t>(changes.size());
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "building a snapshot"));
  }
  return {};
}

core::Result<void> Replica::finish_snapshot(const SnapshotManifest& manifest, const std::string& vouched) {
  if (auto last = stored(); !last) return last;
  if (!build_ || built_ != manifest.count)
    return core::fail(core::Fault::refused, "the snapshot is not complete");
  try {
    // The last commit, as durable as any: it takes with it everything that was written to the file before.
    build_->database().exec("PRAGMA journal_mode = DELETE");
    build_->database().exec("PRAGMA synchronous = FULL");
    replica::write_stand(*build_, key_, build_denying_,
                         {.position = {manifest.epoch, manifest.sequence},
                          .as_of = std::min(manifest.issued_at, manifest.source_as_of),
                          .vouched = vouched});
  } catch (const std::exception& exception) {
    build_.reset();
    return tl::unexpected(error_of(exception, "finishing a snapshot"));
  }
  build_.reset();
  return rename_over();
}

core::Result<void> Replica::inspect(const std::atomic<bool>& stop) const {
  const int swaps = swaps_;
  auto sound = syncing::inspect(file_, layer_, stop,
                                [this](Connection& replica) { return replica::unsound(replica, key_); });
  if (swaps != swaps_) return {};  // that file is gone
  return sound;
}

core::Result<void> Replica::rename_over() {
  const std::scoped_lock lock(counting_, mutex_);
  ++swaps_;
  const auto before = stand_;
  disconnect();  // the last connection to close folds the old write-ahead log into the old file
  std::error_code failed;
  for (const char* suffix : {"-wal", "-shm"}) fs::remove(beside(file_, suffix), failed);
  fsync_folder(file_.parent_path());  // a log that came back would be taken for that of the new file
  fs::rename(beside(file_, ".next"), file_, failed);
  fsync_folder(file_.parent_path());
  auto connected = connect();
  if (!connected) stand_ = {};
  if (connected && failed)
    return core::fail(core::Fault::broken, "swapping the snapshot in: " + failed.message());
  // Data already proven as of a later time stay so: the same stream, at least as far.
  if (connected && before.as_of && before.position.epoch == stand_.position.epoch &&
      before.position <= stand_.position && (!stand_.as_of || *stand_.as_of < *before.as_of))
    stand_.as_of = before.as_of;
  return connected;
}

Stand Replica::stand() const {
  const std::lock_guard lock(mutex_);
  return stand_;
}

}  // namespace syncing
