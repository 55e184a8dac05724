// What the console asks of the lanes, and what the lanes show on the console.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/describe/class.hpp>

#include "gate/core/evidence.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/passage.hpp"
#include "gate/core/result.hpp"
#include "gate/core/signals.hpp"
#include "gate/core/verdict.hpp"

namespace ports {

/// One lane as an operator sees it now. `driver_text` and what stands below it is all that a driver sees.
struct LaneView {
  std::string lane;
  core::Direction direction = core::Direction::entry;
  core::State state = core::State::idle;
  int revision = 0;
  core::PassageRecord passage;             // id is empty while nobody is on the lane
  std::vector<core::ContainerRead> reads;  // with alternatives, for correcting
  std::vector<core::PlateRead> plates;
  std::vector<core::ViewFault>
      view_faults;  // pictures that are not to be believed: nothing was read from them
  std::vector<core::Check> checks;
  int persons = 0;                         // needed to override
  std::optional<std::string> proposed_by;  // a first person proposed a grant
  core::Signals signals;
  std::string trouble;  // a device that does not work, for terminal IT; empty: none
  core::Lamp lamp = core::Lamp::red;
  std::vector<core::Prompt> prompts;
  std::string driver_text;    // English; the console translates by `driver_reason`
  std::string driver_reason;  // name of the Reason or FollowUp that the text says; empty: none
  std::string language;
};
BOOST_DESCRIBE_STRUCT(LaneView, (),
                      (lane, direction, state, revision, passage, reads, plates, view_faults, checks, persons,
                       proposed_by, signals, trouble, lamp, prompts, driver_text, driver_reason, language))

/// Shown after every step of a lane, from the lanes' reactor. Must not block.
struct Board {
  virtual ~Board() = default;
  virtual void show(LaneView view) = 0;
};

struct Desk {
  virtual ~Desk() = default;

  /// not_found: no such lane. refused: stale revision, nothing to decide, or the same person twice; says
  /// which.
  virtual boost::asio::awaitable<core::Result<core::DecisionAnswer>> decide(
      core::OperatorDecision decision) = 0;
};

}  // namespace ports
