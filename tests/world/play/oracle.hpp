// What a day must come to, held against what it came to. No I/O.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/ports/ledger.hpp"
#include "sync/wire/message.hpp"
#include "tests/world/day.hpp"

namespace world {

/// One truck of the script and what the gate recorded of it.
struct Performance {
  Truck truck;
  core::Direction direction = core::Direction::entry;
  int round = 1;
  std::optional<core::PassageRecord> first;  // as the operators found it
  std::optional<core::PassageRecord> last;   // once the lane was clear again
  int corrections = 0;                       // of unsure reads, by an operator whom the script did not call
  std::string trouble;                       // why the passage could not be played to its end; empty: it was
};

/// How a passage must end.
[[nodiscard]] core::Ending ending_of(const Truck& truck);

/// In words, one thing each; empty: as expected.
[[nodiscard]] std::vector<std::string> differences(const Performance& performance);

/// What the events say and must not, or do not say and must: gate_in and gate_out exactly for the passages
/// that call for them, the fate of every right after every passage, no right used twice.
[[nodiscard]] std::vector<std::string> judge_events(const std::vector<Performance>& day,
                                                    const std::vector<syncing::EventMessage>& events);

/// Unsure reads that an operator had to put right: more than one truck in ten is too many.
[[nodiscard]] std::vector<std::string> judge_reading(const std::vector<Performance>& day);

/// Whether every event has its receipt and nothing was parked or refused.
[[nodiscard]] std::vector<std::string> judge_link(const ports::LinkReport& report);

/// "deny (customs_red)", "grant, follow up: scan, in backup"
[[nodiscard]] std::string words_of(const Expected& expected);
[[nodiscard]] std::string words_of(const core::PassageRecord& record);

}  // namespace world
