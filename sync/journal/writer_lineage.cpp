// A journal that is not the newest one of this gate: how it is found out, and what becomes of it.
#include <algorithm>
#include <utility>

#include "gate/bytes/bytes.hpp"
#include "sync/journal/rows.hpp"
#include "sync/journal/writer.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

std::string name_of(const Mark::Entry& entry) {
  return entry.journal_id + " " + std::to_string(entry.number) + " " + entry.leaf;
}

}  // namespace

std::string JournalWriter::journal_id() const {
  const std::lock_guard lock(lineage_mutex_);
  return lineage_.journal_id;
}

Lineage JournalWriter::lineage() const {
  const std::lock_guard lock(lineage_mutex_);
  return lineage_;
}

Position JournalWriter::needs() const {
  const std::lock_guard lock(lineage_mutex_);
  if (!lineage_.lack) return {};
  return lineage_.lack->told.value_or(nowhere);
}

void JournalWriter::follow(Lineage next) {
  seals_->rename(next.journal_id, next.text());
  next_ = std::move(next);
}

std::string JournalWriter::leaf_of(std::int64_t number) {
  std::string leaf;
  connection_->each(
      "SELECT hash FROM leaves WHERE number = ?",
      [&leaf](SQLite::Statement& row) { leaf = bytes::to_hex(row.getColumn(0).getString()); },
      lineage_.leaves_before + number);
  return leaf;
}

bool JournalWriter::has(const Mark::Entry& entry) {
  return entry.journal_id == lineage_.journal_id && entry.leaf == leaf_of(entry.number);
}

bool JournalWriter::has_said(const Receipt& receipt) {
  if (receipt.up_to > events_) return false;
  bool said = true;
  if (receipt.up_to_ulid)
    connection_->each(
        "SELECT ulid FROM outbox WHERE number = ?",
        [&said, &receipt](SQLite::Statement& row) {
          said = row.getColumn(0).getString() == *receipt.up_to_ulid;
        },
        lineage_.events_before + receipt.up_to);
  return said;
}

void JournalWriter::set_mark(const audit::Hash& leaf) {
  mark_->set({lineage_.journal_id, entries_, bytes::to_hex(bytes::view(leaf)), of_rights_});
}

void JournalWriter::count_events() {
  Connection& journal = *connection_;
  const auto last = [&journal](const char* sql, std::int64_t before) {
    return std::max<std::int64_t>(0, journal.number(sql) - before);
  };
  entries_ = last("SELECT max(number) FROM leaves", lineage_.leaves_before);
  events_ = last("SELECT max(number) FROM outbox", lineage_.events_before);
  of_rights_ =
      last("SELECT number FROM outbox WHERE event LIKE '%\"releaseId\"%' ORDER BY number DESC LIMIT 1",
           lineage_.events_before);
}

/// A stop between the new name's commit and its mark leaves the old mark: it was answered already.
core::Result<void> JournalWriter::compare_with_mark(const std::filesystem::path& file, core::WallTime now) {
  count_events();
  mark_.emplace(file.string() + ".mark");
  const auto newest = mark_->newest();
  if (newest && !has(*newest) && lineage_.instead_of != name_of(*newest)) {
    const bool is_fresh = entries_ == 0 && newest->journal_id != lineage_.journal_id;
    const std::string words = "entry " + std::to_string(newest->number) + " of journal " +
                              newest->journal_id + " is not in it: " +
                              (is_fresh ? "it was put aside and this one begun in its place"
                                        : "an older copy was put in its place");
    return begin_anew({words, {newest->journal_id, newest->events}, name_of(*newest)}, now);
  }
  if (entries_ > 0) mark_->set({lineage_.journal_id, entries_, leaf_of(entries_), of_rights_});
  return {};
}

/// One that has said nothing yet, and is not the one it is compared with, may keep its name.
core::Result<void> JournalWriter::begin_anew(const Finding& found, core::WallTime now) {
  audit::Hash leaf{};
  const bool keeps_name = entries_ == 0 && found.lacks.journal_id != lineage_.journal_id;
  auto done = transaction("beginning a journal anew", [&]() -> core::Result<void> {
    Connection& journal = *connection_;
    Lineage next = keeps_name ? lineage_ : begin_journal(journal, lineage_, make_ulid(now));
    next = note_lack(journal, next, {found.lacks}, found.instead_of);
    core::GateEvent event;
    event.kind = core::EventKind::alarm;
    event.at = now;
    event.text = "journal: " + found.words + "; it goes on as journal " + next.journal_id +
                 ", and jobs that need CPu are referred until the platform has told what was used";
    LeafRecord record;
    record.begun.emplace().journal_id = next.journal_id;
    if (!keeps_name)
      record.begun->before = {.journal_id = lineage_.journal_id,
                              .leaves = static_cast<std::int64_t>(log_.tree().size()),
                              .root = bytes::to_hex(bytes::view(log_.tree().root()))};
    record.events = put_events(journal, next.events_before, {event});
    leaf = put_leaf(journal, next.leaves_before, record, now);
    follow(std::move(next));
    return {};
  });
  if (!done) return done;
  log_.begin_anew(lineage_.leaves_before);
  log_.append(leaf);
  count_events();
  set_mark(leaf);
  return {};
}

core::Result<void> JournalWriter::take_told(const Told& told) {
  if (!lineage_.lack || lineage_.lack->told) return {};
  for (const auto& lacks : lineage_.lack->lacks) {
    const auto known = std::find_if(told.knows.begin(), told.knows.end(), [&lacks](const EventsUpTo& one) {
      return one.journal_id == lacks.journal_id;
    });
    const std::int64_t up_to = known == told.knows.end() ? 0 : known->up_to;
    if (up_to < lacks.up_to)
      return core::fail(core::Fault::refused,
                        "the platform knows journal " + lacks.journal_id + " up to event " +
                            std::to_string(up_to) + ", this gate has given them up to " +
                            std::to_string(lacks.up_to) + ": what lies between reached nobody");
  }
  return transaction("noting what the platform has told", [this, &told]() -> core::Result<void> {
    follow(note_told(*connection_, lineage_, {told.epoch, told.sequence}));
    return {};
  });
}

}  // namespace syncing
