// A flat painted thing: a door, a wall, a plate. Lettering on it knows where it stands.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "tests/world/render/font.hpp"

namespace world {

enum class Kind { code, size_type, plate, other };

/// One line of lettering. `corners` are those of its upright glyphs, clockwise from the left top one,
/// whichever way the line runs; `centres` has one point a letter of `text`. In pixels of the panel,
/// and after projection of the picture.
struct Mark {
  Kind kind = Kind::other;
  std::string text;  // A-Z and 0-9; [ \ ] are Ä Ö Ü, as in DIN 66003
  bool vertical = false;
  std::array<cv::Point2f, 4> corners;
  std::vector<cv::Point2f> centres;
};

struct Panel {
  cv::Mat paint;  // BGR, 8 bit
  std::vector<Mark> marks;
};

/// How to letter. Lengths are pixels of the panel, or fractions of `cap` where it says so.
struct Pen {
  const Font* font = nullptr;
  float cap = 20;         // height of a capital
  float stretch = 1;      // width of a letter, relative to the font's own
  float weight = 0;       // stroke added to the font's own (less than 0: taken away), in caps
  float tracking = 0.1F;  // between two letters, in caps
  float blank = 0.7F;     // a blank, in caps
  cv::Scalar colour = {255, 255, 255};
  double opacity = 1;
  double wear = 0;        // 0 new paint .. 1 hardly anything left
  bool vertical = false;  // letters upright, one below the other
};

/// Paints `text` (UTF-8 of the Latin-1 range; blanks and dashes are no letters) with its left top corner at
/// `at` and adds its mark (split where a blank is wider than one cap). Returns the box it fills. `boxed`: the
/// last letter gets the frame of a check digit.
cv::Rect2f letter(Panel& panel, const std::string& text, const Pen& pen, cv::Point2f at, Kind kind,
                  Dice& dice, bool boxed = false);

/// The width (or the height of a vertical line) that `letter` will fill.
float extent(const std::string& text, const Pen& pen);

}  // namespace world
