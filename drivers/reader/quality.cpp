#include "drivers/reader/quality.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace reader {
namespace {

constexpr int width = 320;      // looked at: noise is averaged away, lettering's edges are not
constexpr int cells = 16;       // along the longer side
constexpr int reach = 5;        // pixels on each side within which an edge has its whole height
constexpr int stands_out = 20;  // grey levels
constexpr int stands_out_faintly = 10;
constexpr float steep = 0.25F;  // of an edge's height, risen within a pixel

constexpr double least_telling = 0.02;  // a plate on black, as infrared cameras show it, is more
constexpr double least_sharp = 0.12;
constexpr double most_burnt = 0.9;
constexpr double dark_picture = 40;  // mean grey level: below it darkness is what hides things
constexpr double light_picture = 215;

struct Slopes {
  cv::Mat height;  // grey levels between the lightest and the darkest pixel around
  cv::Mat slope;   // grey levels a pixel
};

Slopes slopes_of(const cv::Mat& small) {
  Slopes slopes;
  cv::Mat high, low, gx, gy;
  const cv::Mat around = cv::Mat::ones(2 * reach + 1, 2 * reach + 1, CV_8U);
  cv::dilate(small, high, around);
  cv::erode(small, low, around);
  slopes.height = high - low;
  const cv::Mat half = (cv::Mat_<float>(1, 3) << -0.5F, 0, 0.5F);
  cv::filter2D(small, gx, CV_32F, half);
  cv::filter2D(small, gy, CV_32F, half.t());
  cv::magnitude(gx, gy, slopes.slope);
  return slopes;
}

/// The highest of a cell's slopes when nothing but noise makes them, as seen from the middle one of all.
constexpr float noise_reach = 3;

float noise_of(const Slopes& slopes) {
  std::vector<float> all(slopes.slope.begin<float>(), slopes.slope.end<float>());
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return noise_reach * *middle;
}

/// The steepest edge of a cell, relative to its height; nothing where nothing stands out.
std::optional<float> steepest(const Slopes& slopes, int least, float noise, const cv::Rect& cell) {
  std::optional<float> best;
  for (int y = cell.y; y < cell.br().y; ++y) {
    const auto* height = slopes.height.ptr<unsigned char>(y);
    const auto* slope = slopes.slope.ptr<float>(y);
    for (int x = cell.x; x < cell.br().x; ++x)
      if (height[x] >= least)
        best = std::max(best.value_or(0), (slope[x] - noise) / static_cast<float>(height[x]));
  }
  return best;
}

void judge(const Slopes& slopes, int least, float noise, int side, Quality& quality) {
  const cv::Rect all({}, slopes.slope.size());
  int count = 0, telling = 0, sharp = 0;
  for (int y = 0; y < all.height; y += side)
    for (int x = 0; x < all.width; x += side) {
      const auto edge = steepest(slopes, least, noise, cv::Rect(x, y, side, side) & all);
      ++count;
      if (edge) ++telling;
      if (edge && *edge >= steep) ++sharp;
    }
  quality.telling = count > 0 ? static_cast<double>(telling) / count : 0;
  quality.sharp = telling > 0 ? static_cast<double>(sharp) / telling : 0;
}

std::string whole(double value) { return std::to_string(std::lround(value)); }
std::string percent(double share) { return whole(share * 100) + " %"; }

cv::Mat reduced(const cv::Mat& grey) {
  const int longer = std::max(grey.cols, grey.rows);
  if (longer <= width) return grey;
  cv::Mat small;
  const double scale = static_cast<double>(width) / longer;
  cv::resize(
      grey, small,
      {std::max(1, static_cast<int>(grey.cols * scale)), std::max(1, static_cast<int>(grey.rows * scale))}, 0,
      0, cv::INTER_AREA);
  return small;
}

}  // namespace

Quality quality_of(const cv::Mat& grey) {
  const cv::Mat whole = reduced(grey);
  const int band = whole.rows / 10;
  const cv::Mat small = whole.rowRange(band, whole.rows - band);
  Quality quality;
  const auto all = static_cast<double>(small.total());
  quality.level = cv::mean(small)[0];
  quality.dark = cv::countNonZero(small < dark_level) / all;
  quality.burnt = cv::countNonZero(small >= burnt_level) / all;
  const Slopes slopes = slopes_of(small);
  const int side = std::max(1, std::max(whole.cols, whole.rows) / cells);
  judge(slopes, stands_out, 0, side, quality);
  // In the dark lettering may be told by less; then noise must not be taken for its edges.
  if (quality.telling < least_telling && quality.level < dark_picture)
    judge(slopes, stands_out_faintly, noise_of(slopes), side, quality);
  return quality;
}

std::optional<PictureFault> fault_of(const Quality& quality) {
  using enum core::ViewFaultKind;
  const auto below = [](int level) { return " of the picture below grey level " + std::to_string(level); };
  if (quality.burnt > most_burnt)
    return PictureFault{over_exposed, "over-exposed: " + percent(1 - quality.burnt) + below(burnt_level)};
  const bool plain = quality.telling < least_telling;
  if (!plain && quality.sharp >= least_sharp) return std::nullopt;
  const std::string blurred =
      "edges are sharp in " + percent(quality.sharp) + " of the places where something stands out";
  const std::string nothing = "something stands out in " + percent(quality.telling) +
                              " of the picture, its mean grey level is " + whole(quality.level);
  const std::string why = plain ? nothing : blurred;
  if (quality.level < (plain ? dark_picture : dark_level))
    return PictureFault{
        under_exposed, "under-exposed or covered: " + percent(quality.dark) + below(dark_level) + ", " + why};
  if (!plain) return PictureFault{defocused, "defocused: " + why};
  if (quality.level > light_picture) return PictureFault{over_exposed, "over-exposed: " + why};
  return PictureFault{covered, "covered, or thick fog: " + why};
}

}  // namespace reader
