// A camera in memory: what it sees is put before it.
#pragma once

#include <deque>
#include <string>

#include "gate/ports/camera.hpp"
#include "gate/ports/clock.hpp"

namespace sim {

/// For one thread. Until something is put before it, every capture is Fault::broken.
class Camera final : public ports::Camera {
 public:
  Camera(std::string name, ports::Clock& clock);

  boost::asio::awaitable<core::Result<ports::Picture>> capture() override;

  /// Every capture from now on gives this picture (encoded bytes) or fails with this error.
  void look_at(core::Result<std::string> scene);

  /// The next capture gives this one instead, once; several are given in order.
  void look_once_at(core::Result<std::string> scene);

  /// A capture takes this long; its picture is taken at the end of it.
  void take(core::Milliseconds exposure);

  [[nodiscard]] int captures() const { return captures_; }

 private:
  std::string name_;
  ports::Clock& clock_;
  core::Result<std::string> scene_;
  std::deque<core::Result<std::string>> once_;
  core::Milliseconds exposure_{0};
  int captures_ = 0;
};

}  // namespace sim
