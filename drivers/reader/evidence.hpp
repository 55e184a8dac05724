// What one picture shows: its lines, each read in several ways.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drivers/reader/columns.hpp"
#include "drivers/reader/line.hpp"
#include "gate/core/framing.hpp"

namespace reader {

/// How far the sheet that letters stand on goes on above and below them, in capitals.
struct Margins {
  float above = 0, below = 0;
};

/// One place with lettering. `cuts` are readings of the same letters from rectangles cut a little
/// differently: they help against a bad cut, but they are no independent witnesses.
struct Place {
  Line line;
  std::vector<Columns> cuts;  // the first one from `line` as it was found; never empty
  std::string letters;        // likeliest of the clearest cut
  float capitals = 0;  // their height in pixels, where the view is asked for it or they may be a plate's
  Margins margins{};   // of what may be a plate; see lettering.hpp
};

struct View {
  int number = 0;  // which picture of the passage
  std::vector<Place> places;
  std::optional<core::Capitals> capitals{};  // a code's, where any other height is implausible
};

/// Several places that together may be one text, read as one: cut i of each part, one behind the other.
struct Witness {
  int view = 0;
  std::vector<Line> parts;
  std::vector<Columns> cuts;
  std::vector<Odds> odds;      // of the cuts
  std::vector<float> weights;  // of the cuts, adding up to 1: a clear cut counts for more than a bad one
};

[[nodiscard]] Witness witness_of(const View& view, const std::vector<int>& places);
[[nodiscard]] Witness witness_of(const Place& place);

/// How well the cuts of a witness bear out a text: the weighted mean over the cuts of log-likelihood less
/// that of the likeliest path, never below `worst`; 0 is perfect.
inline constexpr float worst = -14.F;
[[nodiscard]] float support(const Witness& witness, const std::string& text);

/// One line found twice in a view, a bit differently, is one witness.
[[nodiscard]] bool overlap(const Witness& a, const Witness& b);

/// Two letters of the text where there is room for one: what a single glyph that looks like both may be read
/// as.
[[nodiscard]] bool is_cramped(const Witness& witness, const std::string& text);

}  // namespace reader
