// The one place where time comes from. Tests step it by hand.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gate/core/moment.hpp"

namespace ports {

struct Clock {
  virtual ~Clock() = default;

  [[nodiscard]] virtual core::Moment now() const = 0;

  /// Completes at or after `when`; completes early, with operation_aborted thrown, when cancelled.
  virtual boost::asio::awaitable<void> until(core::SteadyTime when) = 0;
};

}  // namespace ports
