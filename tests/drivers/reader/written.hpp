// A strip as a recogniser might see it, without a net.
#pragma once

#include <string>
#include <string_view>

#include "drivers/reader/evidence.hpp"

namespace reader {

/// Columns that say `text`: `room` for each letter, two that show it and blanks behind; what is shown has
/// `certainty` of the probability, the rest is spread evenly.
inline Columns written(const std::string& text, float certainty, std::size_t room = 3) {
  const auto column = [certainty](std::size_t best) {
    std::array<float, classes> logs{};
    logs.fill(std::max(floor_log, std::log((1 - certainty) / (classes - 1))));
    logs[best] = std::log(certainty);
    return logs;
  };
  Columns columns = {column(0)};
  for (const char letter : text) {
    const std::size_t best = std::string_view(alphabet).find(letter) + 1;
    columns.insert(columns.end(), 2, column(best));
    columns.insert(columns.end(), room - 2, column(0));
  }
  return columns;
}

/// A line that says `text`, at `at` of a picture.
inline Place place(const std::string& text, float certainty, cv::Point2f at = {100, 100}, float plate = 0) {
  Place made;
  made.line = {at, {1, 0}, 15.F * static_cast<float>(text.size()), 20, false, 1, plate};
  made.cuts = {3, written(text, certainty)};
  made.letters = text;
  made.capitals = made.line.height;
  return made;
}

/// Makes letter number `place` of a written text look like `other` with the given share of its probability.
inline void blur(Columns& columns, std::size_t place, char other, float share) {
  const std::size_t second = std::string_view(alphabet).find(other) + 1;
  for (const std::size_t t : {1 + 3 * place, 2 + 3 * place}) {
    auto& column = columns[t];
    const std::size_t best =
        static_cast<std::size_t>(std::max_element(column.begin(), column.end()) - column.begin());
    column[second] = column[best] + std::log(share);
    column[best] += std::log(1 - share);
  }
}

}  // namespace reader
