// One lane's state: from the first detection of a truck until the lane is clear again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/evidence.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/signals.hpp"
#include "gate/core/verdict.hpp"

namespace core {

enum class State {
  idle,       // nobody; red, arm closed
  gathering,  // a vehicle stands on the presence loop: pictures, badge and TAR come in and are verified
  recording,  // a settled verdict is being made durable
  opening,    // the grant is durable and the arm was told to open; still red
  open,       // the open limit is reached: green, for this truck alone
  passing,    // the truck is under the arm; red for whoever follows
  closing,    // the passage is proven; the arm comes down once nothing is under it
  referred,   // an operator decides; red
  refused,    // red until the vehicle has backed out
  faulted,    // the barrier or its contacts cannot be trusted; red, nothing is granted
};
BOOST_DESCRIBE_ENUM(State, idle, gathering, recording, opening, open, passing, closing, referred, refused, faulted)

}  // namespace core
