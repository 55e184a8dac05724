#include "tests/world/play/site.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>

namespace world {
namespace {

constexpr auto arm_travel = std::chrono::milliseconds(900);

/// Port of "http://127.0.0.1:18081/in-1/front.jpg", whose path must be what this world's cameras serve.
int port_of(const config::Lane& lane, const config::Camera& camera) {
  const std::string where = "lane " + lane.name + ", camera " + camera.name + ": ";
  const std::string path =
      "/" + lane.name + "/" + camera.name + (camera.kind == config::CameraKind::mjpeg ? ".mjpg" : ".jpg");
  const std::string start = "http://127.0.0.1:";
  int port = 0;
  if (camera.url.starts_with(start)) {
    const char* end = camera.url.data() + camera.url.size();
    const auto [rest, error] = std::from_chars(camera.url.data() + start.size(), end, port);
    if (error == std::errc{} && std::string(rest, end) == path) return port;
  }
  throw std::runtime_error(where + "\"" + camera.url + "\" is none of this world's: http://127.0.0.1:PORT" +
                           path);
}

template <class Device, class... Arguments>
std::unique_ptr<Device> at(const std::string& what, int port, Arguments... arguments) {
  try {
    return std::make_unique<Device>(std::move(arguments)..., port);
  } catch (const std::exception& error) {
    throw std::runtime_error("port " + std::to_string(port) + " (" + what + "): " + error.what());
  }
}

}  // namespace

Site::Site(const config::Config& config, Scenery& scenery) {
  std::set<int> camera_ports;
  for (const config::Lane& lane : config.lanes) {
    lanes_.push_back({lane, at<IoModule>("I/O module of " + lane.name, lane.barrier.module.port, arm_travel),
                      at<ReaderServer>("badge reader of " + lane.name, lane.reader.line.port)});
    for (const config::Camera& camera : lane.cameras) {
      if (camera.kind != config::CameraKind::folder) camera_ports.insert(port_of(lane, camera));
    }
  }
  const Scene scene = [&scenery](const std::string& lane, const std::string& camera) {
    return std::optional(scenery.picture(lane, camera));
  };
  for (const int port : camera_ports) cameras_.push_back(at<CameraServer>("cameras", port, scene));
}

SiteLane* Site::lane(const std::string& name) {
  const auto found = std::find_if(lanes_.begin(), lanes_.end(),
                                  [&name](const SiteLane& lane) { return lane.config.name == name; });
  return found == lanes_.end() ? nullptr : &*found;
}

}  // namespace world
