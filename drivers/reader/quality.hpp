// Can anything be told from a picture at all: its light and its sharpness, before any lettering is looked
// for.
#pragma once

#include <optional>
#include <string>

#include <opencv2/core.hpp>

#include "gate/core/reads.hpp"

namespace reader {

/// Shares are 0..1, of the picture without the bands along its upper and lower edge, where cameras print time
/// and place: these are sharp before a lens that is not.
struct Quality {
  double level = 0;    // mean grey level, 0..255
  double dark = 0;     // share of the picture below `dark_level`
  double burnt = 0;    // share of the picture at or above `burnt_level`
  double telling = 0;  // share of its cells (a sixteenth of the width) in which something stands out,
                       // by 20 grey levels, or by 10 where that shows nothing and the picture is dark
  double sharp = 0;    // share of the telling cells with an edge as steep as lettering needs
};
inline constexpr int dark_level = 12;
inline constexpr int burnt_level = 250;

/// Of an 8-bit grey picture of any size; about a millisecond for 1920 x 1080.
[[nodiscard]] Quality quality_of(const cv::Mat& grey);

/// Why a picture is not to be believed, and a sentence with the figures behind it.
struct PictureFault {
  core::ViewFaultKind kind = core::ViewFaultKind::covered;
  std::string what;
};

/// What makes the picture worthless; nothing for one in which lettering could be told, be it dark or soft.
/// The limits lie well off what readable pictures show, see models/CARD.md.
[[nodiscard]] std::optional<PictureFault> fault_of(const Quality& quality);

}  // namespace reader
