// What the scripted eyes keep to, so that a lane tested with them meets what a recogniser would give it.
#include <gtest/gtest.h>

#include "drivers/sim/eyes.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "tests/contract/patience.hpp"

namespace contract {

namespace {

const std::string rear = "\xFF\xD8\xFF rear", side = "\xFF\xD8\xFF side";

core::Sighting container(const std::string& code) {
  core::Sighting sighting;
  sighting.containers.emplace_back().code = code;
  return sighting;
}

class SimulatedEyes : public testing::Test {
 protected:
  core::Result<core::Sighting> read(std::vector<std::string> pictures) {
    std::vector<ports::Picture> views;
    for (auto& picture : pictures)
      views.push_back({.camera = "rear", .encoded = std::move(picture), .captured = clock.now()});
    return run(
        io, [this] { clock.advance_to_next(io); }, eyes.read(std::move(views)));
  }

  boost::asio::io_context io;
  sim::VirtualClock clock;
  sim::Eyes eyes{clock};
};

}  // namespace

TEST_F(SimulatedEyes, SeeWhatWasSaidOfThesePictures) {
  eyes.see_in(rear, container("CSQU3054383"));
  const auto seen = read({side, rear});
  ASSERT_TRUE(seen);
  ASSERT_EQ(seen->containers.size(), 1u);
  EXPECT_EQ(seen->containers[0].code, "CSQU3054383");
}

TEST_F(SimulatedEyes, SeeNothingInAPictureOfWhichNothingWasSaid) {
  const auto seen = read({side});
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->containers.empty());
}

TEST_F(SimulatedEyes, LeaveOutWhatIsNoPictureAndFailOnlyWhenNoneIsOne) {
  eyes.see_in(rear, container("CSQU3054383"));
  EXPECT_EQ(read({"<html>", rear})->containers.size(), 1u);
  const auto none = read({"<html>", ""});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().fault, core::Fault::corrupt);
}

TEST_F(SimulatedEyes, GiveScriptedAnswersFirstInOrderAndTakeTheirTime) {
  eyes.see_next(container("MSKU9070323"));
  eyes.see_next(core::fail(core::Fault::broken, "the recogniser stopped"));
  eyes.take(std::chrono::milliseconds(700));
  const auto start = clock.now().steady;
  EXPECT_EQ(read({rear})->containers[0].code, "MSKU9070323");
  EXPECT_EQ(clock.now().steady - start, std::chrono::milliseconds(700));
  EXPECT_EQ(read({rear}).error().fault, core::Fault::broken);
  EXPECT_TRUE(read({rear})->containers.empty());
}

}  // namespace contract
