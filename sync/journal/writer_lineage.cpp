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

std::string JournalWriter::mark_trouble() const {
  const std::lock_guard lock(lineage_mutex_);
  return mark_trouble_;
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
  return entry.journal_id == lineage_.journal_id &&
         (entry.number == 0 || entry.leaf == leaf_of(entry.number));
}

/// The newest copy of a journal that was thought lost may be put back in the end: nothing of it is lacking.
bool JournalWriter::has(const EventsUpTo& events) const {
  if (events.journal_id == lineage_.journal_id) return events.up_to <= events_;
  return std::any_of(lineage_.earlier.begin(), lineage_.earlier.end(), [&events](const EventsUpTo& one) {
    return one.journal_id == events.journal_id && events.up_to <= one.up_to;
  });
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

/// What others lack who come after this journal: what itself has not been told. Once it is told, the platform
/// knows it, and tells it to whoever asks.
void JournalWriter::set_mark(std::string leaf) {
  std::vector<EventsUpTo> lacks;
  if (lineage_.lack && !lineage_.lack->told) lacks = lineage_.lack->lacks;
  const auto set = mark_->set({lineage_.journal_id, entries_, std::move(leaf), of_rights_}, std::move(lacks));
  const std::lock_guard lock(lineage_mutex_);
  mark_trouble_ = set ? "" : set.error().what;
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

/// A journal whose mark is gone or says nothing may be an old copy, and nobody here can know: a disk that
/// died takes the mark along, and what is put on the new one is a copy. It refers until the platform has
/// told; what never reached the platform nobody can tell any more.
std::optional<JournalWriter::Finding> JournalWriter::doubt() {
  if (mark_->found() == Mark::Found::unreadable)
    return Finding{"its mark cannot be read, so nobody here knows whether it is the newest one"};
  if (mark_->found() == Mark::Found::nothing) {
    if (entries_ == 0) return std::nullopt;
    return Finding{"its mark is gone, so nobody here knows whether it is the newest one"};
  }
  // A stop between the new name's commit and its mark leaves the old mark: it was answered already.
  const Mark::Entry& newest = mark_->newest();
  if (has(newest) || lineage_.instead_of == name_of(newest)) return std::nullopt;
  const bool is_fresh = entries_ == 0 && newest.journal_id != lineage_.journal_id;
  Finding found{"entry " + std::to_string(newest.number) + " of journal " + newest.journal_id +
                    " is not in it: " +
                    (is_fresh ? "it was put aside and this one begun in its place"
                              : "an older copy was put in its place"),
                mark_->lacks(), name_of(newest)};
  std::erase_if(found.lacks, [this](const EventsUpTo& one) { return has(one); });
  found.lacks.push_back({newest.journal_id, newest.events});
  return found;
}

core::Result<void> JournalWriter::compare_with_mark(const std::filesystem::path& file, core::WallTime now) {
  count_events();
  mark_.emplace(file.string() + ".mark");
  if (const auto found = doubt()) return begin_anew(*found, now);
  set_mark(leaf_of(entries_));
  return {};
}

/// One that has said nothing yet, and is not the one it is compared with, may keep its name.
core::Result<void> JournalWriter::begin_anew(const Finding& found, core::WallTime now) {
  audit::Hash leaf{};
  const bool is_lost = std::any_of(found.lacks.begin(), found.lacks.end(), [this](const EventsUpTo& one) {
    return one.journal_id == lineage_.journal_id;
  });
  const bool keeps_name = entries_ == 0 && !is_lost;
  auto done = transaction("beginning a journal anew", [&]() -> core::Result<void> {
    Connection& journal = *connection_;
    Lineage next = keeps_name ? lineage_ : begin_journal(journal, lineage_, make_ulid(now));
    next = note_lack(journal, next, found.lacks, found.instead_of);
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
  set_mark(bytes::to_hex(bytes::view(leaf)));
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
  auto done = transaction("noting what the platform has told", [this, &told]() -> core::Result<void> {
    follow(note_told(*connection_, lineage_, {told.epoch, told.sequence}));
    return {};
  });
  if (done) set_mark(leaf_of(entries_));
  return done;
}

}  // namespace syncing
