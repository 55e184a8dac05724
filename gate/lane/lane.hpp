// One lane: awaits an event, lets the core decide, and carries out what it says, in order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "gate/core/advance.hpp"
#include "gate/core/policy.hpp"
#include "gate/ports/barrier.hpp"
#include "gate/ports/camera.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/desk.hpp"
#include "gate/ports/eyes.hpp"
#include "gate/ports/identity_reader.hpp"
#include "gate/ports/journal.hpp"
#include "gate/ports/records.hpp"

namespace lane {

/// What one lane is made of. Everything referred to outlives the lane and its executor's work.
struct Parts {
  std::string name;
  core::Direction direction = core::Direction::entry;
  core::LaneTimers timers;
  core::Policy policy;
  ports::Barrier& barrier;
  std::vector<ports::Camera*> cameras;
  ports::IdentityReader& reader;
  ports::Eyes& eyes;
  ports::Records& records;
  ports::Journal& journal;
  ports::Board& board;
  ports::Clock& clock;
  std::function<std::string()> new_id;  // a fresh ULID at each call, on the lane's executor
};

/// Lives on one single-threaded executor; `decide`, `stop` and `last_progress` may be called from anywhere.
class Lane {
 public:
  /// How often an idle lane beats. Nothing waits for it.
  static constexpr core::Milliseconds beat = std::chrono::seconds(1);

  Lane(boost::asio::any_io_executor executor, Parts parts);
  ~Lane();

  /// Runs the lane until `stop`. On the lane's executor, once.
  boost::asio::awaitable<void> run();

  /// As ports::Desk::decide, for this lane.
  boost::asio::awaitable<core::Result<core::DecisionAnswer>> decide(core::OperatorDecision decision);

  /// No new grants, red, the passage closed as interrupted. Returns when that is written and shown, or
  /// after `patience`.
  boost::asio::awaitable<void> stop(core::Milliseconds patience = std::chrono::seconds(3));

  [[nodiscard]] const std::string& name() const;

  /// When the lane last handled an event or beat.
  [[nodiscard]] core::SteadyTime last_progress() const;

 private:
  class Body;
  std::shared_ptr<Body> body_;
};

/// Routes operators' decisions to the lanes.
class Desk final : public ports::Desk {
 public:
  explicit Desk(std::vector<Lane*> lanes);
  boost::asio::awaitable<core::Result<core::DecisionAnswer>> decide(core::OperatorDecision decision) override;

 private:
  std::vector<Lane*> lanes_;
};

}  // namespace lane
