// What the console reads back: passages, their cases and pictures, and how the link stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/audit/leaf.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"

namespace ports {

/// How far the link, the replica and the outbox have come.
struct LinkReport {
  core::LinkState link = core::LinkState::down;
  core::Standing standing;
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;    // last complete one in the replica
  std::int64_t behind = 0;      // the head's sequence minus ours; 0 while up to date
  std::int64_t outbox = 0;      // events without a receipt
  std::int64_t parked_in = 0;   // changes that could not be applied
  std::int64_t parked_out = 0;  // events that the platform refused
  std::int64_t refused = 0;     // messages refused since start: unsigned, forged, other terminal, oversize
  std::int64_t rights = 0;      // rows in the replica
  std::int64_t findings = 0;    // of reconciliations, that nobody has dealt with yet
  bool journal_sound = true;    // false: claims are not what was written; jobs that need CPu are referred
  bool journal_told = true;     // false: it was put back from an old copy or begun anew, and the platform has
                                // still to tell what was used; jobs that need CPu are referred
  std::optional<core::Maintenance> maintenance;  // of the platform, as its newest head announces it
};
BOOST_DESCRIBE_STRUCT(LinkReport, (),
                      (link, standing, epoch, sequence, behind, outbox, parked_in, parked_out, refused,
                       rights, findings, journal_sound, journal_told, maintenance))

struct Ledger {
  virtual ~Ledger() = default;

  /// The latest first; `before` (a passage id, or empty) pages back. At most `limit` (1 to 500).
  [[nodiscard]] virtual core::Result<std::vector<core::PassageRecord>> passages(
      int limit, const std::string& before) = 0;
  [[nodiscard]] virtual core::Result<core::PassageRecord> passage(const std::string& id) = 0;

  /// Canonical JSON of the cases that this passage was decided on, the first one first.
  [[nodiscard]] virtual core::Result<std::vector<std::string>> cases(const std::string& passage) = 0;

  /// The encoded picture. not_found where it has expired or was never stored.
  [[nodiscard]] virtual core::Result<std::string> picture(const std::string& sha256) = 0;

  /// Of the audit log of that journal (empty: the one in use), in order, those with a number above `after`;
  /// at most `limit` (1 to 1000). not_found: no such log is here.
  [[nodiscard]] virtual core::Result<std::vector<audit::Leaf>> leaves(const std::string& journal,
                                                                      std::int64_t after, int limit) = 0;
  [[nodiscard]] virtual core::Result<audit::LogHead> log_head(const std::string& journal) = 0;

  [[nodiscard]] virtual LinkReport link(const core::Moment& now) = 0;
};

}  // namespace ports
