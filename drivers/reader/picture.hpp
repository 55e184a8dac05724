// From the bytes a camera gave to pixels, or to an error: bytes from outside are never trusted.
#pragma once

#include <string_view>

#include <opencv2/core.hpp>

#include "gate/core/framing.hpp"
#include "gate/core/result.hpp"

namespace reader {

struct PictureSize {
  int width = 0;
  int height = 0;
};

/// Most pixels a picture may declare, and most of a side, which is as far as OpenCV cuts strips; a larger one
/// is refused before anything is decoded.
constexpr long long most_pixels = 40'000'000;
constexpr int longest_side = 32'766;

/// What the header of a JPEG or PNG declares. Fault::corrupt when the bytes are neither.
[[nodiscard]] core::Result<PictureSize> declared_size(std::string_view encoded);

/// 8-bit grey picture. Fault::corrupt for bytes that are no JPEG or PNG, are cut short or declare
/// more than `most_pixels` or `longest_side` or less than 16 x 16.
[[nodiscard]] core::Result<cv::Mat> decode(std::string_view encoded);

/// The part of a picture of this size that the region names: at least a pixel, never beyond the picture.
[[nodiscard]] cv::Rect part_of(cv::Size picture, const core::Region& region);

}  // namespace reader
