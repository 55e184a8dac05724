// What the link leaves to people: changes that could not be applied, events not taken over yet, and grants
// that were none, as it turned out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/describe/class.hpp>

#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace ports {

/// A change of the platform's that could not be applied. The row that it names is dirty until put right.
struct ParkedChange {
  std::int64_t epoch = 0;
  std::optional<std::int64_t> sequence;     // its number in the stream ...
  std::optional<std::int64_t> in_snapshot;  // ... or its place in the snapshot that brought it, from 1
  std::string kind;                         // as on the wire; empty where even that could not be read
  std::string key;                          // releaseId, TAR, driverIdHash, reference, or EQUIPMENT/STAY
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ParkedChange, (), (epoch, sequence, in_snapshot, kind, key, reason))

struct ParkedReport {
  std::int64_t total = 0;
  std::vector<ParkedChange> changes;  // the newest epoch and number first
};
BOOST_DESCRIBE_STRUCT(ParkedReport, (), (total, changes))

/// An event of this gate's that the platform has not taken over.
struct OutboxEvent {
  std::int64_t number = 0;
  std::string ulid;
  core::EventKind kind = core::EventKind::alarm;
  core::WallTime at{};
  std::optional<std::string> lane;
  std::optional<std::string> passage;
  std::optional<std::string> reason;  // the platform's, where it refused the event
};
BOOST_DESCRIBE_STRUCT(OutboxEvent, (), (number, ulid, kind, at, lane, passage, reason))

struct OutboxReport {
  std::string journal_id;
  std::int64_t last = 0;              // the highest number given; 0: none
  std::int64_t pending = 0;           // without a receipt
  std::int64_t parked = 0;            // refused by the platform
  std::optional<OutboxEvent> oldest;  // of those pending
  std::vector<OutboxEvent> refused;   // the newest first
};
BOOST_DESCRIBE_STRUCT(OutboxReport, (), (journal_id, last, pending, parked, oldest, refused))

/// A right that was granted without fresh data, and that the platform, as it turned out, would not have
/// given. The gate has rewritten nothing: people decide what becomes of it.
struct Finding {
  std::string ulid;  // of its event
  core::WallTime at{};
  std::string equipment_number;
  std::optional<std::string> stay_number;
  std::string plate;
  std::string visit;  // id of the passage that it was granted to
  std::string text;   // what differs, for people
};
BOOST_DESCRIBE_STRUCT(Finding, (), (ulid, at, equipment_number, stay_number, plate, visit, text))

struct FindingsReport {
  std::int64_t total = 0;
  std::vector<Finding> findings;  // the newest first
};
BOOST_DESCRIBE_STRUCT(FindingsReport, (), (total, findings))

struct Backlog {
  virtual ~Backlog() = default;

  /// At most `limit` (1 to 500) of the changes, and how many there are. Any thread.
  [[nodiscard]] virtual core::Result<ParkedReport> parked(int limit) = 0;

  /// At most `limit` (1 to 500) of the refused events, and how many there are. Any thread.
  [[nodiscard]] virtual core::Result<OutboxReport> outbox(int limit) = 0;

  /// At most `limit` (1 to 500) of those that nobody has dealt with yet, and how many there are. Any thread.
  [[nodiscard]] virtual core::Result<FindingsReport> findings(int limit) = 0;

  /// `by` has dealt with that finding: it is on the record, and the platform is told. Fault::not_found: none
  /// of that name is open. Fault::broken: the disk did not take it. From any executor.
  virtual boost::asio::awaitable<core::Result<void>> settle(std::string ulid, std::string by) = 0;
};

}  // namespace ports
