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

// A prefix of the next step: one of the beam kept (letter -1), or made longer by a letter.
struct Candidate {
  std::size_t parent = 0;
  int letter = -1;
  float blank = none;
  float last = none;
  float total() const { return add(blank, last); }
};

// Where the beam holds parent's text + letter already; the beam's size where it does not.
std::size_t known(const std::vector<Prefix>& beam, const std::string& parent, char letter) {
  for (std::size_t j = 0; j < beam.size(); ++j) {
    const std::string& text = beam[j].text;
    if (text.size() == parent.size() + 1 && text.back() == letter &&
        text.compare(0, parent.size(), parent) == 0)
      return j;
  }
  return beam.size();
}

// Candidates 0 .. beam.size()-1 are the beam's own prefixes kept; longer ones are appended.
void extend(std::vector<Candidate>& next, const std::vector<Prefix>& beam, std::size_t parent,
            const std::array<float, classes>& column, const Grammar& grammar) {
  const Prefix& prefix = beam[parent];
  if (prefix.text.size() == grammar.places.size()) return;
  const Letters allowed = grammar.places[prefix.text.size()];
  const float all = prefix.total();
  for (std::size_t i = 0; i + 1 < classes; ++i) {
    if ((allowed >> i & 1U) == 0 || column[i + 1] < worth_a_try) continue;
    const bool repeats = !prefix.text.empty() && prefix.text.back() == alphabet[i];
    const float from = repeats ? prefix.blank : all;
    if (from == none) continue;
    const std::size_t j = known(beam, prefix.text, alphabet[i]);
    if (j < beam.size())
      next[j].last = add(next[j].last, from + column[i + 1]);
    else
      next.push_back({parent, static_cast<int>(i), none, from + column[i + 1]});
  }
}

std::vector<Prefix> step(const std::vector<Prefix>& beam, const std::array<float, classes>& column,
                         const Grammar& grammar) {
  std::vector<Candidate> next;
  next.reserve(beam.size() * 8);
  for (std::size_t j = 0; j < beam.size(); ++j) {
    const Prefix& prefix = beam[j];
    const bool repeat = !prefix.text.empty() && prefix.letter != none;
    next.push_back({j, -1, prefix.total() + column[0],
                    repeat ? prefix.letter + column[class_of(prefix.text.back())] : none});
  }
  for (std::size_t j = 0; j < beam.size(); ++j) extend(next, beam, j, column, grammar);
  if (next.size() > beam_width) {
    std::nth_element(next.begin(), next.begin() + beam_width, next.end(),
                     [](const Candidate& a, const Candidate& b) { return a.total() > b.total(); });
    next.resize(beam_width);
  }
  std::vector<Prefix> out;
  out.reserve(next.size());
  for (const Candidate& one : next)
    out.push_back({one.letter < 0 ? beam[one.parent].text : beam[one.parent].text + alphabet[one.letter],
                   one.blank, one.last});
  return out;
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
    Grammar g{{letter, letter, letter, letters("UJZABDEK")}, 11};
    g.places.insert(g.places.end(), 7, digit);
    return g;
  }();
  return grammar;
}

const Grammar& size_type_grammar() {
  static const Grammar grammar{{letters("1234ABCDEFGHKLMNP"), letters("0245689CDEFLMNP"),
                                letters("GVBSRHUPTAK"), letters("0123456789")},
                               4};
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
