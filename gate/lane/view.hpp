// A lane as people see it.
#pragma once

#include <string>

#include "gate/core/passage.hpp"
#include "gate/core/standing.hpp"
#include "gate/ports/desk.hpp"

namespace lane {

/// `now`: how good the data are at present, shown until a verdict says on what it was made.
[[nodiscard]] ports::LaneView view_of(const core::Passage& passage, core::Lamp lamp,
                                      const std::string& trouble, const core::Standing& now);

}  // namespace lane
