// Looks at one picture, no more closely than it takes.
#pragma once

#include <vector>

#include "drivers/reader/detector.hpp"
#include "drivers/reader/evidence.hpp"
#include "drivers/reader/line_reader.hpp"

namespace reader {

/// The same letters, found at one or several sizes, and what was read of them so far.
struct Found {
  std::vector<Line> lines;
  std::vector<Columns> cuts;
};

/// One picture (8-bit grey), looked at first in passing and then, where that settles nothing, closely.
class Look {
 public:
  Look(cv::Mat grey, int number) : grey_(std::move(grey)), number_(number) {}

  /// Lettering that shows at one size, read from one cut: capitals of 14 pixels and more in a picture of
  /// 1920 x 1080.
  [[nodiscard]] View in_passing(Detector& detector, LineReader& reader);

  /// Lettering that shows at any of three sizes; what may be a code or a plate read from three cuts.
  [[nodiscard]] View closely(Detector& detector, LineReader& reader);

 private:
  void find_at(int long_side, Detector& detector);

  cv::Mat grey_;
  int number_ = 0;
  std::vector<Found> found_;
};

}  // namespace reader
