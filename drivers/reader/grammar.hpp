// What a line may say, letter by letter; and the search for the texts that fit both grammar and picture.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "drivers/reader/columns.hpp"

namespace reader {

/// A set of letters: bit i is alphabet[i].
using Letters = std::uint64_t;

/// For each place the letters it may hold. A text is complete from `shortest` letters on.
struct Grammar {
  std::vector<Letters> places;
  int shortest = 0;
};

[[nodiscard]] Letters letters(const char* those);

/// Three owner letters, U J or Z, or A B D E or K of a swap body, six digits, a digit; its check digit is
/// left to `core`.
[[nodiscard]] const Grammar& container_grammar();
/// ISO 6346 size and type: length, height, type letter, digit.
[[nodiscard]] const Grammar& size_type_grammar();
/// Four to nine letters and digits.
[[nodiscard]] const Grammar& plate_grammar();

struct Hypothesis {
  std::string text;
  float log_probability = 0;  // natural; all paths that the search kept
};

/// The likeliest complete texts of the grammar, best first, at most `most`; none when no text fits the
/// columns. Beam search over CTC prefixes.
[[nodiscard]] std::vector<Hypothesis> decode(const Columns& columns, const Grammar& grammar,
                                             std::size_t most);

}  // namespace reader
