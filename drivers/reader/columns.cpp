#include "drivers/reader/columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace reader {
namespace {

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

namespace {

/// A sign and what it may look like, by the small letter that means the one and allows for the other.
struct Twin {
  char sign, itself, other;
};

const Twin* twin_of(char sign) {
  static constexpr std::array<Twin, 7> twins = {{{'o', 'O', '0'},
                                                 {'q', '0', 'O'},
                                                 {'i', 'I', '1'},
                                                 {'l', '1', 'I'},
                                                 {'a', '[', 'A'},
                                                 {'e', '\\', 'O'},
                                                 {'u', ']', 'U'}}};
  const auto* found =
      std::find_if(twins.begin(), twins.end(), [sign](const Twin& twin) { return twin.sign == sign; });
  return found == twins.end() ? nullptr : found;
}

/// One of the text's signs: where to look for it, and what paths have come to it so far.
struct State {
  explicit State(char sign) : is_stray(sign == stray), itself(is_stray ? 0 : class_of(sign)) {
    if (const Twin* twin = twin_of(sign)) itself = class_of(twin->itself), other = class_of(twin->other);
  }

  bool is_stray = false;
  std::size_t itself = 0;  // class
  std::size_t other = 0;   // class of its twin; 0 without one
  double blank = 0;        // paths that stand in the blank before it
  double letter = 0;       // paths that stand in it
};

/// One sign that goes on for several columns is not two.
bool look_the_same(const State& one, const State& other) {
  return one.is_stray == other.is_stray &&
         (one.itself == other.itself || (one.other != 0 && one.other == other.itself));
}

/// How likely the column shows the sign; and how likely that it begins there, once, however wide it is.
struct Said {
  double goes_on = 0, begins = 0;
};

Said said(const Column& odds, const State& state) {
  if (state.is_stray) {
    const double any = std::max<double>(std::exp(floor_log), 1 - odds[0]);
    return {any, any * std::exp(-stray_price)};
  }
  const double itself = odds[state.itself];
  if (state.other == 0) return {itself, itself};
  return {itself + odds[state.other], itself + likeness * odds[state.other]};
}

/// Whether sign i may follow the one before without a blank. Else one glyph would be two of its kind with a
/// stray between them.
bool may_touch(const std::vector<State>& states, std::size_t i) {
  if (i == 0 || look_the_same(states[i - 1], states[i])) return false;
  return !(states[i - 1].is_stray && i > 1 && look_the_same(states[i - 2], states[i]));
}

/// From the blank before it or the sign before that one; over a stray from its blank, so that no path counts
/// twice.
double arriving(const std::vector<State>& states, std::size_t i) {
  double from = states[i].blank;
  if (may_touch(states, i)) from += states[i - 1].letter;
  if (i > 0 && states[i - 1].is_stray) {
    from += states[i - 1].blank;
    if (i > 1 && !look_the_same(states[i - 2], states[i])) from += states[i - 2].letter;
  }
  return from;
}

/// All paths one column on; from the text's end to its start, so that each still finds what was before.
void go_on(std::vector<State>& states, const Column& odds) {
  for (std::size_t i = states.size(); i-- > 0;) {
    State& state = states[i];
    const Said here = said(odds, state);
    state.letter = state.letter * here.goes_on + arriving(states, i) * here.begins;
    state.blank = (state.blank + (i > 0 ? states[i - 1].letter : 0)) * odds[0];
  }
}

/// Paths die out or crowd together; keeps them where a double is exact. Returns the logarithm taken out.
double rescale(std::vector<State>& states) {
  double most = 0;
  for (const State& state : states) most = std::max({most, state.blank, state.letter});
  if (most > 1e-30 || most == 0) return 0;
  for (State& state : states) state.blank /= most, state.letter /= most;
  return std::log(most);
}

}  // namespace

Odds::Odds(const Columns& columns) : columns_(columns) {
  for (Column& column : columns_) {
    likeliest_ += *std::max_element(column.begin(), column.end());
    for (float& one : column) one = std::exp(one);
  }
}

float Odds::log_likelihood(const std::string& text) const {
  std::vector<State> states;
  for (const char sign : text + alphabet[0]) states.emplace_back(sign);  // the last one's blank is the end's
  states[0].blank = 1;                                                   // a column before the first
  double taken_out = 0;
  for (const Column& column : columns_) {
    go_on(states, column);
    states.back().letter = 0;  // it is not in the text
    taken_out += rescale(states);
  }
  const std::size_t end = text.size();
  double sum = states[end].blank;
  if (end > 0) sum += states[end - 1].letter;
  if (end > 0 && states[end - 1].is_stray) {
    sum += states[end - 1].blank;
    if (end > 1) sum += states[end - 2].letter;
  }
  return sum > 0 ? static_cast<float>(std::log(sum) + taken_out) : -std::numeric_limits<float>::infinity();
}

namespace {

/// The likeliest way to stand in a sign, or in the blank before it, and in which columns the signs began.
struct Path {
  double odds = 0;
  std::vector<std::size_t> begun;
};

struct Standing {
  Path blank, letter;
};

const Path& likelier(const Path& a, const Path& b) { return b.odds > a.odds ? b : a; }

/// As `arriving`, but the likeliest path alone.
Path likeliest_arriving(const std::vector<State>& states, const std::vector<Standing>& at, std::size_t i) {
  Path from = at[i].blank;
  if (may_touch(states, i)) from = likelier(from, at[i - 1].letter);
  if (i > 0 && states[i - 1].is_stray) {
    from = likelier(from, at[i - 1].blank);
    if (i > 1 && !look_the_same(states[i - 2], states[i])) from = likelier(from, at[i - 2].letter);
  }
  return from;
}

}  // namespace

std::vector<std::size_t> Odds::columns_of(const std::string& text) const {
  std::vector<State> states;
  for (const char sign : text + alphabet[0]) states.emplace_back(sign);
  std::vector<Standing> at(states.size());
  at[0].blank.odds = 1;
  for (std::size_t t = 0; t < columns_.size(); ++t) {
    double most = 0;
    for (std::size_t i = states.size(); i-- > 0;) {
      const Said here = said(columns_[t], states[i]);
      Path begins = likeliest_arriving(states, at, i);
      begins.odds *= here.begins;
      if (!states[i].is_stray) begins.begun.push_back(t);
      at[i].letter.odds *= here.goes_on;
      at[i].letter = i + 1 == states.size() ? Path{} : likelier(at[i].letter, begins);
      if (i > 0) at[i].blank = likelier(at[i].blank, at[i - 1].letter);
      at[i].blank.odds *= columns_[t][0];
      most = std::max({most, at[i].blank.odds, at[i].letter.odds});
    }
    for (Standing& one : at)
      if (most > 0) one.blank.odds /= most, one.letter.odds /= most;
  }
  const std::size_t last = text.size();
  Path end = at[last].blank;
  if (last > 0) end = likelier(end, at[last - 1].letter);
  if (last > 0 && states[last - 1].is_stray) end = likelier(end, at[last - 1].blank);
  if (last > 1 && states[last - 1].is_stray) end = likelier(end, at[last - 2].letter);
  return end.odds > 0 ? end.begun : std::vector<std::size_t>{};
}

}  // namespace reader
