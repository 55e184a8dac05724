// The size and type code that stands by a container's code.
#pragma once

#include <string>
#include <vector>

#include "drivers/reader/evidence.hpp"

namespace reader {

/// The size and type that the surroundings of the witnesses bear out together ("22G1"); empty where none
/// does.
[[nodiscard]] std::string read_size_type(const std::vector<const Witness*>& witnesses,
                                         const std::vector<View>& views);

}  // namespace reader
