// The day as it is told on the terminal.
#pragma once

#include <string>
#include <vector>

#include "tests/world/play/oracle.hpp"

namespace world {

/// One passage as it ended, in the columns of gatectl, with its name in the story.
[[nodiscard]] std::string passage_words(const Performance& performance, bool as_expected);
[[nodiscard]] std::string passage_columns();

/// "right R-0009 revoked"
[[nodiscard]] std::string words_of(const RightChange& change);

/// Expected and actual, a line for each truck.
[[nodiscard]] std::string table_of(const std::vector<Performance>& day, bool judged);

}  // namespace world
