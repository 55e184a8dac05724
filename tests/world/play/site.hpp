// The devices of every lane of a configuration, where that configuration looks for them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "tests/world/day.hpp"
#include "tests/world/devices/camera_server.hpp"
#include "tests/world/devices/io_module.hpp"
#include "tests/world/devices/reader_server.hpp"
#include "tests/world/play/scenery.hpp"

namespace world {

struct SiteLane {
  config::Lane config;
  std::unique_ptr<IoModule> barrier;
  std::unique_ptr<ReaderServer> reader;
};

/// Serves from construction on. Throws std::runtime_error naming a port that is taken or a device that
/// this world has not.
class Site {
 public:
  Site(const config::Config& config, Scenery& scenery);

  /// nullptr: no such lane.
  [[nodiscard]] SiteLane* lane(const std::string& name);
  [[nodiscard]] std::vector<SiteLane>& lanes() { return lanes_; }

 private:
  std::vector<SiteLane> lanes_;
  std::vector<std::unique_ptr<CameraServer>> cameras_;
};

}  // namespace world
