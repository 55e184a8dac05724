// Network cameras that misbehave. Each test names the mistake that makes it fail.
#include <optional>
#include <string>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>

#include "drivers/camera/camera.hpp"
#include "drivers/camera/fetch.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/drivers/camera/truck.hpp"
#include "tests/world/devices/camera_server.hpp"

namespace camera {

namespace {

using core::Fault;
using std::chrono::milliseconds;
using world::CameraTrouble;

class NetworkCamera : public testing::TestWithParam<bool> {
 protected:
  [[nodiscard]] config::Camera config(milliseconds timeout = std::chrono::seconds(10)) const {
    config::Camera config;
    config.name = "rear";
    config.kind = GetParam() ? config::CameraKind::mjpeg : config::CameraKind::still;
    config.url = server.url("lane-1", "rear", GetParam());
    config.timeout = timeout;
    config.max_bytes = 10'000;
    return config;
  }

  core::Result<ports::Picture> capture(const config::Camera& config) {
    Camera camera(io.get_executor(), pool, clock, config);
    return contract::run(io, contract::real_turn(io), camera.capture());
  }

  core::Error fault(CameraTrouble trouble, milliseconds timeout = std::chrono::seconds(10)) {
    server.trouble(trouble);
    const auto picture = capture(config(timeout));
    return picture ? core::Error{Fault::not_found, "a picture came"} : picture.error();
  }

  boost::asio::io_context io;
  wallclock::WallClock clock{[] { return true; }};
  world::CameraServer server{[](const std::string&, const std::string&) { return truck; }};
  boost::asio::thread_pool pool{2};
};

}  // namespace

// Fails when an answer that never begins has no time-out.
TEST_P(NetworkCamera, ThatNeverAnswersTimesOut) {
  const auto error = fault(CameraTrouble::silent, milliseconds(300));
  EXPECT_EQ(error.fault, Fault::timeout);
  EXPECT_NE(error.what.find("300 ms"), std::string::npos) << error.what;
}

// Fails when half a picture counts as one, or when the transfer waits for the rest for ever.
TEST_P(NetworkCamera, ThatStallsInTheMiddleOfAPictureTimesOut) {
  EXPECT_EQ(fault(CameraTrouble::stall, milliseconds(300)).fault, Fault::timeout);
}

// Fails without CURLOPT_TIMEOUT_MS: something arrives all the time, and the picture never ends.
TEST_P(NetworkCamera, ThatSendsAPictureDropByDropTimesOut) {
  EXPECT_EQ(fault(CameraTrouble::drip, milliseconds(300)).fault, Fault::timeout);
}

// Fails when a body shorter than its length is taken for a picture.
TEST_P(NetworkCamera, ThatHangsUpInTheMiddleOfAPictureIsCorrupt) {
  EXPECT_EQ(fault(CameraTrouble::cut).fault, Fault::corrupt);
}

// Fails when the bytes are collected without a bound.
TEST_P(NetworkCamera, ThatSendsAPictureWithoutEndIsCorrupt) {
  const auto error = fault(CameraTrouble::huge);
  EXPECT_EQ(error.fault, Fault::corrupt);
  EXPECT_NE(error.what.find("10000 bytes"), std::string::npos) << error.what;
}

// Fails when a sign-in page with status 200 is handed to the recogniser.
TEST_P(NetworkCamera, ThatAnswersWithAWebPageIsCorrupt) {
  EXPECT_EQ(fault(CameraTrouble::no_picture).fault, Fault::corrupt);
}

TEST_P(NetworkCamera, ThatAnswersWithAnErrorIsBrokenAndTheStatusIsNamed) {
  const auto error = fault(CameraTrouble::http_error);
  EXPECT_EQ(error.fault, Fault::broken);
  EXPECT_NE(error.what.find("503"), std::string::npos) << error.what;
}

// Fails with CURLOPT_FOLLOWLOCATION: the picture of another host would count as this lane's.
TEST_P(NetworkCamera, ThatPointsElsewhereIsNotFollowed) {
  const auto error = fault(CameraTrouble::redirect);
  EXPECT_EQ(error.fault, Fault::broken);
  EXPECT_NE(error.what.find("302"), std::string::npos) << error.what;
}

TEST_P(NetworkCamera, ThatIsNotThereIsBroken) {
  auto nobody = config();
  {
    const world::CameraServer gone([](const std::string&, const std::string&) { return truck; });
    nobody.url = gone.url("lane-1", "rear", GetParam());
  }
  EXPECT_EQ(capture(nobody).error().fault, Fault::broken);
}

// Fails without CURLOPT_PROTOCOLS_STR: a configuration could make the appliance read its own files.
TEST_P(NetworkCamera, IsSpokenToByHttpOnly) {
  auto file = config();
  file.url = "file:///etc/hostname";
  const auto picture = capture(file);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().fault, Fault::broken);
  EXPECT_NE(picture.error().what.find("http"), std::string::npos) << picture.error().what;
}

TEST_P(NetworkCamera, IsGivenUserAndPasswordFromTheUrlByDigest) {
  server.require("viewer", "s3cret");
  auto known = config();
  known.url.insert(std::string("http://").size(), "viewer:s3cret@");
  const auto picture = capture(known);
  ASSERT_TRUE(picture) << picture.error().what;
  EXPECT_EQ(picture->encoded, truck);
}

// Fails when an error text quotes the URL as it is configured.
TEST_P(NetworkCamera, NeverShowsUserPasswordOrQueryInAnErrorText) {
  server.require("viewer", "s3cret");
  auto wrong = config();
  wrong.url.insert(std::string("http://").size(), "viewer:wr0ng@");
  wrong.url += "?token=t0ken";
  const auto picture = capture(wrong);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().fault, Fault::broken);
  EXPECT_NE(picture.error().what.find("401"), std::string::npos) << picture.error().what;
  for (const auto* secret : {"viewer", "wr0ng", "t0ken"}) {
    EXPECT_EQ(picture.error().what.find(secret), std::string::npos) << picture.error().what;
  }
  EXPECT_EQ(without_secrets("http://u:p@[bad"), "camera URL");
}

// Fails when a cancelled capture waits for its thread: a lane would stand still for the camera's time-out.
TEST_P(NetworkCamera, ACancelledCaptureEndsAtOnceAndGivesItsThreadBack) {
  server.trouble(CameraTrouble::silent);
  std::optional<std::exception_ptr> ended;
  boost::asio::cancellation_signal signal;
  Camera camera(io.get_executor(), pool, clock, config(std::chrono::hours(1)));
  co_spawn(io, camera.capture(),
           bind_cancellation_slot(signal.slot(),
                                  [&ended](std::exception_ptr error, const auto&) { ended = error; }));
  contract::turn_until(contract::real_turn(io), [this] { return server.requests() == 1; });
  signal.emit(boost::asio::cancellation_type::terminal);
  contract::turn_until(contract::real_turn(io), [&ended] { return ended.has_value(); });
  EXPECT_TRUE(*ended);
  pool.join();  // returns long before the hour is over
}

INSTANTIATE_TEST_SUITE_P(Still, NetworkCamera, testing::Values(false));
INSTANTIATE_TEST_SUITE_P(Mjpeg, NetworkCamera, testing::Values(true));

}  // namespace camera
