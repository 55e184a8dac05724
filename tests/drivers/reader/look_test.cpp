// One picture is looked at no more closely than it takes.
#include "drivers/reader/look.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "drivers/reader/codes.hpp"
#include "drivers/reader/picture.hpp"
#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

using world::Condition;

class Looking : public testing::Test {
 protected:
  void SetUp() override {
    auto detector = Detector::load(models());
    auto reader = LineReader::load(models());
    ASSERT_TRUE(detector && reader);
    nets_ = std::make_unique<Nets>(Nets{std::move(*detector), std::move(*reader)});
  }

  /// The picture seen from further away: it fills `share` of a larger one.
  static cv::Mat from_afar(const world::TruckLook& look, double share) {
    const cv::Mat near = decode(truck_jpeg(look)).value();
    cv::Mat small, far(near.size(), CV_8U, cv::mean(near));
    cv::resize(near, small, {}, share, share, cv::INTER_AREA);
    small.copyTo(
        far(cv::Rect((far.cols - small.cols) / 2, (far.rows - small.rows) / 2, small.cols, small.rows)));
    cv::resize(far, far, {1920, 1080}, 0, 0, cv::INTER_CUBIC);
    return far;
  }

  std::string code_of(View view) const {
    const auto codes = read_codes({std::move(view)});
    return codes.empty() ? "" : codes[0].code;
  }

  std::unique_ptr<Nets> nets_;
};

TEST_F(Looking, ACodeInTheOpenIsReadInPassingWithOneCutALine) {
  int read = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const world::TruckLook look = look_of(seed, world::View::rear, Condition::clean);
    const View view = Look({from_afar(look, 1)}, 0).in_passing(*nets_);
    for (const Place& place : view.places) EXPECT_EQ(place.cuts.size(), 1u);
    read += code_of(view) == look.container;
  }
  EXPECT_GE(read, 3);
}

TEST_F(Looking, SmallLetteringIsReadWhenLookedAtClosely) {
  int in_passing = 0, closely = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const world::TruckLook look = look_of(seed, world::View::rear, Condition::clean);
    Look far({from_afar(look, 0.36)}, 0);
    in_passing += code_of(far.in_passing(*nets_)) == look.container;
    closely += code_of(far.closely(*nets_)) == look.container;
  }
  EXPECT_GE(closely, 3);
  EXPECT_EQ(in_passing, 0) << "it was too small to be found at one size alone";
}

/// A low sun behind the truck: the camera exposes for the sky, and the doors are nearly black.
TEST_F(Looking, LetteringInDeepShadowIsReadOnceNothingElseIsSeen) {
  int closely = 0, in_shadow = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const world::TruckLook look = look_of(seed, world::View::rear, Condition::clean);
    cv::Mat dark;
    pixels_of(truck_jpeg(look)).convertTo(dark, CV_8U, 0.08, 18);
    dark.rowRange(0, 60) = 225;
    Look at({dark}, 0);
    closely += code_of(at.closely(*nets_)) == look.container;
    in_shadow += code_of(at.into_the_shadow(*nets_)) == look.container;
    const Shot shot{dark, {}};
    const auto seen = committed().value().read({&shot, 1});
    EXPECT_FALSE(seen.value().containers.empty()) << "the recogniser looks there by itself";
  }
  EXPECT_EQ(closely, 0);
  EXPECT_GE(in_shadow, 3);
}

/// Fog is no shadow.
TEST_F(Looking, APictureWithoutDeepShadowHasNoneToLookInto) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    cv::Mat light;
    shot_of(seed, world::View::side, Condition::clean).convertTo(light, CV_8U, 0.05, 75);
    light.rowRange(0, 80) = 255;
    Look at({light}, 0);
    const std::size_t closely = at.closely(*nets_).places.size();
    EXPECT_EQ(at.into_the_shadow(*nets_).places.size(), closely) << "seed " << seed;
  }
}

/// Seen from above and the side, a code's line falls, and its letters do not.
TEST(AStrip, OfAFallingLineStandsUprightWhereTheLettersDo) {
  cv::Mat bars(300, 400, CV_8U, cv::Scalar(30));
  for (int x = 0; x < bars.cols; x += 20) bars.colRange(x, x + 8) = 220;
  const Line line{{200, 150}, cv::Point2f(0.94F, 0.342F), 240, 30, false, 1, 0};
  const auto unevenness = [&](bool upright) {
    const cv::Mat strip = strip_of(bars, line, {0.15F, 0.3F, 1, upright});
    double sum = 0;
    for (int x = 0; x < strip.cols; ++x) {
      cv::Scalar mean, deviation;
      cv::meanStdDev(strip.col(x), mean, deviation);
      sum += deviation[0] / strip.cols;
    }
    return sum;
  };
  EXPECT_GT(unevenness(false), 30);
  EXPECT_LT(unevenness(true), 3);
}

}  // namespace
}  // namespace reader
