// The day as it is told on the terminal.
#pragma once

#include <string>
#include <vector>

#include "gate/core/moment.hpp"
#include "tests/world/play/oracle.hpp"

namespace world {

/// One passage as it ended, with what was expected of it.
[[nodiscard]] std::string passage_words(const Performance& performance, core::WallTime now);

/// "right R-0009 revoked"
[[nodiscard]] std::string words_of(const RightChange& change);

/// Expected and actual, a line for each truck.
[[nodiscard]] std::string table_of(const std::vector<Performance>& day, bool judged);

}  // namespace world
