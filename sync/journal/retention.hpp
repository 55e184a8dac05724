// Which decision records are kept, and how older ones go: their leaves stay in the audit log, and say under
// which rule the rest was erased.
#pragma once

#include "gate/core/moment.hpp"
#include "sync/store/database.hpp"

namespace syncing {

inline constexpr const char* records_rule = "records: the calendar year and three more";

/// Records of before then have had their time.
[[nodiscard]] core::WallTime records_kept_from(core::WallTime now);

/// Erases at most `limit` of the oldest records before then, inside a transaction of the caller: leaves lose
/// record and salt, ended passages and visits and their cases go, events that the platform has taken lose
/// their body. Claims stay: a right that was used stays used. Gives the number of leaves.
[[nodiscard]] int erase_records(Connection& journal, core::WallTime before, int limit);

}  // namespace syncing
