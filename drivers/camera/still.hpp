// What counts as a picture. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace camera {

/// The bytes begin as a JPEG or a PNG file does. Says nothing about what follows.
[[nodiscard]] bool begins_as_picture(std::string_view bytes);

/// The bytes begin and end as a whole JPEG file does.
[[nodiscard]] bool is_whole_jpeg(std::string_view bytes);

}  // namespace camera
