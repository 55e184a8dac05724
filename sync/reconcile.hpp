// What was granted without fresh data, against what the platform knows by now.
#pragma once

#include <string>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/core/records.hpp"
#include "sync/journal/reader.hpp"

namespace syncing {

/// Every way in which the grant would not be given on what is known now; empty: it stands.
/// `rights`: all that share the claim's releaseId or container stay.
[[nodiscard]] std::vector<std::string> differences(const OfflineClaim& granted,
                                                   const std::vector<core::ReleaseRight>& rights);

/// One event for each difference, and one that sums up, also when nothing differs.
[[nodiscard]] std::vector<core::GateEvent> reconciliation_events(
    const std::vector<std::pair<OfflineClaim, std::vector<std::string>>>& compared, core::WallTime now,
    const core::Standing& standing);

}  // namespace syncing
