#include "drivers/reader/picture.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include <opencv2/imgcodecs.hpp>

namespace reader {
namespace {

using core::fail;
using core::Fault;

int byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

int word_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

bool starts_frame(int marker) {  // SOF0..SOF15 without DHT, JPG and DAC
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

core::Result<PictureSize> jpeg_size(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 9 < bytes.size()) {
    if (byte_at(bytes, at) != 0xFF) break;
    const int marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (starts_frame(marker)) return PictureSize{word_at(bytes, at + 7), word_at(bytes, at + 5)};
    if (marker == 0xDA || marker == 0xD9) break;
    at += 2 + static_cast<std::size_t>(std::max(2, word_at(bytes, at + 2)));
  }
  return fail(Fault::corrupt, "a JPEG without a frame header");
}

core::Result<PictureSize> png_size(std::string_view bytes) {
  if (bytes.size() < 33 || bytes.substr(12, 4) != "IHDR")
    return fail(Fault::corrupt, "a PNG without a header");
  const auto number = [&](std::size_t at) {
    return static_cast<std::int64_t>(word_at(bytes, at)) << 16 | word_at(bytes, at + 2);
  };
  const std::int64_t width = number(16);
  const std::int64_t height = number(20);
  if (width > 1'000'000 || height > 1'000'000)
    return fail(Fault::corrupt, "a PNG that declares an impossible size");
  return PictureSize{static_cast<int>(width), static_cast<int>(height)};
}

}  // namespace

core::Result<PictureSize> declared_size(std::string_view encoded) {
  if (encoded.size() > 4 && encoded.substr(0, 3) == "\xFF\xD8\xFF") return jpeg_size(encoded);
  if (encoded.size() > 8 && encoded.substr(0, 8) == std::string_view("\x89PNG\r\n\x1A\n", 8))
    return png_size(encoded);
  return fail(Fault::corrupt,
              encoded.empty() ? "no bytes where a picture should be" : "neither a JPEG nor a PNG");
}

core::Result<cv::Mat> decode(std::string_view encoded) {
  const core::Result<PictureSize> size = declared_size(encoded);
  if (!size) return tl::unexpected(size.error());
  const long long pixels = static_cast<long long>(size->width) * size->height;
  const int shorter = std::min(size->width, size->height), longer = std::max(size->width, size->height);
  if (shorter < 16 || longer > longest_side || pixels > most_pixels)
    return fail(Fault::corrupt, "a picture of " + std::to_string(size->width) + " x " +
                                    std::to_string(size->height) + " pixels; allowed are 16 x 16 to " +
                                    std::to_string(most_pixels) + " pixels, " + std::to_string(longest_side) +
                                    " a side");
  try {
    const cv::Mat bytes(1, static_cast<int>(encoded.size()), CV_8U, const_cast<char*>(encoded.data()));
    cv::Mat picture = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
    if (picture.empty()) return fail(Fault::corrupt, "a picture that does not decode");
    return picture;
  } catch (const cv::Exception& error) {
    return fail(Fault::corrupt, "a picture that does not decode: " + error.err);
  }
}

cv::Rect part_of(cv::Size picture, const core::Region& region) {
  const auto edge = [](double share, int whole) { return static_cast<int>(std::lround(share * whole)); };
  const int left = std::clamp(edge(region.x, picture.width), 0, picture.width - 1);
  const int top = std::clamp(edge(region.y, picture.height), 0, picture.height - 1);
  const int right = std::clamp(edge(region.x + region.width, picture.width), left + 1, picture.width);
  const int bottom = std::clamp(edge(region.y + region.height, picture.height), top + 1, picture.height);
  return {left, top, right - left, bottom - top};
}

}  // namespace reader
