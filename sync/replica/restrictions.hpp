// Bans and holds as rows of the replica, also those that could not be read whole, and every other change that
// may deny and does not say whom.
//
// A ban that cannot be read may ban anybody, and a ban that is missed is a truck let in. So:
// - Where its value can be read, it counts as a ban on that, under its subject, or under any where that one
//   cannot be read. What it named before goes on being denied, too: nobody has said that this is over.
// - Where not even the value can be read, nobody knows whom it names, just as when the bans themselves were
//   lost: the replica is not complete, and jobs that need CPu go to people, one of whom is enough. That lasts
//   no longer than it must: a snapshot is asked for at once, and the same reference again, taken back, or a
//   snapshot ends it, without anybody touching the gate. To grant meanwhile would let one wrong message open
//   the gate to whoever is banned, and everything else that was ever signed stays as it is.
// - A revocation, a use, or anything else of the stream that cannot be read as far as the row it names, may
// be
//   of any row, and is no better.
#pragma once

#include <cstdint>
#include <string>

#include "gate/core/records.hpp"
#include "sync/replica/denials.hpp"
#include "sync/replica/seal.hpp"
#include "sync/replica/tally.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/changes.hpp"

namespace syncing::replica {

/// All of these inside a transaction of the caller, but for the last; they throw SQLite::Exception.
struct Restrictions {
  Connection& db;
  const RowKey& key;
  Tally& denying;

  /// In place of whatever was said under this reference.
  void put(const core::Restriction& restriction);
  /// Nothing is said under this reference any more.
  void take(ChangeKind kind, const std::string& reference);
  /// Beside what was said under its reference. `sequence` is what the change is counted under; below 0 within
  /// a snapshot.
  void note(const ParkedChange& change, std::int64_t epoch, std::int64_t sequence);
};

/// Everything that is there. False: a row that cannot be anything that was written.
[[nodiscard]] bool load_restrictions(Connection& replica, const RowKey& key, Tally& denying,
                                     Denials& denials);

}  // namespace syncing::replica
