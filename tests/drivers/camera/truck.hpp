// What a camera sends of a truck: enough of a JPEG to be taken for one.
#pragma once

#include <string>

namespace camera {

inline const std::string truck = "\xFF\xD8\xFF\xE0" + std::string(2000, 't') + "\xFF\xD9";

}  // namespace camera
