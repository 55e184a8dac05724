#include "drivers/camera/still.hpp"

namespace camera {

namespace {

constexpr std::string_view jpeg_start = "\xFF\xD8\xFF";
constexpr std::string_view jpeg_end = "\xFF\xD9";
constexpr std::string_view png_start = "\x89PNG\r\n\x1A\n";

}  // namespace

bool begins_as_picture(std::string_view bytes) {
  return bytes.starts_with(jpeg_start) || bytes.starts_with(png_start);
}

bool is_whole_jpeg(std::string_view bytes) {
  // Some cameras pad the part with line ends or zeros behind the end marker.
  const auto last = bytes.find_last_not_of(std::string_view("\0\r\n", 3));
  return bytes.starts_with(jpeg_start) && last != std::string_view::npos &&
         bytes.substr(0, last + 1).ends_with(jpeg_end);
}

}  // namespace camera
