#include "sync/journal/retention.hpp"

#include <chrono>
#include <string>

#include "sync/wire/ulid.hpp"

namespace syncing {

core::WallTime records_kept_from(core::WallTime now) {
  constexpr std::chrono::years kept(3);
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  return std::chrono::sys_days((today.year() - kept) / std::chrono::January / 1);
}

int erase_records(Connection& journal, core::WallTime before, int limit) {
  // Leaves lie in the order of time, so nothing but the oldest is looked at.
  const std::int64_t erased = journal.number("SELECT max(number) FROM leaves WHERE erased IS NOT NULL");
  std::int64_t last = erased;
  int count = 0;
  bool old = true;
  journal.each(
      "SELECT number, at FROM leaves WHERE number > ? ORDER BY number LIMIT ?",
      [&last, &count, &old, before](SQLite::Statement& row) {
        old = old && core::WallTime(core::Milliseconds(row.getColumn(1).getInt64())) < before;
        if (!old) return;
        last = row.getColumn(0).getInt64();
        ++count;
      },
      erased, limit);
  if (count == 0) return 0;
  journal.run("UPDATE leaves SET record = NULL, salt = x'', erased = ? WHERE number > ? AND number <= ?",
              records_rule, erased, last);
  // Passages, and visits by that of their entry, are named by ULIDs, which sort by time.
  const std::string then = make_ulid(before).substr(0, 10);
  journal.run("DELETE FROM cases WHERE passage < ? AND passage <> ''", then);
  journal.run("DELETE FROM passages WHERE id < ? AND ending <> 'open'", then);
  journal.run("DELETE FROM visits WHERE id < ? AND state NOT IN ('admitted', 'inside', 'interrupted')", then);
  journal.run("UPDATE outbox SET event = '{}' WHERE ulid < ? AND state = 'taken' AND event <> '{}'", then);
  journal.run("DELETE FROM findings WHERE ulid < ?", then);
  return count;
}

}  // namespace syncing
