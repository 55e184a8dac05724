#include "drivers/reader/evidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace reader {
namespace {

// Sizes at which the detector looks: near lettering, ordinary, far.
std::vector<int> long_sides(const cv::Mat& grey) {
  const int own = std::max(grey.cols, grey.rows);
  std::vector<int> sides = {640, 960};
  sides.push_back(own > 1000 ? 1440 : 1280);
  return sides;
}

constexpr std::size_t longest_code =
    12;  // letters that a code may look like; more, and something else is with it

struct Found {
  std::vector<Line> lines;  // the same letters, found at several sizes; the firmest first
};

std::vector<Found> find_places(const cv::Mat& grey, Detector& detector) {
  std::vector<Found> places;
  for (const int side : long_sides(grey)) {
    for (const Line& line : detector.find(grey, side)) {
      if (line.length < 4 || line.height < 5) continue;
      const auto known = std::find_if(places.begin(), places.end(),
                                      [&](const Found& f) { return same_place(f.lines[0], line); });
      if (known == places.end())
        places.push_back({{line}});
      else
        known->lines.push_back(line);
    }
  }
  for (Found& found : places)
    std::sort(found.lines.begin(), found.lines.end(),
              [](const Line& a, const Line& b) { return a.score > b.score; });
  return places;
}

Place read_place(const cv::Mat& grey, const Found& found, LineReader& reader) {
  static constexpr std::array<Cut, 3> cuts = {Cut{0.25F, 0.35F, 1.F}, Cut{0.08F, 0.25F, 1.F},
                                              Cut{0.45F, 0.5F, 1.F}};
  Place place;
  place.line = found.lines[0];
  for (const Line& line : found.lines) place.line.plate = std::max(place.line.plate, line.plate);
  float clearest = 0;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const Line& line = found.lines[std::min(i, found.lines.size() - 1)];
    place.cuts.push_back(reader.read(grey, line, cuts[i]));
    const std::string letters = likeliest_letters(place.cuts.back());
    const float clear = clarity(place.cuts.back()) * std::sqrt(static_cast<float>(letters.size()));
    if (clear <= clearest) continue;
    clearest = clear;
    place.letters = letters;
  }
  return place;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A serial number without its check digit, with or without the owner before it.
bool lacks_check_digit(const std::string& letters) {
  if (letters.size() != 6 && letters.size() != 10) return false;
  return std::all_of(letters.end() - 6, letters.end(), is_digit);
}

/// The check digit stands apart in its box, which the detector often passes over: as far as it may be.
Found reaching_further(const Place& place) {
  constexpr float heights_horizontal = 2.8F, heights_vertical = 3.5F;
  Line line = place.line;
  const float more = line.height * (line.vertical ? heights_vertical : heights_horizontal);
  line.middle += line.along * (more / 2);
  line.length += more;
  return {{line}};
}

/// Where a code may begin in a line that says more: four letters, and of the six signs behind them nearly all
/// digits.
std::optional<std::size_t> code_within(const std::vector<Letter>& line) {
  for (std::size_t i = line.size(); i-- > 0;) {
    if (i + 10 > line.size()) continue;
    const auto digits = [&line](std::size_t from, std::size_t to) {
      return std::count_if(line.begin() + static_cast<std::ptrdiff_t>(from),
                           line.begin() + static_cast<std::ptrdiff_t>(to),
                           [](const Letter& one) { return is_digit(one.letter); });
    };
    if (digits(i, i + 4) == 0 && digits(i + 4, i + 10) >= 5) return i;
  }
  return std::nullopt;
}

/// Lettering beside a code, of its height, is found as one line with it: the part that may be the code.
std::optional<Place> without_neighbours(const Place& place) {
  Place part{place.line, {}, {}};
  for (const Columns& columns : place.cuts) {
    const std::vector<Letter> line = likeliest(columns);
    const auto start = code_within(line);
    if (!start) continue;
    const std::size_t from = std::max<std::size_t>(line[*start].column, 1) - 1;
    const std::size_t to = *start + 12 < line.size() ? line[*start + 12].column : columns.size();
    if (part.cuts.empty()) {
      const auto share = [&columns](std::size_t column) {
        return static_cast<float>(column) / static_cast<float>(columns.size());
      };
      part.line.length = place.line.length * (share(to) - share(from));
      part.line.middle =
          start_of(place.line) + place.line.along * (place.line.length * (share(from) + share(to)) / 2);
    }
    part.cuts.emplace_back(columns.begin() + static_cast<std::ptrdiff_t>(from),
                           columns.begin() + static_cast<std::ptrdiff_t>(to));
  }
  if (part.cuts.empty()) return std::nullopt;
  part.letters = likeliest_letters(part.cuts.front());
  return part;
}

}  // namespace

View look(const cv::Mat& grey, int number, Detector& detector, LineReader& reader) {
  View view{number, {}};
  const auto keep = [&view](Place place) {
    if (!place.letters.empty()) view.places.push_back(std::move(place));
  };
  for (const Found& found : find_places(grey, detector)) {
    Place place = read_place(grey, found, reader);
    if (lacks_check_digit(place.letters)) keep(read_place(grey, reaching_further(place), reader));
    if (place.letters.size() > longest_code)
      if (auto part = without_neighbours(place)) keep(std::move(*part));
    keep(std::move(place));
  }
  return view;
}

namespace {

// A cut half as clear as another counts for a sixteenth of it.
void weigh(Witness& witness) {
  float sum = 0;
  for (const Columns& columns : witness.cuts) {
    const float clear = 0.05F + clarity(columns);
    witness.weights.push_back(clear * clear * clear * clear);
    sum += witness.weights.back();
  }
  for (float& weight : witness.weights) weight /= sum;
}

}  // namespace

Witness witness_of(const View& view, const std::vector<int>& places) {
  Witness witness{view.number, {}, {}, {}};
  std::size_t cuts = 3;
  for (const int i : places) cuts = std::min(cuts, view.places[i].cuts.size());
  witness.cuts.resize(cuts);
  for (const int i : places) {
    const Place& place = view.places[i];
    witness.parts.push_back(place.line);
    for (std::size_t k = 0; k < cuts; ++k)
      witness.cuts[k].insert(witness.cuts[k].end(), place.cuts[k].begin(), place.cuts[k].end());
  }
  weigh(witness);
  return witness;
}

Witness witness_of(const Place& place) { return witness_of(View{0, {place}}, {0}); }

float support(const Witness& witness, const std::string& text) {
  float sum = 0;
  for (std::size_t k = 0; k < witness.cuts.size(); ++k)
    sum += witness.weights[k] *
           std::max(worst, log_likelihood(witness.cuts[k], text) - likeliest_path(witness.cuts[k]));
  return witness.cuts.empty() ? worst : sum;
}

}  // namespace reader
