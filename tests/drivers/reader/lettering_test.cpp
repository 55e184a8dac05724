// How lettering stands in a picture, on drawn sheets.
#include "drivers/reader/lettering.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace reader {
namespace {

constexpr int first_row = 100, capital = 24;

/// Letters of that height on a sheet that goes on `above` and `below` them, in capitals.
cv::Mat sheet(double above, double below, int ink, int ground) {
  cv::Mat picture(300, 400, CV_8U, cv::Scalar(110));
  const int high = static_cast<int>(capital * (1 + above + below));
  cv::rectangle(picture, {100, first_row - static_cast<int>(capital * above), 200, high}, ground, cv::FILLED);
  for (int i = 0; i < 7; ++i) {
    const cv::Rect letter(112 + 26 * i, first_row, 16, capital);
    cv::rectangle(picture, letter, ink, 4);
  }
  return picture;
}

const Line lettered{{200, first_row + capital / 2.F}, {1, 0}, 190, capital, false, 1, 0.9F};

TEST(Lettering, IsFollowedByItsSheetAsFarAsThatGoes) {
  for (const auto& [above, below] : {std::pair(0.25, 0.25), {0.3, 1.0}, {1.2, 0.4}}) {
    const Margins margins = margins_of(sheet(above, below, 30, 220), lettered);
    EXPECT_NEAR(margins.above, above, 0.2) << above << " " << below;
    EXPECT_NEAR(margins.below, below, 0.2) << above << " " << below;
  }
}

TEST(Lettering, HasNoKnownEndOfItsSheetWhereItIsTheLighter) {
  const Margins margins = margins_of(sheet(0.25, 0.25, 230, 60), lettered);
  EXPECT_FLOAT_EQ(margins.above, 1.5F);
  EXPECT_FLOAT_EQ(margins.below, 1.5F);
}

TEST(Lettering, AtAPicturesEdgeIsMeasuredToo) {
  for (const float y : {-40.F, 0.F, 299.F, 400.F}) {
    Line outside = lettered;
    outside.middle.y = y;
    const Margins margins = margins_of(sheet(0.25, 0.25, 30, 220), outside);
    EXPECT_GE(margins.above, 0);
    EXPECT_LE(margins.below, 1.5F);
  }
}

}  // namespace
}  // namespace reader
