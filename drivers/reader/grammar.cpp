#include "drivers/reader/grammar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace reader {
namespace {

constexpr float none = -std::numeric_limits<float>::infinity();
constexpr std::size_t beam_width = 24;
constexpr float worth_a_try = -7;  // a letter less likely than this in a column starts nothing there

float add(float a, float b) {
  if (a < b) std::swap(a, b);
  return b == none || a - b > 20 ? a : a + std::log1p(std::exp(b - a));
}

struct Prefix {
  std::string text;
  float blank = none;   // paths that end in a blank
  float letter = none;  // paths that end in the last letter
  float total() const { return add(blank, letter); }
};

std::size_t class_of(char letter) { return std::string_view(alphabet).find(letter) + 1; }

Prefix& entry(std::vector<Prefix>& prefixes, const std::string& text) {
  for (Prefix& prefix : prefixes)
    if (prefix.text == text) return prefix;
  prefixes.push_back({text, none, none});
  return prefixes.back();
}

void extend(std::vector<Prefix>& next, const Prefix& prefix, const std::array<float, classes>& column, const Grammar& grammar) {
  if (prefix.text.size() == grammar.places.size()) return;
  const Letters allowed = grammar.places[prefix.text.size()];
  for (std::size_t i = 0; i + 1 < classes; ++i) {
    if ((allowed >> i & 1U) == 0 || column[i + 1] < worth_a_try) continue;
    const bool repeats = !prefix.text.empty() && prefix.text.back() == alphabet[i];
    const float from = repeats ? prefix.blank : prefix.total();
    if (from == none) continue;
    Prefix& longer = entry(next, prefix.text + alphabet[i]);
    longer.letter = add(longer.letter, from + column[i + 1]);
  }
}

std::vector<Prefix> step(const std::vector<Prefix>& beam, const std::array<float, classes>& column, const Grammar& grammar) {
  std::vector<Prefix> next;
  next.reserve(beam.size() * 4);
  for (const Prefix& prefix : beam) {
    Prefix& same = entry(next, prefix.text);
    same.blank = add(same.blank, prefix.total() + column[0]);
    if (!prefix.text.empty() && prefix.letter != none)
      same.letter = add(same.letter, prefix.letter + column[class_of(prefix.text.back())]);
    extend(next, prefix, column, grammar);
  }
  if (next.size() > beam_width) {
    std::nth_element(next.begin(), next.begin() + beam_width, next.end(),
                     [](const Prefix& a, const Prefix& b) { return a.total() > b.total(); });
    next.resize(beam_width);
  }
  return next;
}

}  // namespace

Letters letters(const char* those) {
  Letters set = 0;
  for (const char c : std::string_view(those)) set |= Letters{1} << (class_of(c) - 1);
  return set;
}

const Grammar& container_grammar() {
  static const Grammar grammar = [] {
    const Letters letter = letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const Letters digit = letters("0123456789");
    Grammar g{{letter, letter, letter, letters("UJZ")}, 11};
    g.places.insert(g.places.end(), 7, digit);
    return g;
  }();
  return grammar;
}

const Grammar& size_type_grammar() {
  static const Grammar grammar{{letters("1234ABCDEFGHKLMNP"), letters("0245689CDEFLMNP"), letters("GVBSRHUPTAK"), letters("0123456789")}, 4};
  return grammar;
}

const Grammar& plate_grammar() {
  static const Grammar grammar{std::vector<Letters>(9, letters(alphabet)), 4};
  return grammar;
}

std::vector<Hypothesis> decode(const Columns& columns, const Grammar& grammar, std::size_t most) {
  std::vector<Prefix> beam = {{"", 0, none}};
  for (const auto& column : columns) beam = step(beam, column, grammar);
  std::vector<Hypothesis> found;
  for (const Prefix& prefix : beam)
    if (static_cast<int>(prefix.text.size()) >= grammar.shortest && prefix.total() != none)
      found.push_back({prefix.text, prefix.total()});
  std::sort(found.begin(), found.end(),
            [](const Hypothesis& a, const Hypothesis& b) { return a.log_probability > b.log_probability; });
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace reader
