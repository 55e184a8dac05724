// One lane's cameras, with threads of their own.
#pragma once

#include <memory>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include "drivers/camera/camera.hpp"

namespace camera {

/// A thread for each camera, eight at most: cameras that do not answer hold up nobody but their own lane.
/// Executor and clock outlive it. Its captures must have ended, or been cancelled, before it is destroyed,
/// which then takes a second at most.
class Rig {
 public:
  static constexpr int most_threads = 8;

  Rig(const boost::asio::any_io_executor& executor, ports::Clock& clock,
      const std::vector<config::Camera>& cameras);

  /// In the order of the configuration; valid as long as this.
  [[nodiscard]] std::vector<ports::Camera*> cameras() const;

 private:
  boost::asio::thread_pool pool_;
  std::vector<std::unique_ptr<Camera>> cameras_;
};

}  // namespace camera
