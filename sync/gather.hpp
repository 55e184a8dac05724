// Everything that a decision on some evidence may look at, from the replica and the journal.
#pragma once

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/result.hpp"
#include "sync/journal/reader.hpp"
#include "sync/replica/replica.hpp"

namespace syncing {

/// Candidates, not conclusions: see gate/core/dossier.hpp. Thread-safe.
[[nodiscard]] core::Result<core::Dossier> gather(Replica& replica, JournalReader& journal,
                                                 const core::Evidence& evidence);

}  // namespace syncing
