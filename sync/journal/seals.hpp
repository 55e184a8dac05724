// Seals over what a grant may hang on: a flipped bit in a claim or a visit, and one that is gone, must not
// become a grant.
//
// Each claim and each visit carries a seal of its own, checked whenever it is read. One more seal covers the
// set of all that are held (claims not released, open visits), the floor, the journal's name and
// lineage; it is written in the transaction that changes any of them and checked at start. It is never
// written over damage: what was found stays found until what was written is there again.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/visit.hpp"
#include "sync/journal/floor.hpp"
#include "sync/journal/holdings.hpp"
#include "sync/replica/tally.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// Columns of a claim, the first of them as claim_of reads them, and of a visit; the seal comes last.
inline constexpr const char* kSealedClaim =
    "release_id, equipment_number, stay_number, visit, job, state, since, mode, reconciled, seal";
inline constexpr const char* kSealedVisit = "id, state, plate, driver_id_hash, body, seal";

/// Whether a row of these columns is what was written.
[[nodiscard]] bool claim_is_sound(const RowKey& key, SQLite::Statement& row);
[[nodiscard]] bool visit_is_sound(const RowKey& key, SQLite::Statement& row);

/// Of the journal's one writer. Throws SQLite::Exception.
class Seals {
 public:
  /// `lineage`: Lineage::text.
  Seals(Holdings& holdings, std::string journal_id, std::string lineage)
      : holdings_(holdings), name_{std::move(journal_id), std::move(lineage)}, settled_name_(name_) {}

  /// At start: looks at everything that is held, and notes damage with the holdings. A journal in which
  /// nothing was ever written is sealed.
  void load(Connection& journal);

  // ---- inside a transaction of the caller --------------------------------------------------------

  /// Writes the row, sealed. `mode`: of the data that the claim was granted on; of one that is held already
  /// it stays. Fault::refused: a used claim would change; or another claim on the right must be there and is
  /// not, while nobody knew of any damage yet (from then on people decide). A right that another visit holds
  /// is refused by the database itself (a constraint's exception).
  [[nodiscard]] core::Result<void> put(Connection& journal, const core::Claim& claim, core::Mode mode);
  void put(Connection& journal, const core::Visit& visit);
  /// Needs no further comparison with what the platform knew.
  void mark_reconciled(Connection& journal, const core::Claim& claim);
  void move_floor(Floor floor);
  void rename(std::string journal_id, std::string lineage);
  /// The last thing before the commit.
  void close(Connection& journal);

  /// The transaction is on the disk; or it is not, and everything is as before.
  void settled();
  void undone();

 private:
  using Row = std::variant<core::Claim, core::Visit>;

  struct Name {
    std::string journal_id, lineage;
  };

  /// A claim with what its row says besides.
  struct ClaimRow {
    core::Claim claim;
    std::string mode;
    bool reconciled = false;
  };

  [[nodiscard]] std::optional<ClaimRow> find(Connection& journal, const core::Claim& claim);
  void take_out(const ClaimRow& row);
  void write(Connection& journal, const ClaimRow& row);
  void take_out_visit(Connection& journal, const std::string& id);
  void take(const Row& row, bool held);
  [[nodiscard]] std::vector<unsigned char> over_all() const;

  Holdings& holdings_;
  Name name_, settled_name_;
  Tally tally_, settled_tally_;
  Floor floor_, settled_floor_;
  std::vector<std::pair<Row, bool>> taken_;  // since the last commit: held, or no longer
  bool changed_ = false;
};

}  // namespace syncing
