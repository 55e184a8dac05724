// A camera that stands still against a truck that does.
#include "drivers/reader/earlier_frames.hpp"

#include <gtest/gtest.h>

#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using world::Condition;

core::SteadyTime at(core::Milliseconds span) { return core::SteadyTime(span); }

std::optional<PictureFault> again(EarlierFrames& frames, const std::string& encoded,
                                  core::Milliseconds when) {
  return frames.again("rear", pixels_of(encoded), at(when));
}

class EarlierFramesTest : public testing::Test {
 protected:
  EarlierFrames frames_;
  cv::Mat truck_ = shot_of(3, world::View::rear, Condition::clean);
  cv::Mat night_ = shot_of(4, world::View::side, Condition::night);
};

TEST_F(EarlierFramesTest, KnowAFrameThatComesAgainUnderAnotherTime) {
  int when = 0;
  for (const cv::Mat& frame : {with_noise(truck_, 1.5, 1), with_noise(night_, 1.5, 1)}) {
    EXPECT_FALSE(again(frames_, saved(with_time(frame, "10:22:31"), 85), seconds(++when * 60)));
    const auto found = again(frames_, saved(with_time(frame, "10:23:46"), 85), seconds(++when * 60));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, core::ViewFaultKind::frozen);
    EXPECT_NE(found->what.find("60 s before"), std::string::npos) << found->what;
  }
}

TEST_F(EarlierFramesTest, KnowAFrameThatWasSavedAnewAtAnyQuality) {
  const std::string first = saved(with_noise(truck_, 1.5, 1), 88);
  EXPECT_FALSE(again(frames_, first, seconds(1)));
  for (const int quality : {95, 88, 80, 71, 60, 45}) {
    const cv::Mat played = with_time(pixels_of(first), "10:23:46");
    EXPECT_TRUE(again(frames_, saved(played, quality), seconds(60))) << "quality " << quality;
  }
}

TEST_F(EarlierFramesTest, DoNotTakeTwoPicturesOfAStandingTruckForOne) {
  std::uint64_t seed = 0;
  for (const double noise : {1., 1.5, 3.})
    for (const int quality : {92, 80, 60})
      for (const cv::Mat& scene : {truck_, night_})
        for (int look = 0; look < 3; ++look) {
          ++seed;
          EXPECT_FALSE(again(frames_, saved(with_noise(scene, noise, seed), quality), seconds(seed * 20)))
              << "noise " << noise << ", quality " << quality;
        }
}

TEST_F(EarlierFramesTest, TakeEveryPictureOfTheSimulatedCamerasForANewOne) {
  const std::string view = truck_jpeg(look_of(6, world::View::side, Condition::clean));
  for (int look = 1; look < 9; ++look)
    EXPECT_FALSE(
        again(frames_, world::a_moment_later(view, static_cast<std::uint64_t>(look)), seconds(20 * look)));
}

TEST_F(EarlierFramesTest, TakeAFrameForOneThatSeveralAskedForWithinSeconds) {
  const std::string one = saved(truck_, 85);
  EXPECT_FALSE(again(frames_, one, seconds(100)));
  EXPECT_FALSE(again(frames_, one, seconds(100)));
  EXPECT_FALSE(again(frames_, one, seconds(100) + EarlierFrames::apart - milliseconds(1)));
  EXPECT_TRUE(again(frames_, one, seconds(100) + EarlierFrames::apart)) << "counted from the first time";
}

TEST_F(EarlierFramesTest, KnowAFrameBehindThoseOfOtherLanesCamerasOfTheSameName) {
  const std::string ours = saved(truck_, 85);
  EXPECT_FALSE(again(frames_, ours, seconds(1)));
  for (std::uint64_t lane = 0; lane < 63; ++lane)
    EXPECT_FALSE(again(frames_, saved(with_noise(night_, 2, lane), 85), seconds(1)));
  EXPECT_TRUE(again(frames_, ours, seconds(16)));
  EXPECT_FALSE(frames_.again("front", pixels_of(ours), at(seconds(16)))) << "another camera";
}

TEST_F(EarlierFramesTest, KeepNoMoreThanTheyPromise) {
  const cv::Mat small = truck_(cv::Rect(400, 200, 256, 256)).clone();
  EXPECT_FALSE(frames_.again("rear", small, at(seconds(1))));
  for (std::size_t i = 0; i < EarlierFrames::most; ++i)
    ASSERT_FALSE(frames_.again("rear", with_noise(small, 20, i + 1), at(seconds(2))));
  EXPECT_FALSE(frames_.again("rear", small, at(seconds(60))));
}

TEST_F(EarlierFramesTest, DoNotForgetACameraThatStandsStillWhileOthersGoOn) {
  const cv::Mat small = truck_(cv::Rect(400, 200, 256, 256)).clone();
  EXPECT_FALSE(frames_.again("rear", small, at(seconds(1))));
  std::uint64_t seed = 0;
  for (int truck = 1; truck < 5; ++truck) {
    for (std::size_t i = 0; i < EarlierFrames::most / 2; ++i)
      ASSERT_FALSE(frames_.again("rear", with_noise(small, 20, ++seed), at(seconds(60 * truck))));
    EXPECT_TRUE(frames_.again("rear", small, at(seconds(60 * truck)))) << "truck " << truck;
  }
}

TEST_F(EarlierFramesTest, SayNothingWhereNothingCanBeSeen) {
  for (const cv::Size size : {cv::Size(1280, 720), cv::Size(16, 16), cv::Size(8, 2000)})
    for (const int level : {0, 128, 255}) {
      const cv::Mat plain(size, CV_8U, cv::Scalar(level));
      EXPECT_FALSE(frames_.again("rear", plain, at(seconds(1))));
      EXPECT_FALSE(frames_.again("rear", plain, at(seconds(60))));
    }
}

}  // namespace
}  // namespace reader
