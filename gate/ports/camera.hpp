// What a lane asks of a camera.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "gate/core/result.hpp"
#include "gate/ports/eyes.hpp"

namespace ports {

struct Camera {
  virtual ~Camera() = default;

  /// One picture taken after this call began, as the camera encoded it, within the camera's time-out.
  /// Faults: timeout, broken (no connection, HTTP error), corrupt (no picture, or larger than allowed).
  virtual boost::asio::awaitable<core::Result<Picture>> capture() = 0;
};

}  // namespace ports
