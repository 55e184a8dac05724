// What one journal entry becomes: rows, numbered events, an audit leaf. Inside a transaction of the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/audit/hash.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/result.hpp"
#include "gate/core/visit.hpp"
#include "sync/store/database.hpp"

namespace syncing {

struct NumberedEvent {
  std::int64_t number = 0;
  std::string ulid;
  core::GateEvent event;
  std::string journal_id{};  // whose number it is, where it is read back; no part of the record
};
BOOST_DESCRIBE_STRUCT(NumberedEvent, (), (number, ulid, event))

/// How far the log had come that stands before this one in the same file; root in hex digits.
struct LogBefore {
  std::string journal_id;
  std::int64_t leaves = 0;
  std::string root;
};
BOOST_DESCRIBE_STRUCT(LogBefore, (), (journal_id, leaves, root))

/// The first thing that a journal says which began in place of another.
struct JournalBegun {
  std::string journal_id;
  std::optional<LogBefore> before;
};
BOOST_DESCRIBE_STRUCT(JournalBegun, (), (journal_id, before))

/// What an audit leaf commits to: everything that one entry wrote. A case stands by its digest.
struct LeafRecord {
  std::optional<core::PassageRecord> passage;
  std::optional<core::Visit> visit;
  std::vector<core::Claim> claims;
  std::optional<std::string> case_sha256;
  std::vector<NumberedEvent> events;
  std::optional<JournalBegun> begun{};
};
BOOST_DESCRIBE_STRUCT(LeafRecord, (), (passage, visit, claims, case_sha256, events, begun))

void put_passage(Connection& journal, const core::PassageRecord& passage);
/// Whole rows, each with its seal: seals.hpp writes them. A right that another visit holds is refused by the
/// database itself (a constraint's exception).
void put_visit(Connection& journal, const core::Visit& visit, const std::string& body,
               const std::vector<unsigned char>& seal);
void put_claim(Connection& journal, const core::Claim& claim, const std::string& mode, bool reconciled,
               const std::vector<unsigned char>& seal);

/// Gives the SHA-256 of the case.
[[nodiscard]] std::string put_case(Connection& journal, const std::string& passage,
                                   const std::string& case_json);

/// The next numbers, in this order, without holes. `before`: rows of the outbox before the journal's first.
[[nodiscard]] std::vector<NumberedEvent> put_events(Connection& journal, std::int64_t before,
                                                    const std::vector<core::GateEvent>& events);

/// `at`: when what it records happened. `before`: rows of leaves before the log's first. Gives the leaf's
/// hash.
audit::Hash put_leaf(Connection& journal, std::int64_t before, const LeafRecord& record, core::WallTime at);

[[nodiscard]] core::Claim claim_of(SQLite::Statement& row);  // columns as in kClaimColumns
inline constexpr const char* kClaimColumns =
    "release_id, equipment_number, stay_number, visit, job, state, since";

}  // namespace syncing
