// What a reconciliation found: grants without fresh data that the platform, as it turned out, would not have
// given. Each is an event of the outbox, and stays open until somebody has dealt with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/ports/backlog.hpp"
#include "sync/journal/rows.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// One difference; neither the sum of a comparison nor what people said of a difference later.
[[nodiscard]] bool is_finding(const core::GateEvent& event);

/// Inside a transaction of the caller: those among the events are open.
void note_findings(Connection& journal, const std::vector<NumberedEvent>& events);
/// Inside a transaction of the caller; false: it was not open.
[[nodiscard]] bool settle_finding(Connection& journal, const std::string& ulid);

/// The newest first, and how many are open.
[[nodiscard]] ports::FindingsReport read_findings(Connection& journal, int limit);
/// The event of one that is open.
[[nodiscard]] std::optional<core::GateEvent> read_finding(Connection& journal, const std::string& ulid);

}  // namespace syncing
