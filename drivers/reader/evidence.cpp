#include "drivers/reader/evidence.hpp"

#include <algorithm>
#include <cctype>

namespace reader {
namespace {

// Sizes at which the detector looks: near lettering, ordinary, far.
std::vector<int> long_sides(const cv::Mat& grey) {
  const int own = std::max(grey.cols, grey.rows);
  std::vector<int> sides = {640, 960};
  sides.push_back(own > 1000 ? 1440 : 1280);
  return sides;
}

struct Found {
  std::vector<Line> lines;  // the same letters, found at several sizes; the firmest first
};

std::vector<Found> find_places(const cv::Mat& grey, Detector& detector) {
  std::vector<Found> places;
  for (const int side : long_sides(grey)) {
    for (const Line& line : detector.find(grey, side)) {
      if (line.length < 4 || line.height < 5) continue;
      const auto known = std::find_if(places.begin(), places.end(), [&](const Found& f) { return same_place(f.lines[0], line); });
      if (known == places.end()) places.push_back({{line}});
      else known->lines.push_back(line);
    }
  }
  for (Found& found : places)
    std::sort(found.lines.begin(), found.lines.end(), [](const Line& a, const Line& b) { return a.score > b.score; });
  return places;
}

bool worth_more_cuts(const Place& place) {
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto digits = static_cast<std::size_t>(std::count_if(place.letters.begin(), place.letters.end(), is_digit));
  const std::size_t all = place.letters.size();
  const bool code = all >= 9 && all <= 14 && digits >= 4;
  const bool owner = all >= 3 && all <= 6 && digits <= 2;
  const bool number = all >= 1 && all <= 9 && digits + 2 >= all;
  return place.line.plate > 0.25F || code || owner || number;
}

Place read_place(const cv::Mat& grey, const Found& found, LineReader& reader) {
  static constexpr std::array<Cut, 3> cuts = {Cut{0.25F, 0.35F, 1.F}, Cut{0.12F, 0.25F, 1.1F}, Cut{0.38F, 0.5F, 0.93F}};
  Place place;
  place.line = found.lines[0];
  for (const Line& line : found.lines) place.line.plate = std::max(place.line.plate, line.plate);
  place.cuts.push_back(reader.read(grey, place.line, cuts[0]));
  place.letters = likeliest_letters(place.cuts[0]);
  if (!worth_more_cuts(place)) return place;
  for (std::size_t i = 1; i < cuts.size(); ++i) {
    const Line& line = found.lines[std::min(i, found.lines.size() - 1)];
    place.cuts.push_back(reader.read(grey, line, cuts[i]));
  }
  return place;
}

}  // namespace

View look(const cv::Mat& grey, int number, Detector& detector, LineReader& reader) {
  View view{number, {}};
  for (const Found& found : find_places(grey, detector)) {
    Place place = read_place(grey, found, reader);
    if (!place.letters.empty()) view.places.push_back(std::move(place));
  }
  return view;
}

Witness witness_of(const View& view, const std::vector<int>& places) {
  Witness witness{view.number, {}, {}};
  std::size_t cuts = 3;
  for (const int i : places) cuts = std::min(cuts, view.places[i].cuts.size());
  witness.cuts.resize(cuts);
  for (const int i : places) {
    const Place& place = view.places[i];
    witness.parts.push_back(place.line);
    for (std::size_t k = 0; k < cuts; ++k)
      witness.cuts[k].insert(witness.cuts[k].end(), place.cuts[k].begin(), place.cuts[k].end());
  }
  return witness;
}

float support(const Witness& witness, const std::string& text) {
  float sum = 0;
  for (const Columns& columns : witness.cuts)
    sum += std::max(worst, log_likelihood(columns, text) - likeliest_path(columns));
  return witness.cuts.empty() ? worst : sum / static_cast<float>(witness.cuts.size());
}

}  // namespace reader
