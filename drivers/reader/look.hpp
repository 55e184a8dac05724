// Looks at one picture, no more closely than it takes.
#pragma once

#include <vector>

#include "drivers/reader/evidence.hpp"
#include "drivers/reader/nets.hpp"
#include "gate/core/framing.hpp"

namespace reader {

/// The same letters, found at one or several sizes, and what was read of them so far.
struct Found {
  std::vector<Line> lines;
  std::vector<Columns> cuts;
};

/// A whole picture (8-bit grey) and how its camera's pictures are looked at.
struct Shot {
  cv::Mat picture;
  core::Framing framing{};
};

/// One picture, looked at first in passing, then, where that settles nothing, closely, and where that shows
/// nothing, into its shadows. Only its region is looked at, as closely as in the whole picture; lines are in
/// pixels of the whole picture.
class Look {
 public:
  Look(Shot shot, int number);

  /// Lettering that shows at one size, read from one cut: capitals of 14 pixels and more in a picture of
  /// 1920 x 1080.
  [[nodiscard]] View in_passing(Nets& nets);

  /// Lettering that shows at any of three sizes; what may be a code or a plate read from three cuts.
  [[nodiscard]] View closely(Nets& nets);

  /// After that: lettering in deep shadow, too, where there is such shadow. What stands out there is mostly
  /// none.
  [[nodiscard]] View into_the_shadow(Nets& nets);

 private:
  /// `long_side`: of the whole picture.
  void find(const cv::Mat& grey, int long_side, Detector& detector);

  [[nodiscard]] int whole_side() const;
  [[nodiscard]] View framed(View view) const;

  Shot shot_;
  cv::Rect part_;
  cv::Mat grey_;  // that part
  int number_ = 0;
  std::vector<Found> found_;
};

}  // namespace reader
