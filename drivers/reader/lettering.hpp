// What the lettering in a picture is like: how high, how straight, how clear. Pure.
#pragma once

#include <vector>

#include <opencv2/core.hpp>

#include "drivers/reader/evidence.hpp"
#include "gate/core/framing.hpp"
#include "gate/core/reads.hpp"

namespace reader {

/// Height of the place's capitals in pixels, a tenth off at most. The detector's line may be a half off: it
/// is measured by where there are strokes in the picture; of a line that stands upright, by how far its
/// letters are apart.
[[nodiscard]] float capitals_in(const cv::Mat& grey, const Place& place);

/// Of a horizontal line of dark letters; at most 1.5, and that where they are lighter than what they stand
/// on.
[[nodiscard]] Margins margins_of(const cv::Mat& grey, const Line& line);

/// The mean of what was measured of the places, by letters; 0 without any.
[[nodiscard]] float capitals_of(const std::vector<Place>& places);

/// The lettering that a view is judged by: that of the likeliest code whose check digit fits, else of the
/// likeliest plate, else the longest there is; empty where there is none of four letters at least.
[[nodiscard]] std::vector<Place> lettering_of(const View& view, const core::Sighting& sighting);

/// Of a picture and the lettering that it is judged by. Where there is no lettering its figures are 0.
struct Figures {
  float burnt = 0;     // share of the region's pixels that are white: 250 of 255 or more
  float black = 0;     // share of those that are black: 8 or less
  float capitals = 0;  // height of a capital, pixels
  float tilt =
      0;  // degrees; positive where the lettering falls to the right (upright lines: leans to the left)
  float pitch =
      0;  // from letter to letter, in capitals; 0 for upright lines, whose letters have no width of their own
  float contrast = 0;  // grey levels between letters and ground, 0..255
  float edge = 0;      // pixels that it takes from letter to ground
};

/// `grey`: the whole picture, 8 bit.
[[nodiscard]] Figures measure(const cv::Mat& grey, const core::Region& region,
                              const std::vector<Place>& lettering);

}  // namespace reader
