// Which journals a file has held, one after the other, and what the one in use does not know.
//
// A journal that is found to be an old copy gets a new name, so that no number it gives means two things; one
// that began anew has one. Neither knows what rights were used since: jobs that need CPu wait until the
// platform has told.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sync/position.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

struct Lack {
  std::vector<EventsUpTo> lacks;  // how far journals of this gate are known to have come beyond this file
  std::optional<Position> told;   // the platform has told what they knew, in its stream up to there
};

/// What a journal in use is, as of its last commit.
struct Lineage {
  std::string journal_id;
  std::int64_t leaves_before = 0;         // rows of the file before its first leaf ...
  std::int64_t events_before = 0;         // ... and before its first event
  std::optional<std::string> instead_of;  // see migration 004
  std::vector<EventsUpTo> earlier;        // in this file, the oldest first; up to where it is sure to have
                                          // what they said: by receipts
  std::optional<Lack> lack;

  /// As it is sealed beside the name: an edited lack is damage, not a way out. Empty for a first journal.
  [[nodiscard]] std::string text() const;
};

/// As the file says it. Throws SQLite::Exception, as all of these.
[[nodiscard]] Lineage read_lineage(Connection& journal);

/// The rest of the lineage's life is inside a transaction of the caller, and gives it as it is then.
///
/// From now on the journal has another name. What no receipt covers yet gets its first numbers.
[[nodiscard]] Lineage begin_journal(Connection& journal, const Lineage& before,
                                    const std::string& journal_id);
/// The journal in use does not know these, whatever it was told before.
[[nodiscard]] Lineage note_lack(Connection& journal, const Lineage& now, const std::vector<EventsUpTo>& lacks,
                                const std::optional<std::string>& instead_of);
[[nodiscard]] Lineage note_told(Connection& journal, Lineage now, const Position& told);

}  // namespace syncing
