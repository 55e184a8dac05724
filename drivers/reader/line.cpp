#include "drivers/reader/line.hpp"

#include <algorithm>
#include <cmath>

namespace reader {
namespace {

struct Offset {
  float gap = 0;    // from the end of the first line to the start of the second, along the first
  float side = 0;   // of the middles, across the first: positive is below, or left of a vertical line
  float start = 0;  // of the second's start against the first's start, along the first
};

Offset offset(const Line& a, const Line& b) {
  const cv::Point2f between = start_of(b) - end_of(a);
  return {between.dot(a.along), (b.middle - a.middle).dot(across(a)),
          (start_of(b) - start_of(a)).dot(a.along)};
}

bool alike(const Line& a, const Line& b) {
  return a.vertical == b.vertical && a.along.dot(b.along) > 0.96F &&
         std::max(a.height, b.height) < 1.7F * std::min(a.height, b.height);
}

// b goes on where a ends.
bool continues(const Line& a, const Line& b) {
  if (!alike(a, b)) return false;
  const Offset o = offset(a, b);
  const float h = std::max(a.height, b.height);
  return o.gap > -0.7F * h && o.gap < 5 * h && std::abs((start_of(b) - end_of(a)).dot(across(a))) < 0.6F * h;
}

// b stands on the next line: below, or in the column to the right of a vertical line.
bool follows(const Line& a, const Line& b) {
  if (!alike(a, b)) return false;
  const Offset o = offset(a, b);
  const float h = std::max(a.height, b.height);
  const float step = a.vertical ? -o.side : o.side;
  return step > 0.7F * h && step < 2.4F * h && o.start > -3 * h && o.start < std::max(3 * h, a.length);
}

}  // namespace

core::Box box_of(const std::vector<Line>& lines) {
  if (lines.empty()) return {};
  float left = 1e9F, top = 1e9F, right = -1e9F, bottom = -1e9F;
  for (const Line& line : lines) {
    for (const float u : {-0.5F, 0.5F}) {
      for (const float v : {-0.5F, 0.5F}) {
        const cv::Point2f p = line.middle + line.along * (u * line.length) + across(line) * (v * line.height);
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
      }
    }
  }
  const auto whole = [](float v) { return static_cast<int>(std::lround(std::clamp(v, 0.F, 1e6F))); };
  return {whole(left), whole(top), whole(right) - whole(left), whole(bottom) - whole(top)};
}

bool same_place(const Line& a, const Line& b) {
  if (a.vertical != b.vertical) return false;
  const float h = std::min(a.height, b.height);
  if (std::max(a.height, b.height) > 2 * h) return false;
  if (std::abs((b.middle - a.middle).dot(across(a))) > 0.5F * h) return false;
  const float middle = (b.middle - a.middle).dot(a.along);
  const float low = std::max(-a.length / 2, middle - b.length / 2);
  const float high = std::min(a.length / 2, middle + b.length / 2);
  const float together =
      std::max(a.length / 2, middle + b.length / 2) - std::min(-a.length / 2, middle - b.length / 2);
  return high - low > 0.75F * together;
}

std::vector<std::vector<int>> chains(const std::vector<Line>& lines, const std::vector<int>& letters) {
  const int count = static_cast<int>(lines.size());
  const auto whole = [](int n) { return n >= 9 && n <= 16; };
  const auto next_to = [&](int a, int b) {
    return a != b && (continues(lines[a], lines[b]) || follows(lines[a], lines[b]));
  };
  std::vector<std::vector<int>> found;
  for (int a = 0; a < count; ++a) {
    if (whole(letters[a])) found.push_back({a});
    if (letters[a] < 2 || letters[a] > 11) continue;
    for (int b = 0; b < count; ++b) {
      const int two = letters[a] + letters[b];
      if (letters[b] < 1 || two > 14 || !next_to(a, b)) continue;
      if (whole(two)) found.push_back({a, b});
      for (int c = 0; c < count; ++c)
        if (c != a && letters[c] >= 1 && letters[c] <= 5 && whole(two + letters[c]) && next_to(b, c))
          found.push_back({a, b, c});
    }
  }
  return found;
}

}  // namespace reader
