#include "sync/journal/writer.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include <sodium.h>
#include <sqlite3.h>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "sync/journal/findings.hpp"
#include "sync/journal/retention.hpp"
#include "sync/journal/rows.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

/// What somebody at night is to do about it. An empty journal knows of no claim: whoever is told to begin one
/// is told to let every right be used twice, so that is said of a damaged one alone.
core::Error advised(core::Error error) {
  switch (error.fault) {
    case core::Fault::corrupt:
      error.what +=
          ". The journal is the truth of this gate and is not replaced by itself: restore it from a back-up. "
          "Only where there is none, move it away by hand, but not its mark: the empty one that begins then "
          "forgets every claim, and jobs that need CPu are referred until the platform has told what was "
          "used";
      break;
    case core::Fault::refused:
      error.what += ". Start that version again, or a later one; do not touch the journal";
      break;
    default:
      error.what +=
          ". Most often the disk is full, or the file or its folder may not be written: free space, or put "
          "the access rights right, and start again; do not touch the journal, it holds every claim";
  }
  return error;
}

// Pages of the write-ahead log: a decision writes about 20.
constexpr int kFoldedFrom = 500;
constexpr int kAtMost = 4000;  // then it is folded at once, whoever waits

int note_log(void* pages, sqlite3* journal, const char* name, int count) {
  *static_cast<int*>(pages) = count;
  if (count >= kAtMost) sqlite3_wal_checkpoint(journal, name);
  return SQLITE_OK;
}

/// When what an entry records happened: the latest time in it.
core::WallTime time_of(const ports::JournalEntry& entry) {
  core::WallTime time{};
  if (entry.passage) time = entry.passage->ended.value_or(entry.passage->detected);
  for (const auto& event : entry.events) time = std::max(time, event.at);
  return time;
}

}  // namespace

core::Result<void> JournalWriter::transaction(const char* doing,
                                              const std::function<core::Result<void>()>& work) {
  const std::lock_guard settling(holdings_->settling());
  next_.reset();
  try {
    SQLite::Transaction transaction(connection_->database(), SQLite::TransactionBehavior::IMMEDIATE);
    if (core::Result<void> done = work(); !done) {
      seals_->undone();
      return done;
    }
    seals_->close(*connection_);
    transaction.commit();
    seals_->settled();
    const std::lock_guard lock(lineage_mutex_);
    if (next_) lineage_ = *std::exchange(next_, std::nullopt);
    return {};
  } catch (const std::exception& exception) {
    seals_->undone();
    return failed(exception, doing);
  }
}

/// What is found to be damaged here is damage to everybody: nothing that hangs on it is granted any more.
tl::unexpected<core::Error> JournalWriter::failed(const std::exception& exception, const char* doing) {
  core::Error error = error_of(exception, doing);
  if (error.fault == core::Fault::corrupt) holdings_->damaged(error.what);
  return tl::unexpected(std::move(error));
}

core::Result<std::unique_ptr<JournalWriter>> JournalWriter::open(const std::filesystem::path& file,
                                                                 core::WallTime now, const FileLayer& layer) {
  auto connection = open_writer(file, journal_schema, layer);
  if (!connection) return tl::unexpected(advised(std::move(connection.error())));
  std::unique_ptr<JournalWriter> writer(new JournalWriter(std::move(*connection)));
  sqlite3_wal_hook(writer->connection_->database().getHandle(), note_log, &writer->pages_in_log_);
  try {
    writer->load_identity(now);
    writer->log_.load(*writer->connection_, writer->lineage_.leaves_before);
    if (auto compared = writer->compare_with_mark(file, now); !compared)
      return tl::unexpected(advised(std::move(compared.error())));
  } catch (const std::exception& exception) {
    return tl::unexpected(advised(error_of(exception, "reading the journal " + file.string())));
  }
  return writer;
}

void JournalWriter::fold() {
  if (pages_in_log_ < kFoldedFrom) return;
  // What does not come about, for whatever reason, is told anew by the next commit.
  sqlite3_wal_checkpoint(connection_->database().getHandle(), nullptr);
  pages_in_log_ = 0;
}

void JournalWriter::load_identity(core::WallTime now) {
  std::vector<unsigned char> fresh(32);
  randombytes_buf(fresh.data(), fresh.size());
  connection_->run("INSERT OR IGNORE INTO identity (id, journal_id, row_key) VALUES (1, ?, ?)",
                   make_ulid(now), fresh);
  connection_->run(
      "INSERT INTO journals SELECT 1, journal_id, 0, 0, NULL, NULL FROM identity "
      "WHERE NOT EXISTS (SELECT 1 FROM journals)");
  connection_->each("SELECT row_key FROM identity", [this](SQLite::Statement& row) {
    const auto* key = static_cast<const unsigned char*>(row.getColumn(0).getBlob());
    row_key_.assign(key, key + row.getColumn(0).getBytes());
  });
  row_key_.resize(32);  // another size is damage: nothing fits such a key
  holdings_ = std::make_shared<Holdings>(row_key_);
  lineage_ = read_lineage(*connection_);
  floor_ = read_floor(*connection_);
  seals_.emplace(*holdings_, lineage_.journal_id, lineage_.text()).load(*connection_);
}

core::Result<void> JournalWriter::commit(const ports::JournalEntry& entry,
                                         const std::vector<core::Claim>& compared) {
  return write(entry, [this, &compared]() -> core::Result<void> {
    for (const auto& claim : compared) seals_->mark_reconciled(*connection_, claim);
    return {};
  });
}

core::Result<void> JournalWriter::settle(const std::string& finding, const core::GateEvent& event) {
  ports::JournalEntry entry;
  entry.events = {event};
  return write(entry, [this, &finding]() -> core::Result<void> {
    if (settle_finding(*connection_, finding)) return {};
    return core::fail(core::Fault::not_found, "no finding of this name is open");
  });
}

core::Result<void> JournalWriter::write(const ports::JournalEntry& entry,
                                        const std::function<core::Result<void>()>& besides) {
  audit::Hash leaf{};
  auto done = transaction("writing the journal", [this, &entry, &besides, &leaf]() -> core::Result<void> {
    if (auto too = besides(); !too) return too;
    return write_all(entry, leaf);
  });
  if (done) {
    log_.append(leaf);
    ++entries_;
    for (const auto& event : entry.events) {
      ++events_;
      if (event.release_id) of_rights_ = events_;
    }
    set_mark(bytes::to_hex(bytes::view(leaf)));
  }
  if (!done && done.error().fault == core::Fault::corrupt) done.error().fault = core::Fault::broken;
  return done;
}

core::Result<void> JournalWriter::write_all(const ports::JournalEntry& entry, audit::Hash& leaf_hash) {
  Connection& journal = *connection_;
  LeafRecord leaf{.passage = entry.passage,
                  .visit = entry.visit,
                  .claims = entry.claims,
                  .case_sha256 = {},
                  .events = {}};
  if (entry.passage) put_passage(journal, *entry.passage);
  if (entry.visit) seals_->put(journal, *entry.visit);
  const core::Mode mode = entry.passage ? entry.passage->standing.mode : core::Mode::restricted;
  for (const auto& claim : entry.claims)
    if (auto put = seals_->put(journal, claim, mode); !put) return put;
  if (entry.case_json)
    leaf.case_sha256 = put_case(journal, entry.passage ? entry.passage->id : "", *entry.case_json);
  leaf.events = put_events(journal, lineage_.events_before, entry.events);
  note_findings(journal, leaf.events);
  leaf_hash = put_leaf(journal, lineage_.leaves_before, leaf, time_of(entry));
  return {};
}

core::Result<int> JournalWriter::erase_records(core::WallTime before, int limit) {
  int count = 0;
  const auto done = transaction("erasing old records", [this, before, limit, &count]() -> core::Result<void> {
    count = syncing::erase_records(*connection_, before, limit);
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return count;
}

core::Result<std::optional<std::string>> JournalWriter::sign_log(const AuditSigner& signer) {
  if (log_.unsigned_leaves() == 0) return std::nullopt;
  std::optional<std::string> note;
  const auto done = transaction("signing the audit log", [this, &signer, &note]() -> core::Result<void> {
    note = log_.sign(*connection_, signer);
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  log_.was_signed();
  return note;
}

ports::JournalEntry JournalWriter::interruption_of(core::PassageRecord passage, const core::Moment& now) {
  ports::JournalEntry entry;
  const bool let_out = passage.direction == core::Direction::exit &&
                       (passage.decision == core::Decision::grant || !passage.operators.empty());
  const std::string visit = passage.visit.value_or(passage.id);  // a visit's id is that of its entry passage
  passage.ending = core::Ending::interrupted;
  passage.ended = now.wall;
  connection_->each(
      "SELECT body FROM visits WHERE id = ? AND state = 'admitted'",
      [&entry](SQLite::Statement& row) {
        auto read = canon::read<core::Visit>(row.getColumn(0).getString());
        if (read) entry.visit = std::move(*read);  // another one is damage, and noticed as such
      },
      visit);
  if (entry.visit) entry.visit->state = core::VisitState::interrupted;
  if (entry.visit || let_out)
    connection_->each(
        (std::string("SELECT ") + kClaimColumns + " FROM claims WHERE visit = ? AND state = 'claimed'")
            .c_str(),
        [&entry](SQLite::Statement& row) { entry.claims.push_back(claim_of(row)); }, visit);
  for (auto& claim : entry.claims) claim.state = core::ClaimState::interrupted;
  core::GateEvent event;
  event.kind = core::EventKind::alarm;
  event.at = now.wall;
  event.lane = passage.lane;
  event.passage = passage.id;
  event.visit = passage.visit;
  event.standing = passage.standing;
  event.text = "passage interrupted: the gate stopped before it ended";
  entry.events.push_back(std::move(event));
  entry.passage = std::move(passage);
  return entry;
}

core::Result<int> JournalWriter::close_interrupted(const core::Moment& now) {
  std::vector<core::PassageRecord> passages;
  try {
    connection_->each("SELECT body FROM passages WHERE ending = 'open' ORDER BY id",
                      [this, &passages](SQLite::Statement& row) {
                        auto passage = canon::read<core::PassageRecord>(row.getColumn(0).getString());
                        if (passage) return passages.push_back(std::move(*passage));
                        holdings_->damaged("an open passage of the journal cannot be read");
                      });
    for (auto& passage : passages)
      if (auto done = commit(interruption_of(std::move(passage), now)); !done)
        return tl::unexpected(done.error());
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "closing interrupted passages"));
  }
  return static_cast<int>(passages.size());
}

Floor JournalWriter::floor() const {
  const std::lock_guard lock(lineage_mutex_);
  return floor_;
}

core::Result<void> JournalWriter::raise_floor(const Position& position, const std::string& build) {
  return move_floor(floor_.raised(position, build));
}

core::Result<void> JournalWriter::vouch(Vouched vouched) {
  return move_floor({.position = floor_.position, .vouched = std::move(vouched)});
}

core::Result<void> JournalWriter::move_floor(const Floor& next) {
  if (next == floor_) return {};
  auto done = transaction("moving the floor", [this, &next]() -> core::Result<void> {
    write_floor(*connection_, floor_, next);
    seals_->move_floor(next);
    return {};
  });
  const std::lock_guard lock(lineage_mutex_);
  if (done) floor_ = next;
  return done;
}

core::Result<void> JournalWriter::take(const Receipt& receipt, core::WallTime now) try {
  if (receipt.journal_id != lineage_.journal_id)
    return core::fail(core::Fault::refused, "receipt for another journal");
  if (!has_said(receipt)) {
    const std::string word = "the platform has taken over event " + std::to_string(receipt.up_to) +
                             " of journal " + receipt.journal_id +
                             ", and here it is another one, or none: an older copy was put in its place";
    if (auto begun = begin_anew({word, {{receipt.journal_id, receipt.up_to}}}, now); !begun) return begun;
    return core::fail(core::Fault::refused, "receipt for events that are not here: " + word);
  }
  const auto done = transaction("taking a receipt", [this, &receipt]() -> core::Result<void> {
    const std::int64_t before = lineage_.events_before;
    for (const auto& refused : receipt.refused)
      connection_->run("UPDATE outbox SET state = 'parked', reason = ? WHERE number = ?", refused.reason,
                       before + refused.number);
    connection_->run("UPDATE outbox SET state = 'taken' WHERE state = 'pending' AND number <= ?",
                     before + receipt.up_to);
    return {};
  });
  return done && receipt.told ? take_told(*receipt.told) : done;
} catch (const std::exception& exception) {  // of a look at what it names, outside of a transaction
  return failed(exception, "taking a receipt");
}

core::Result<void> JournalWriter::note_picture(const core::PictureRef& picture, core::WallTime taken,
                                               std::size_t bytes) {
  return transaction("noting a picture", [this, &picture, taken, bytes]() -> core::Result<void> {
    connection_->run(
        "INSERT INTO pictures (sha256, camera, taken, bytes) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (sha256) DO UPDATE SET taken = max(taken, excluded.taken)",
        picture.sha256, picture.camera, taken, static_cast<std::int64_t>(bytes));
    return {};
  });
}

core::Result<std::vector<std::string>> JournalWriter::pictures_before(core::WallTime before, int limit) {
  std::vector<std::string> digests;
  try {
    connection_->each(
        "SELECT sha256 FROM pictures WHERE taken < ? ORDER BY taken LIMIT ?",
        [&digests](SQLite::Statement& row) { digests.push_back(row.getColumn(0).getString()); }, before,
        limit);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "looking for old pictures"));
  }
  return digests;
}

core::Result<void> JournalWriter::forget_pictures(const std::vector<std::string>& digests,
                                                  core::WallTime before) {
  return transaction("forgetting old pictures", [this, &digests, before]() -> core::Result<void> {
    for (const auto& digest : digests)
      connection_->run("DELETE FROM pictures WHERE sha256 = ? AND taken < ?", digest, before);
    return {};
  });
}

}  // namespace syncing
