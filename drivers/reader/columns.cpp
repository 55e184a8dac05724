#include "drivers/reader/columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace reader {
namespace {

constexpr float none = -std::numeric_limits<float>::infinity();

float add(float a, float b) {
  if (a < b) std::swap(a, b);
  return b == none || a - b > 20 ? a : a + std::log1p(std::exp(b - a));
}

std::size_t class_of(char letter) { return std::string_view(alphabet).find(letter) + 1; }

}  // namespace

std::array<float, classes> log_softmax(const std::array<float, classes>& scores) {
  const float most = *std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const float score : scores) sum += std::exp(static_cast<double>(score - most));
  std::array<float, classes> out{};
  for (std::size_t i = 0; i < classes; ++i)
    out[i] = std::max(floor_log, scores[i] - most - static_cast<float>(std::log(sum)));
  return out;
}

std::string likeliest_letters(const Columns& columns) {
  std::string text;
  std::size_t last = 0;
  for (const auto& column : columns) {
    const auto best =
        static_cast<std::size_t>(std::max_element(column.begin(), column.end()) - column.begin());
    if (best != 0 && best != last) text += alphabet[best - 1];
    last = best;
  }
  return text;
}

float clarity(const Columns& columns) {
  float sum = 0;
  int count = 0;
  for (const auto& column : columns) {
    const auto best = std::max_element(column.begin(), column.end());
    if (best == column.begin()) continue;
    sum += std::exp(*best);
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<float>(count);
}

float likeliest_path(const Columns& columns) {
  float sum = 0;
  for (const auto& column : columns) sum += *std::max_element(column.begin(), column.end());
  return sum;
}

float log_likelihood(const Columns& columns, const std::string& text) {
  // States: blank, letter, blank, letter, ..., blank.
  const std::size_t states = 2 * text.size() + 1;
  std::vector<std::size_t> label(states, 0);
  for (std::size_t i = 0; i < text.size(); ++i) label[2 * i + 1] = class_of(text[i]);
  std::vector<float> now(states, none), before;
  if (columns.empty()) return text.empty() ? 0 : none;
  now[0] = columns[0][0];
  if (states > 1) now[1] = columns[0][label[1]];
  for (std::size_t t = 1; t < columns.size(); ++t) {
    before = now;
    for (std::size_t s = 0; s < states; ++s) {
      float sum = before[s];
      if (s > 0) sum = add(sum, before[s - 1]);
      if (s > 1 && label[s] != 0 && label[s] != label[s - 2]) sum = add(sum, before[s - 2]);
      now[s] = sum == none ? none : sum + columns[t][label[s]];
    }
  }
  return states > 1 ? add(now[states - 1], now[states - 2]) : now[0];
}

}  // namespace reader
