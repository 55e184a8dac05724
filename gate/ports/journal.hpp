// What a lane asks of the journal: the truth of this gate, never lost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gate/core/gate_event.hpp"
#include "gate/core/result.hpp"
#include "gate/core/visit.hpp"
#include "gate/ports/eyes.hpp"

namespace ports {

/// One step of one passage, written whole or not at all: the passage as it stands now, the visit and the
/// claims as they stand now, the case of a verdict, an audit leaf, and the events for the platform.
struct JournalEntry {
  std::optional<core::PassageRecord> passage;
  std::optional<core::Visit> visit;
  std::vector<core::Claim> claims;
  std::optional<std::string> case_json;  // canonical; with a verdict
  std::vector<core::GateEvent> events;   // numbered and sent in this order
};

struct Journal {
  virtual ~Journal() = default;

  /// Returns after the entry is on the disk (fsync). Fault::refused: another visit holds one of the
  /// claimed rights, or a used one would be changed; nothing was written. Fault::broken: the disk did
  /// not take it; nothing may be opened.
  virtual boost::asio::awaitable<core::Result<void>> commit(JournalEntry entry) = 0;

  /// Stores a picture under its SHA-256. A record stands without its picture: failure is only reported.
  virtual boost::asio::awaitable<core::Result<core::PictureRef>> keep(Picture picture) = 0;
};

}  // namespace ports
