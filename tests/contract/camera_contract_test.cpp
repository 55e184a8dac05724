// What every camera keeps to: in memory, HTTP still, MJPEG, folder.
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include "drivers/camera/camera.hpp"
#include "drivers/sim/camera.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/world/devices/camera_server.hpp"

namespace contract {

namespace {

namespace fs = std::filesystem;

/// The smallest thing that passes for a JPEG file; `of` tells pictures apart.
std::string jpeg(const std::string& of) { return "\xFF\xD8\xFF\xE0" + of + "\xFF\xD9"; }

class CameraBench {
 public:
  virtual ~CameraBench() = default;
  virtual ports::Camera& camera() = 0;  // is called "rear"
  virtual ports::Clock& clock() = 0;
  virtual void look_at(const std::optional<std::string>& scene) = 0;  // nullopt: the camera is gone
  virtual Turn turn() = 0;
  core::Result<ports::Picture> capture() { return run(io, turn(), camera().capture()); }
  boost::asio::io_context io;
};

class SimulatedCamera final : public CameraBench {
 public:
  ports::Camera& camera() override { return camera_; }
  ports::Clock& clock() override { return clock_; }
  void look_at(const std::optional<std::string>& scene) override {
    scene ? camera_.look_at(*scene) : camera_.look_at(core::fail(core::Fault::broken, "gone"));
  }
  Turn turn() override {
    return [this] { clock_.advance_to_next(io); };
  }

 private:
  sim::VirtualClock clock_;
  sim::Camera camera_{"rear", clock_};
};

class Networked final : public CameraBench {
 public:
  explicit Networked(bool live) {
    config::Camera config;
    config.name = "rear";
    config.kind = live ? config::CameraKind::mjpeg : config::CameraKind::still;
    config.url = server_.url("lane-1", "rear", live);
    config.timeout = std::chrono::seconds(10);
    camera_.emplace(io.get_executor(), pool_, clock_, config);
  }
  ports::Camera& camera() override { return *camera_; }
  ports::Clock& clock() override { return clock_; }
  void look_at(const std::optional<std::string>& scene) override {
    const std::lock_guard lock(mutex_);
    scene_ = scene;
  }
  Turn turn() override { return real_turn(io); }

 private:
  std::optional<std::string> scene() {
    const std::lock_guard lock(mutex_);
    return scene_;
  }

  std::mutex mutex_;
  std::optional<std::string> scene_;
  world::CameraServer server_{[this](const std::string&, const std::string&) { return scene(); }};
  wallclock::WallClock clock_{[] { return true; }};
  boost::asio::thread_pool pool_{2};
  std::optional<camera::Camera> camera_;
};

class FromFolder final : public CameraBench {
 public:
  FromFolder() {
    std::string name = (fs::temp_directory_path() / "camera-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    config::Camera config;
    config.name = "rear";
    config.kind = config::CameraKind::folder;
    config.folder = folder_;
    camera_.emplace(io.get_executor(), pool_, clock_, config);
  }
  ~FromFolder() override { fs::remove_all(folder_); }
  ports::Camera& camera() override { return *camera_; }
  ports::Clock& clock() override { return clock_; }
  void look_at(const std::optional<std::string>& scene) override {
    fs::remove(folder_ / "picture.jpg");
    if (scene) std::ofstream(folder_ / "picture.jpg", std::ios::binary) << *scene;
  }
  Turn turn() override { return real_turn(io); }

 private:
  fs::path folder_;
  wallclock::WallClock clock_{[] { return true; }};
  boost::asio::thread_pool pool_{2};
  std::optional<camera::Camera> camera_;
};

using MakeCameraBench = std::unique_ptr<CameraBench> (*)();

std::unique_ptr<CameraBench> simulated_camera() { return std::make_unique<SimulatedCamera>(); }
std::unique_ptr<CameraBench> still() { return std::make_unique<Networked>(false); }
std::unique_ptr<CameraBench> live() { return std::make_unique<Networked>(true); }
std::unique_ptr<CameraBench> folder() { return std::make_unique<FromFolder>(); }

class CameraContract : public testing::TestWithParam<MakeCameraBench> {
 protected:
  std::unique_ptr<CameraBench> bench = GetParam()();
};

}  // namespace

TEST_P(CameraContract, APictureHasItsCamerasNameItsVeryBytesAndAMomentWithinTheCall) {
  bench->look_at(jpeg("truck"));
  const auto before = bench->clock().now();
  const auto picture = bench->capture();
  const auto after = bench->clock().now();
  ASSERT_TRUE(picture) << picture.error().what;
  EXPECT_EQ(picture->camera, "rear");
  EXPECT_EQ(picture->encoded, jpeg("truck"));
  EXPECT_GE(picture->captured.steady, before.steady);
  EXPECT_LE(picture->captured.steady, after.steady);
}

TEST_P(CameraContract, EveryCaptureLooksAnew) {
  bench->look_at(jpeg("first truck"));
  ASSERT_EQ(bench->capture()->encoded, jpeg("first truck"));
  bench->look_at(jpeg("second truck"));
  EXPECT_EQ(bench->capture()->encoded, jpeg("second truck"));
}

TEST_P(CameraContract, ACameraThatIsGoneIsBrokenUntilItIsBack) {
  bench->look_at(std::nullopt);
  const auto nothing = bench->capture();
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().fault, core::Fault::broken);
  EXPECT_FALSE(nothing.error().what.empty());
  bench->look_at(jpeg("truck"));
  EXPECT_TRUE(bench->capture());
}

TEST_P(CameraContract, TwoCapturesAtOnceBothGetTheirPicture) {
  bench->look_at(jpeg("truck"));
  auto first = co_spawn(bench->io, bench->camera().capture(), boost::asio::use_future);
  const auto second = bench->capture();
  turn_until(bench->turn(),
             [&first] { return first.wait_for(std::chrono::seconds(0)) == std::future_status::ready; });
  EXPECT_EQ(first.get()->encoded, jpeg("truck"));
  EXPECT_EQ(second->encoded, jpeg("truck"));
}

INSTANTIATE_TEST_SUITE_P(InMemory, CameraContract, testing::Values(&simulated_camera));
INSTANTIATE_TEST_SUITE_P(HttpStill, CameraContract, testing::Values(&still));
INSTANTIATE_TEST_SUITE_P(Mjpeg, CameraContract, testing::Values(&live));
INSTANTIATE_TEST_SUITE_P(Folder, CameraContract, testing::Values(&folder));

}  // namespace contract
