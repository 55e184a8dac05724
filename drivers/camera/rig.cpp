#include "drivers/camera/rig.hpp"

#include <algorithm>

namespace camera {

Rig::Rig(const boost::asio::any_io_executor& executor, ports::Clock& clock,
         const std::vector<config::Camera>& cameras)
    : pool_(static_cast<std::size_t>(std::clamp(static_cast<int>(cameras.size()), 1, most_threads))) {
  for (const config::Camera& camera : cameras)
    cameras_.push_back(std::make_unique<Camera>(executor, pool_, clock, camera));
}

std::vector<ports::Camera*> Rig::cameras() const {
  std::vector<ports::Camera*> all;
  for (const auto& camera : cameras_) all.push_back(camera.get());
  return all;
}

}  // namespace camera
