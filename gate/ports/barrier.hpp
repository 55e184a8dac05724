// What a lane asks of the arm, the lamps and the contacts around them.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gate/core/result.hpp"
#include "gate/core/signals.hpp"

namespace ports {

/// Commands return when the device has taken them and a read-back agrees; movement shows in `changed`.
/// Every command is harmless when repeated. A device that does not answer is Fault::timeout or broken.
struct Barrier {
  virtual ~Barrier() = default;

  virtual boost::asio::awaitable<core::Result<void>> raise() = 0;

  /// Refused while the safety loop or the photocell is on or unknown, whoever asks.
  virtual boost::asio::awaitable<core::Result<void>> lower() = 0;

  virtual boost::asio::awaitable<core::Result<void>> show(core::Lamp lamp) = 0;

  /// The levels as soon as they differ from those returned last; the first call returns at once.
  /// While the device cannot be read, every level is unknown. Never fails, never busy-loops.
  virtual boost::asio::awaitable<core::Signals> changed() = 0;
};

}  // namespace ports
