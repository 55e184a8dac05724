#include "drivers/sim/camera.hpp"

#include <utility>

namespace sim {

Camera::Camera(std::string name, ports::Clock& clock)
    : name_(std::move(name)),
      clock_(clock),
      scene_(core::fail(core::Fault::broken, "camera " + name_ + ": nothing to see")) {}

boost::asio::awaitable<core::Result<ports::Picture>> Camera::capture() {
  ++captures_;
  auto scene = scene_;
  if (!once_.empty()) {
    scene = std::move(once_.front());
    once_.pop_front();
  }
  co_await clock_.until(clock_.now().steady + exposure_);
  if (!scene) co_return tl::unexpected(scene.error());
  co_return ports::Picture{.camera = name_, .encoded = std::move(*scene), .captured = clock_.now()};
}

void Camera::look_at(core::Result<std::string> scene) { scene_ = std::move(scene); }

void Camera::look_once_at(core::Result<std::string> scene) { once_.push_back(std::move(scene)); }

void Camera::take(core::Milliseconds exposure) { exposure_ = exposure; }

}  // namespace sim
