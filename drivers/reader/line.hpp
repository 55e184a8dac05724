// A line of lettering in a picture.
#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include "gate/core/reads.hpp"

namespace reader {

/// A rectangle round upright letters, in pixels of the picture. `along` is the unit vector in the
/// direction of reading: rightwards, or downwards for a vertical line, whose letters stand one below the
/// other.
struct Line {
  cv::Point2f middle;
  cv::Point2f along{1, 0};
  float length = 0;
  float height = 0;  // across: cap height of a horizontal line, letter width of a vertical one
  bool vertical = false;
  float score = 0;  // 0..1, how firmly it was found
  float plate = 0;  // 0..1, how much it looks like a plate
};

/// Whether it may stand on the sheet of a plate.
inline constexpr float sheet_seen = 0.3F;
inline bool may_be_plate(const Line& line) { return line.plate > sheet_seen && !line.vertical; }

inline cv::Point2f across(const Line& line) { return {-line.along.y, line.along.x}; }
inline cv::Point2f start_of(const Line& line) { return line.middle - line.along * (line.length / 2); }
inline cv::Point2f end_of(const Line& line) { return line.middle + line.along * (line.length / 2); }

[[nodiscard]] core::Box box_of(const std::vector<Line>& lines);

/// True when both cover the same letters, found at two scales.
[[nodiscard]] bool same_place(const Line& a, const Line& b);

/// The parts, in reading order, of what may be one code, as indices into `lines`: a line alone, an owner and
/// a number side by side or below each other, blocks of three. `letters` is about how many letters each line
/// has; only chains of 9 to 14 letters are given.
[[nodiscard]] std::vector<std::vector<int>> chains(const std::vector<Line>& lines,
                                                   const std::vector<int>& letters);

}  // namespace reader
