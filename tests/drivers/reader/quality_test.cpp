// Which pictures are not to be believed, and which are merely poor.
#include "drivers/reader/quality.hpp"

#include <gtest/gtest.h>

#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

using core::ViewFaultKind;
using world::Condition;

constexpr auto all_views = {world::View::front, world::View::rear, world::View::side, world::View::roof};

std::optional<PictureFault> fault(const cv::Mat& picture) { return fault_of(quality_of(picture)); }

/// Every view of three trucks, spoilt, is a fault of one of these kinds.
template <class Spoil>
void expect_named(const std::vector<ViewFaultKind>& kinds, Spoil spoil) {
  for (const world::View view : all_views) {
    for (std::uint64_t seed = 21; seed < 24; ++seed) {
      const auto found = fault(through(shot_of(seed, view, Condition::clean), spoil));
      ASSERT_TRUE(found) << "view " << static_cast<int>(view) << " of truck " << seed;
      EXPECT_NE(std::find(kinds.begin(), kinds.end(), found->kind), kinds.end()) << found->what;
    }
  }
}

TEST(Quality, OfAnyOrdinaryTruckIsGoodEnoughByDayAndNightDirtyAndInMotion) {
  for (const Condition condition :
       {Condition::clean, Condition::dirty, Condition::night, Condition::blurred}) {
    for (const world::View view : all_views) {
      for (std::uint64_t seed = 1; seed < 6; ++seed) {
        const auto found = fault(shot_of(seed, view, condition));
        EXPECT_FALSE(found) << "view " << static_cast<int>(view) << " of truck " << seed << ", condition "
                            << static_cast<int>(condition) << ": " << found->what;
      }
    }
  }
}

TEST(Quality, OfAPictureOnWhichNobodyCanReadAnythingIsAFault) {
  for (const world::View view : all_views)
    for (std::uint64_t seed = 1; seed < 6; ++seed)
      EXPECT_TRUE(fault(shot_of(seed, view, Condition::unreadable))) << "truck " << seed;
}

TEST(Quality, OfALensOutOfFocusIsAFaultAndASlightlySoftOneIsNot) {
  expect_named({ViewFaultKind::defocused},
               [](const cv::Mat& from, cv::Mat& to) { cv::GaussianBlur(from, to, {}, 20); });
  const cv::Mat clear = shot_of(21, world::View::rear, Condition::clean);
  EXPECT_FALSE(
      fault(through(clear, [](const cv::Mat& from, cv::Mat& to) { cv::GaussianBlur(from, to, {}, 3); })));
}

TEST(Quality, OfACoveredLensIsAFaultByDayAndByNight) {
  const auto cloth = [](double light) {
    return [light](const cv::Mat& from, cv::Mat& to) {
      to.create(from.size(), CV_8U);
      for (int x = 0; x < to.cols; ++x)
        to.col(x).setTo(light * (1 + 0.3 * x / to.cols));  // lit from one side
    };
  };
  expect_named({ViewFaultKind::covered}, cloth(120));
  expect_named({ViewFaultKind::under_exposed}, cloth(3));
}

TEST(Quality, OfTooLittleOrTooMuchLightIsAFault) {
  expect_named({ViewFaultKind::under_exposed},
               [](const cv::Mat& from, cv::Mat& to) { from.convertTo(to, CV_8U, 0.03); });
  expect_named({ViewFaultKind::over_exposed},
               [](const cv::Mat& from, cv::Mat& to) { from.convertTo(to, CV_8U, 12, 100); });
}

TEST(Quality, OfATruckInTheDarkIsGoodEnoughWhileItsLetteringStandsOut) {
  const auto dim = [](const cv::Mat& from, cv::Mat& to) { from.convertTo(to, CV_8U, 0.08); };
  for (const world::View view : all_views) {
    const auto found = fault(through(shot_of(21, view, Condition::clean), dim));
    EXPECT_FALSE(found) << found->what;
  }
}

/// An infrared camera that shows the plate and nothing else is at its best.
TEST(Quality, OfAPlateOnBlackIsGoodEnough) {
  cv::Mat picture(720, 1280, CV_8U, cv::Scalar(3));
  cv::rectangle(picture, {500, 400, 180, 40}, cv::Scalar(210), cv::FILLED);
  cv::putText(picture, "1ABC123", {510, 432}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar(20), 3);
  EXPECT_FALSE(fault(pixels_of(saved(with_noise(picture, 2, 1), 85))));
}

TEST(Quality, OfAPictureOfAnySizeIsTold) {
  for (const cv::Size size : {cv::Size(16, 16), cv::Size(17, 400), cv::Size(1, 1), cv::Size(3000, 20)}) {
    const cv::Mat plain(size, CV_8U, cv::Scalar(128));
    const auto found = fault(plain);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, ViewFaultKind::covered);
    EXPECT_NE(found->what.find("128"), std::string::npos) << found->what;
  }
}

}  // namespace
}  // namespace reader
