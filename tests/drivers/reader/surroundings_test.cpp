// A gate's camera looks at its posts and at trucks; then it is turned, or somebody holds a picture before it.
#include "drivers/reader/surroundings.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

using std::chrono::seconds;
using world::Condition;
using world::View;

/// Trucks come and go in the middle; what is round it belongs to the gate.
constexpr double middle = 0.6;

cv::Mat at_gate(const cv::Mat& gate, const cv::Mat& truck) {
  cv::Mat picture = gate.clone(), smaller;
  cv::resize(truck, smaller, {}, middle, middle, cv::INTER_AREA);
  smaller.copyTo(picture(
      cv::Rect((gate.cols - smaller.cols) / 2, (gate.rows - smaller.rows) / 2, smaller.cols, smaller.rows)));
  return picture;
}

class SurroundingsTest : public testing::Test {
 protected:
  std::optional<PictureFault> look(const cv::Mat& picture, core::Milliseconds later = seconds(90)) {
    now_ += later;
    ++moment_;
    return surroundings_.missed("in-1/rear", with_noise(picture, 1.5, moment_), now_);
  }

  cv::Mat truck(std::uint64_t seed) const {
    return at_gate(gate_, shot_of(seed, View::rear, conditions(seed)));
  }

  static Condition conditions(std::uint64_t seed) {
    return std::array{Condition::clean, Condition::dirty, Condition::rain, Condition::blurred}[seed % 4];
  }

  void learn() {
    for (std::uint64_t seed = 1; seed <= Surroundings::lessons; ++seed) {
      if (trucks_.size() < 12) trucks_.push_back(truck(seed));
      ASSERT_FALSE(look(trucks_[seed % trucks_.size()])) << "truck " << seed;
    }
  }

  Surroundings surroundings_;
  cv::Mat gate_ = shot_of(78, View::side, Condition::clean);
  std::vector<cv::Mat> trucks_;
  core::SteadyTime now_{};
  std::uint64_t moment_ = 0;
};

TEST_F(SurroundingsTest, TrucksBeforeTheSameGateAreNotStrangeInAnyLight) {
  learn();
  for (std::uint64_t seed = 21; seed <= 28; ++seed) {
    const cv::Mat picture = truck(seed);
    EXPECT_FALSE(look(picture));
    EXPECT_FALSE(look(picture * 0.4)) << "dusk";
    EXPECT_FALSE(look(picture * 0.6 + cv::Scalar(90))) << "haze";
    EXPECT_FALSE(look(cv::Mat(picture.size(), picture.type(), cv::Scalar(60)))) << "nothing to be seen";
  }
}

TEST_F(SurroundingsTest, AMastThatSwaysIsNotStrangeAndATurnedCameraIs) {
  learn();
  const auto shifted = [](const cv::Mat& picture, double x, double y) {
    cv::Mat moved;
    const cv::Matx23d by(1, 0, x, 0, 1, y);
    cv::warpAffine(picture, moved, by, picture.size(), cv::INTER_LINEAR, cv::BORDER_REFLECT);
    return moved;
  };
  EXPECT_FALSE(look(shifted(trucks_[1], 4, -3)));
  const auto found = look(shifted(trucks_[1], 130, 40));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->kind, core::ViewFaultKind::displaced);
  EXPECT_NE(found->what.find("0 of the"), std::string::npos) << found->what;
}

TEST_F(SurroundingsTest, APictureHeldBeforeTheCameraIsStrangeHoweverOftenWithinAPass) {
  learn();
  cv::Mat held(trucks_[1].size(), trucks_[1].type(), cv::Scalar(30)), screen;
  cv::resize(trucks_[2], screen, {}, 0.8, 0.8, cv::INTER_AREA);
  screen.copyTo(held(cv::Rect(100, 90, screen.cols, screen.rows)));
  for (int i = 0; i < Surroundings::lessons / 2; ++i) EXPECT_TRUE(look(held));
  for (int i = 0; i < 2 * Surroundings::lessons; ++i)
    EXPECT_TRUE(look(held, seconds(1))) << "one truck, looked at again and again";
  EXPECT_FALSE(look(trucks_[3])) << "taken away";
}

TEST_F(SurroundingsTest, AViewThatStaysAnotherIsLearntAnew) {
  learn();
  const cv::Mat other =
      at_gate(shot_of(77, View::side, Condition::clean), shot_of(3, View::rear, Condition::clean));
  for (int i = 0; i < Surroundings::lessons; ++i) EXPECT_TRUE(look(other));
  EXPECT_FALSE(look(other));
  for (int i = 0; i < Surroundings::lessons; ++i) EXPECT_FALSE(look(other));
  EXPECT_TRUE(look(trucks_[1])) << "now the old view is the strange one";
}

TEST_F(SurroundingsTest, ADarkPictureInBetweenDoesNotPutOffThatTheViewIsLearntAnew) {
  learn();
  const cv::Mat other =
      at_gate(shot_of(77, View::side, Condition::clean), shot_of(3, View::rear, Condition::clean));
  const cv::Mat dark(other.size(), other.type(), cv::Scalar(20));
  for (int i = 0; i < Surroundings::lessons; ++i) {
    EXPECT_TRUE(look(other));
    EXPECT_FALSE(look(dark));
  }
  EXPECT_FALSE(look(other));
}

TEST_F(SurroundingsTest, AViewInWhichNothingStaysIsNeverStrange) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed)
    trucks_.push_back(shot_of(seed, View::rear, conditions(seed)));
  for (std::uint64_t i = 0; i < 3 * Surroundings::lessons; ++i)
    EXPECT_FALSE(look(trucks_[i % trucks_.size()]));
}

TEST_F(SurroundingsTest, APictureTooSmallToJudgeIsNotStrange) {
  EXPECT_FALSE(look(cv::Mat(20, 100, CV_8U, cv::Scalar(60))));
}

}  // namespace
}  // namespace reader
