// Network cameras (HTTP still, MJPEG) and the folder that stands in for one.
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include "config/config.hpp"
#include "drivers/camera/fetch.hpp"
#include "gate/ports/camera.hpp"
#include "gate/ports/clock.hpp"

namespace camera {

/// Fetches on a thread of `pool`; `capture` is called on `executor` (one handler at a time). Pool,
/// executor and clock outlive the camera and its captures. Captures may overlap; each opens a connection
/// of its own. `captured` is the moment at which the capture began: the picture is no older than that.
/// A cancelled capture ends at once; its thread is free again within about a second.
class Camera final : public ports::Camera {
 public:
  Camera(const boost::asio::any_io_executor& executor, boost::asio::thread_pool& pool, ports::Clock& clock,
         const config::Camera& config);

  boost::asio::awaitable<core::Result<ports::Picture>> capture() override;

 private:
  boost::asio::any_io_executor executor_;
  boost::asio::thread_pool& pool_;
  ports::Clock& clock_;
  std::string name_;
  core::Framing framing_;
  std::shared_ptr<const Fetch> fetch_;  // a running capture keeps it alive
};

}  // namespace camera
