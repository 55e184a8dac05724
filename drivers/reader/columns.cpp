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

std::vector<Letter> likeliest(const Columns& columns) {
  std::vector<Letter> found;
  std::size_t last = 0;
  for (std::size_t t = 0; t < columns.size(); ++t) {
    const auto best =
        static_cast<std::size_t>(std::max_element(columns[t].begin(), columns[t].end()) - columns[t].begin());
    if (best != 0 && best != last) found.push_back({alphabet[best - 1], t});
    last = best;
  }
  return found;
}

std::string likeliest_letters(const Columns& columns) {
  std::string text;
  for (const Letter& one : likeliest(columns)) text += one.letter;
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

namespace {

/// One of the text's signs, with the blank before it.
struct State {
  char sign = 0;
  float blank = none;
  float letter = none;
};

/// A letter and the digit of its shape, by the sign that means the one and allows for the other.
struct Twin {
  char sign, itself, other;
};

const Twin* twin_of(char sign) {
  static constexpr std::array<Twin, 4> twins = {
      {{'o', 'O', '0'}, {'q', '0', 'O'}, {'i', 'I', '1'}, {'l', '1', 'I'}}};
  const auto* found =
      std::find_if(twins.begin(), twins.end(), [sign](const Twin& twin) { return twin.sign == sign; });
  return found == twins.end() ? nullptr : found;
}

/// One sign that goes on for several columns is not two.
bool look_the_same(char one, char other) {
  const Twin* twin = twin_of(one);
  const Twin* another = twin_of(other);
  return one == other || (twin && another && twin->itself == another->other);
}

float said(const Column& column, char sign) {
  if (const Twin* twin = twin_of(sign))
    return add(column[class_of(twin->itself)], column[class_of(twin->other)]);
  if (sign != stray) return column[class_of(sign)];
  return std::max(floor_log, std::log1p(-std::min(0.9999F, std::exp(column[0]))));
}

/// What it costs to begin a sign in this column, once, however wide it is.
float price(const Column& column, char sign) {
  if (sign == stray) return stray_price;
  const Twin* twin = twin_of(sign);
  if (!twin) return 0;
  return said(column, sign) -
         add(column[class_of(twin->itself)], column[class_of(twin->other)] + std::log(likeness));
}

float to_blank(const std::vector<State>& before, std::size_t i) {
  return i > 0 ? add(before[i].blank, before[i - 1].letter) : before[i].blank;
}

/// From the blank before it or the sign before that one; over a stray from its blank, so that no path counts
/// twice.
float to_letter(const std::vector<State>& before, std::size_t i, const Column& column) {
  float from = before[i].blank;
  if (i > 0 && !look_the_same(before[i - 1].sign, before[i].sign)) from = add(from, before[i - 1].letter);
  if (i > 0 && before[i - 1].sign == stray) {
    from = add(from, before[i - 1].blank);
    if (i > 1 && !look_the_same(before[i - 2].sign, before[i].sign)) from = add(from, before[i - 2].letter);
  }
  return add(before[i].letter, from - price(column, before[i].sign));
}

}  // namespace

float log_likelihood(const Columns& columns, const std::string& text) {
  std::vector<State> now;
  for (const char sign : text + '\0') now.push_back({sign});  // the last one's blank is that after the text
  std::vector<State> before = now;
  before[0].blank = 0;  // a column before the first
  for (const auto& column : columns) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      now[i].blank = to_blank(before, i) + column[0];
      if (i < text.size()) now[i].letter = to_letter(before, i, column) + said(column, text[i]);
    }
    std::swap(now, before);
  }
  const std::size_t end = text.size();
  float sum = before[end].blank;
  if (end > 0) sum = add(sum, before[end - 1].letter);
  if (end > 0 && text.back() == stray) {
    sum = add(sum, before[end - 1].blank);
    if (end > 1) sum = add(sum, before[end - 2].letter);
  }
  return sum;
}

}  // namespace reader
