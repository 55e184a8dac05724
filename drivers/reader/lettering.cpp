#include "drivers/reader/lettering.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <opencv2/imgproc.hpp>

#include "drivers/reader/picture.hpp"

namespace reader {
namespace {

constexpr float upright_pitch = 1.2F;  // of letters below each other, in capitals
constexpr std::size_t least_letters = 4;
constexpr float stroke_room = 0.4F;  // of a line's height above and below it, where its strokes are sought
constexpr double white = 250, darkest = 8;

std::vector<Place> within(const View& view, const core::Box& box, bool vertical) {
  std::vector<Place> inside;
  const cv::Rect2f room(cv::Point2f(cv::Point(box.x, box.y)), cv::Size2f(cv::Size(box.width, box.height)));
  for (const Place& place : view.places)
    if (place.line.vertical == vertical && room.contains(place.line.middle)) inside.push_back(place);
  return inside;
}

/// The letters of a line and a little round them, upright, pixel for pixel as they are in the picture.
cv::Mat patch_of(const cv::Mat& grey, const Line& line, float room) {
  const float down = line.height * (1 + 2 * room);
  const cv::Size2f size = line.vertical ? cv::Size2f(down, line.length) : cv::Size2f(line.length, down);
  const cv::Point2f right = line.vertical ? cv::Point2f(line.along.y, -line.along.x) : line.along;
  const cv::Matx23f map(right.x, -right.y,
                        line.middle.x - right.x * size.width / 2 + right.y * size.height / 2, right.y,
                        right.x, line.middle.y - right.y * size.width / 2 - right.x * size.height / 2);
  cv::Mat patch;
  cv::warpAffine(grey, patch, map, cv::Size(size), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return patch;
}

float percentile(cv::Mat values, double share) {
  values = values.clone().reshape(1, 1);
  cv::sort(values, values, cv::SORT_EVERY_ROW | cv::SORT_ASCENDING);
  return values.at<float>(0, static_cast<int>(std::lround(share * (values.cols - 1))));
}

/// The band of rows round the middle in which there are strokes.
cv::Range strokes_in(const cv::Mat& patch) {
  cv::Mat slope, rows;
  cv::Sobel(patch, slope, CV_32F, 1, 0, 1, 0.5);
  cv::reduce(cv::abs(slope), rows, 1, cv::REDUCE_AVG);
  const float ground = std::min(rows.at<float>(0), rows.at<float>(rows.rows - 1));
  const float least = ground + 0.4F * (percentile(rows, 0.8) - ground);
  int top = rows.rows / 2, bottom = top;
  while (top > 0 && rows.at<float>(top - 1) > least) --top;
  while (bottom + 1 < rows.rows && rows.at<float>(bottom + 1) > least) ++bottom;
  return {top, bottom + 1};
}

/// Of each row what three of four of its pixels are no lighter than: dark letters leave the sheet's own.
cv::Mat sheet_by_rows(const cv::Mat& patch) {
  cv::Mat sorted;
  cv::sort(patch, sorted, cv::SORT_EVERY_ROW | cv::SORT_ASCENDING);
  return sorted.col(sorted.cols * 3 / 4).clone();
}

float tilt_of(const Line& line) {
  const float radians =
      line.vertical ? std::atan2(-line.along.x, line.along.y) : std::atan2(line.along.y, line.along.x);
  return radians * 180 / static_cast<float>(CV_PI);
}

struct Clearness {
  float contrast = 0, edge = 0;
};

Clearness clearness_of(const cv::Mat& grey, const Line& line) {
  cv::Mat patch, across_columns, across_rows, steep;
  patch_of(grey, line, 0).convertTo(patch, CV_32F);
  cv::Sobel(patch, across_columns, CV_32F, 1, 0, 1, 0.5);
  cv::Sobel(patch, across_rows, CV_32F, 0, 1, 1, 0.5);
  cv::magnitude(across_columns, across_rows, steep);
  const float contrast = percentile(patch, 0.93) - percentile(patch, 0.07);
  return {contrast, contrast / std::max(0.5F, percentile(steep, 0.97))};
}

float share_of(const cv::Mat& which) {
  return static_cast<float>(cv::countNonZero(which)) / static_cast<float>(which.total());
}

}  // namespace

float capitals_in(const cv::Mat& grey, const Place& place) {
  const Line& line = place.line;
  if (!line.vertical) return static_cast<float>(strokes_in(patch_of(grey, line, stroke_room)).size());
  const auto letters = static_cast<float>(place.letters.size());
  return line.length / std::max(1.F, upright_pitch * letters - (upright_pitch - 1));
}

Margins margins_of(const cv::Mat& grey, const Line& line) {
  constexpr float farthest = 1.5F;
  constexpr float edge = 0.25F;  // of the contrast between letters and sheet
  const cv::Range strokes = strokes_in(patch_of(grey, line, stroke_room));
  const auto capitals = static_cast<float>(strokes.size());
  const float room = stroke_room + farthest * capitals / line.height;
  cv::Mat patch;
  patch_of(grey, line, room).convertTo(patch, CV_32F);
  const int more = static_cast<int>(std::lround((room - stroke_room) * line.height));
  const int top = strokes.start + more, bottom = strokes.end + more;
  const cv::Mat rows = sheet_by_rows(patch), letters = patch.rowRange(top, bottom);
  const float dark = percentile(letters, 0.07), light = percentile(letters, 0.93);
  if (percentile(letters, 0.5) < (dark + light) / 2) return {farthest, farthest};
  const float sheet = percentile(rows.rowRange(top, bottom), 0.5);
  const auto on_sheet = [&](int row) {
    return std::abs(rows.at<float>(row) - sheet) < edge * (sheet - dark);
  };
  int above = top, below = bottom;
  while (above > 0 && on_sheet(above - 1)) --above;
  while (below < rows.rows && on_sheet(below)) ++below;
  const auto margin = [=](int pixels) { return std::min(farthest, static_cast<float>(pixels) / capitals); };
  return {margin(top - above), margin(below - bottom)};
}

float capitals_of(const std::vector<Place>& places) {
  float sum = 0, count = 0;
  for (const Place& place : places) {
    sum += place.capitals * static_cast<float>(place.letters.size());
    count += static_cast<float>(place.letters.size());
  }
  return count > 0 ? sum / count : 0;
}

std::vector<Place> lettering_of(const View& view, const core::Sighting& sighting) {
  for (const core::ContainerRead& read : sighting.containers)
    if (read.check_digit) return within(view, read.box, read.orientation == core::Orientation::vertical);
  if (!sighting.plates.empty()) return within(view, sighting.plates[0].box, false);
  const auto longest =
      std::max_element(view.places.begin(), view.places.end(),
                       [](const Place& a, const Place& b) { return a.letters.size() < b.letters.size(); });
  if (longest == view.places.end() || longest->letters.size() < least_letters) return {};
  return {*longest};
}

Figures measure(const cv::Mat& grey, const core::Region& region, const std::vector<Place>& lettering) {
  const cv::Mat part = grey(part_of(grey.size(), region));
  Figures figures{.burnt = share_of(part >= white), .black = share_of(part <= darkest)};
  float letters = 0, flat = 0;
  for (const Place& place : lettering) {
    const auto weight = static_cast<float>(place.letters.size());
    const Clearness clear = clearness_of(grey, place.line);
    const float capitals = capitals_in(grey, place);
    letters += weight;
    figures.capitals += weight * capitals;
    figures.tilt += weight * tilt_of(place.line);
    figures.contrast += weight * clear.contrast;
    figures.edge += weight * clear.edge;
    if (place.line.vertical || place.letters.size() < least_letters) continue;
    flat += weight;
    figures.pitch += place.line.length / capitals;  // weight letters, each so many capitals wide
  }
  if (letters == 0) return figures;
  for (float* figure : {&figures.capitals, &figures.tilt, &figures.contrast, &figures.edge})
    *figure /= letters;
  if (flat > 0) figures.pitch /= flat;
  return figures;
}

}  // namespace reader
