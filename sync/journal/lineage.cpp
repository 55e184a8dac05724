#include "sync/journal/lineage.hpp"

#include <algorithm>
#include <utility>

namespace syncing {
namespace {

std::int64_t highest(Connection& journal, const char* of_leaves, const char* of_checkpoints) {
  return std::max(journal.number(of_leaves), journal.number(of_checkpoints));
}

std::optional<Lack> read_lack(Connection& journal) {
  std::optional<Lack> lack;
  journal.each("SELECT epoch, sequence FROM lack", [&lack](SQLite::Statement& row) {
    lack.emplace();
    if (!row.getColumn(0).isNull())
      lack->told = Position{row.getColumn(0).getInt64(), row.getColumn(1).getInt64()};
  });
  if (!lack) return lack;
  journal.each("SELECT journal_id, events FROM lacks ORDER BY journal_id", [&lack](SQLite::Statement& row) {
    lack->lacks.push_back({.journal_id = row.getColumn(0).getString(), .up_to = row.getColumn(1).getInt64()});
  });
  return lack;
}

}  // namespace

std::string Lineage::text() const {
  std::string text;
  if (leaves_before != 0 || events_before != 0)
    text += " behind " + std::to_string(leaves_before) + ' ' + std::to_string(events_before);
  if (!lack) return text;
  text += " lacks";
  for (const auto& one : lack->lacks) text += ' ' + one.journal_id + ' ' + std::to_string(one.up_to);
  if (lack->told)
    text += " told " + std::to_string(lack->told->epoch) + ' ' + std::to_string(lack->told->sequence);
  return text;
}

Lineage read_lineage(Connection& journal) {
  Lineage lineage;
  journal.each(
      "SELECT journal_id, leaves_before, events_before, instead_of, receipted FROM journals ORDER BY number",
      [&lineage](SQLite::Statement& row) {
        if (!row.getColumn(4).isNull())
          lineage.earlier.push_back(
              {.journal_id = row.getColumn(0).getString(), .up_to = row.getColumn(4).getInt64()});
        lineage.journal_id = row.getColumn(0).getString();
        lineage.leaves_before = row.getColumn(1).getInt64();
        lineage.events_before = row.getColumn(2).getInt64();
        lineage.instead_of = text_or_null(row.getColumn(3));
      });
  // The name that is sealed; the list only says where it begins.
  journal.each("SELECT journal_id FROM identity",
               [&lineage](SQLite::Statement& row) { lineage.journal_id = row.getColumn(0).getString(); });
  lineage.lack = read_lack(journal);
  return lineage;
}

Lineage begin_journal(Connection& journal, const Lineage& before, const std::string& journal_id) {
  // Beyond what a checkpoint covers, where leaves were cut off: its place is not another log's.
  const std::int64_t leaves =
      std::max(before.leaves_before,
               highest(journal, "SELECT max(number) FROM leaves", "SELECT max(size) FROM checkpoints"));
  const std::int64_t events =
      std::max(before.events_before, journal.number("SELECT max(number) FROM outbox"));
  std::vector<std::int64_t> pending;
  journal.each("SELECT number FROM outbox WHERE state = 'pending' ORDER BY number",
               [&pending](SQLite::Statement& row) { pending.push_back(row.getColumn(0).getInt64()); });
  journal.run("UPDATE journals SET receipted = ? WHERE journal_id = ?",
              (pending.empty() ? events : pending.front() - 1) - before.events_before, before.journal_id);
  std::int64_t number = events;
  for (const std::int64_t old : pending)
    journal.run("UPDATE outbox SET number = ? WHERE number = ?", ++number, old);
  journal.run("INSERT INTO journals (journal_id, leaves_before, events_before) VALUES (?, ?, ?)", journal_id,
              leaves, events);
  journal.run("UPDATE identity SET journal_id = ?", journal_id);
  return read_lineage(journal);
}

Lineage note_lack(Connection& journal, const Lineage& now, const std::vector<EventsUpTo>& lacks,
                  const std::optional<std::string>& instead_of) {
  journal.run("INSERT OR REPLACE INTO lack (id, epoch, sequence) VALUES (1, NULL, NULL)");
  for (const auto& one : lacks)
    journal.run(
        "INSERT INTO lacks (journal_id, events) VALUES (?, ?) "
        "ON CONFLICT (journal_id) DO UPDATE SET events = max(events, excluded.events)",
        one.journal_id, one.up_to);
  journal.run("UPDATE journals SET instead_of = ? WHERE journal_id = ?", instead_of, now.journal_id);
  return read_lineage(journal);
}

Lineage note_told(Connection& journal, Lineage now, const Position& told) {
  journal.run("UPDATE lack SET epoch = ?, sequence = ?", told.epoch, told.sequence);
  now.lack->told = told;
  return now;
}

}  // namespace syncing
