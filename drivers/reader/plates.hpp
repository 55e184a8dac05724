// Licence plates out of what the views show.
#pragma once

#include <vector>

#include "drivers/reader/evidence.hpp"
#include "gate/core/reads.hpp"

namespace reader {

/// Plates of all views together, the likeliest first; the same plate in two views speaks for itself twice.
/// What is a part of one of `codes`, read already and with a fitting check digit, is no plate.
[[nodiscard]] std::vector<core::PlateRead> read_plates(const std::vector<View>& views,
                                                       const std::vector<core::ContainerRead>& codes);

}  // namespace reader
