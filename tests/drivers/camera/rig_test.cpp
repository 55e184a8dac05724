// The cameras of several lanes: what one lane's trouble does to the others.
#include "drivers/camera/rig.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/drivers/camera/truck.hpp"
#include "tests/world/devices/camera_server.hpp"

namespace camera {

namespace {

using world::CameraTrouble;

std::vector<config::Camera> cameras_at(const world::CameraServer& server, int count) {
  std::vector<config::Camera> all(static_cast<std::size_t>(count));
  for (config::Camera& camera : all) {
    camera.name = "rear";
    camera.kind = config::CameraKind::still;
    camera.url = server.url("lane", "rear");
    camera.timeout = std::chrono::hours(1);
    camera.max_bytes = 10'000;
  }
  return all;
}

}  // namespace

// Fails when lanes share threads: a few cameras that never answer would hold all of them.
TEST(ARig, WhoseCamerasNeverAnswerHoldsUpNoOtherLane) {
  boost::asio::io_context io;
  wallclock::WallClock clock{[] { return true; }};
  const auto scene = [](const std::string&, const std::string&) { return truck; };
  world::CameraServer dead(scene);
  dead.trouble(CameraTrouble::silent);
  const world::CameraServer sound(scene);
  Rig first(io.get_executor(), clock, cameras_at(dead, 8));
  Rig second(io.get_executor(), clock, cameras_at(sound, 2));
  int waiting = 0;
  std::vector<std::unique_ptr<boost::asio::cancellation_signal>> signals;
  for (ports::Camera* camera : first.cameras()) {
    signals.push_back(std::make_unique<boost::asio::cancellation_signal>());
    ++waiting;
    co_spawn(io, camera->capture(),
             bind_cancellation_slot(signals.back()->slot(),
                                    [&waiting](std::exception_ptr, const auto&) { --waiting; }));
  }
  contract::turn_until(contract::real_turn(io), [&dead] { return dead.requests() >= 4; });
  for (ports::Camera* camera : second.cameras())
    EXPECT_TRUE(contract::run(io, contract::real_turn(io), camera->capture()));
  EXPECT_EQ(waiting, 8);
  for (const auto& signal : signals) signal->emit(boost::asio::cancellation_type::terminal);
  contract::turn_until(contract::real_turn(io), [&waiting] { return waiting == 0; });
}

TEST(ARig, GivesWithEachPictureHowItsCameraIsToBeLookedAt) {
  boost::asio::io_context io;
  wallclock::WallClock clock{[] { return true; }};
  const world::CameraServer sound([](const std::string&, const std::string&) { return truck; });
  auto cameras = cameras_at(sound, 2);
  cameras[1].framing = {{0.5, 0, 0.5, 1}, core::Capitals{14, 60}};
  Rig rig(io.get_executor(), clock, cameras);
  std::vector<core::Framing> framings;
  for (ports::Camera* camera : rig.cameras()) {
    const auto picture = contract::run(io, contract::real_turn(io), camera->capture());
    ASSERT_TRUE(picture);
    framings.push_back(picture->framing);
  }
  EXPECT_EQ(framings[0].region, core::Region{});
  EXPECT_EQ(framings[0].capitals, std::nullopt);
  EXPECT_EQ(framings[1].region, (core::Region{0.5, 0, 0.5, 1}));
  EXPECT_EQ(framings[1].capitals, (core::Capitals{14, 60}));
}

TEST(ARig, OfManyCamerasGivesAPictureOfEach) {
  boost::asio::io_context io;
  wallclock::WallClock clock{[] { return true; }};
  const world::CameraServer sound([](const std::string&, const std::string&) { return truck; });
  Rig rig(io.get_executor(), clock, cameras_at(sound, 12));
  EXPECT_EQ(rig.cameras().size(), 12u);
  for (ports::Camera* camera : rig.cameras())
    EXPECT_TRUE(contract::run(io, contract::real_turn(io), camera->capture()));
}
}  // namespace camera
