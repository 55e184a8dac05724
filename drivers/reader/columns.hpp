// What the line recogniser says about a strip: for each column, how likely each letter is.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace reader {

/// Class 0 is the blank between letters, class i + 1 is alphabet[i]. A sign a letter: the last three are the
/// umlauts Ä, Ö, Ü, where DIN 66003 has them.
inline constexpr char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]";
inline constexpr int classes = 40;

/// Natural logarithms of probabilities, a row a column of the strip, left to right; each row's
/// probabilities add up to 1. Never below `floor_log`, so that one bad column cannot rule a text out.
using Column = std::array<float, classes>;
using Columns = std::vector<Column>;
inline constexpr float floor_log = -9.F;

/// From raw scores of any size.
[[nodiscard]] std::array<float, classes> log_softmax(const std::array<float, classes>& scores);

/// The likeliest class of each column, repeats and blanks dropped.
[[nodiscard]] std::string likeliest_letters(const Columns& columns);

/// The same, and in which column each begins.
struct Letter {
  char letter = 0;
  std::size_t column = 0;
};
[[nodiscard]] std::vector<Letter> likeliest(const Columns& columns);

/// How clear the letters are: the mean probability of the likeliest letter where there is one, 0..1; 0
/// without letters.
[[nodiscard]] float clarity(const Columns& columns);

/// In a text: one sign that the net took for a letter and that is none (an emblem, a seal, a band's end), or
/// nothing. Where one is needed it costs `stray_price`.
inline constexpr char stray = '?';
inline constexpr float stray_price = 3;

/// In a text: a sign that may look like its twin (0 and O, 1 and I, an umlaut whose dots are too small to be
/// seen), which then counts for `likeness` of it. They are small letters: o and i for the letters, q and l
/// for the digits 0 and 1, a, e and u for Ä, Ö and Ü.
inline constexpr float likeness = 0.15F;

/// A strip's columns, ready to try many texts on.
class Odds {
 public:
  explicit Odds(const Columns& columns);

  /// Logarithm of the probability that the strip says exactly `text` (all paths; CTC). `text` from `alphabet`
  /// and the signs above; no two strays stand side by side.
  [[nodiscard]] float log_likelihood(const std::string& text) const;
  /// In which column each of the text's letters begins on its likeliest path, without the strays; empty where
  /// the strip is too short for the text.
  [[nodiscard]] std::vector<std::size_t> columns_of(const std::string& text) const;
  /// Logarithm of the likeliest path's probability: the best that any text could hope for.
  [[nodiscard]] float likeliest_path() const { return likeliest_; }

 private:
  Columns columns_;  // probabilities, no logarithms
  float likeliest_ = 0;
};

}  // namespace reader
