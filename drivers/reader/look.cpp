#include "drivers/reader/look.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <opencv2/imgproc.hpp>

#include "drivers/reader/lettering.hpp"
#include "drivers/reader/picture.hpp"

namespace reader {
namespace {

constexpr int ordinary = 960;  // pixels of the longer side at which most lettering is found
constexpr std::size_t longest_code =
    12;  // letters that a code may look like; more, and something else is with it

constexpr std::array<Cut, 3> ways = {Cut{0.25F, 0.35F, 1.F}, Cut{0.08F, 0.25F, 1.F}, Cut{0.45F, 0.5F, 1.F}};

constexpr Cut leaning{0.15F, 0.3F, 1.F, true};

/// Seen from above and the side, a line falls while its letters stay upright.
bool leans(const Line& line) {
  return !line.vertical && std::abs(line.along.y) > 0.12F * std::abs(line.along.x);
}

void read_on(const cv::Mat& grey, Found& found, LineReader& reader, std::size_t cuts) {
  for (std::size_t i = found.cuts.size(); i < cuts; ++i) {
    const Line& line = found.lines[std::min(i, found.lines.size() - 1)];
    found.cuts.push_back(reader.read(grey, line, i == 2 && leans(line) ? leaning : ways[i]));
  }
}

Place place_of(const Found& found) {
  Place place{found.lines[0], found.cuts, {}};
  for (const Line& line : found.lines) place.line.plate = std::max(place.line.plate, line.plate);
  float clearest = 0;
  for (const Columns& cut : place.cuts) {
    const std::string letters = likeliest_letters(cut);
    const float clear = clarity(cut) * std::sqrt(static_cast<float>(letters.size()));
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
  return {{line}, {}};
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

/// A word, a weight, the name of a line: neither a code, a part of one, nor a plate.
bool is_prose(const Place& place) {
  constexpr std::size_t longest_part = 6;
  const auto digits = std::count_if(place.letters.begin(), place.letters.end(), is_digit);
  return place.letters.size() > longest_part && digits < 2 && place.line.plate < sheet_seen;
}

/// What lies in deep shadow beside a bright sky stands out as what lies in the light does.
cv::Mat evenly_lit(const cv::Mat& grey) {
  cv::Mat even;
  cv::createCLAHE(4, {8, 8})->apply(grey, even);
  return even;
}

/// Whether an eighth of it is so dark that lettering there hardly stands out.
bool has_deep_shadow(const cv::Mat& grey) {
  constexpr int across = 16, dark = 64, least_dark = across * across / 8;  // cells, grey level
  cv::Mat cells;
  cv::resize(grey, cells, {across, across}, 0, 0, cv::INTER_AREA);
  return cv::countNonZero(cells < dark) >= least_dark;
}

/// Reads every place; what is no prose from more than one cut, and a code that may go on or have neighbours
/// in other ways too.
View read_all(const cv::Mat& grey, int number, std::vector<Found>& places, LineReader& reader,
              std::size_t cuts) {
  View view{number, {}};
  const auto keep = [&view](Place place) {
    if (!place.letters.empty()) view.places.push_back(std::move(place));
  };
  for (Found& found : places) {
    read_on(grey, found, reader, 1);
    Place place = place_of(found);
    if (cuts > 1 && !place.letters.empty() && !is_prose(place)) {
      read_on(grey, found, reader, cuts);
      place = place_of(found);
    }
    if (lacks_check_digit(place.letters)) {
      Found further = reaching_further(place);
      read_on(grey, further, reader, cuts);
      keep(place_of(further));
    }
    if (place.letters.size() > longest_code)
      if (auto part = without_neighbours(place)) keep(std::move(*part));
    keep(std::move(place));
  }
  return view;
}

}  // namespace

Look::Look(Shot shot, int number)
    : shot_(std::move(shot)),
      part_(part_of(shot_.picture.size(), shot_.framing.region)),
      grey_(shot_.picture(part_)),
      number_(number) {}

int Look::whole_side() const { return std::max(shot_.picture.cols, shot_.picture.rows); }

View Look::framed(View view) const {
  view.capitals = shot_.framing.capitals;
  for (Place& place : view.places) {
    place.line.middle += cv::Point2f(part_.tl());
    const bool plate = may_be_plate(place.line);
    if (view.capitals || plate) place.capitals = capitals_in(shot_.picture, place);
    if (plate) place.margins = margins_of(shot_.picture, place.line);
  }
  return view;
}

void Look::find(const cv::Mat& grey, int long_side, Detector& detector) {
  constexpr double least = 64;
  const double share = static_cast<double>(std::max(grey_.cols, grey_.rows)) / whole_side();
  const int side = static_cast<int>(std::lround(std::max(least, share * long_side)));
  for (const Line& line : detector.find(grey, side)) {
    if (line.length < 4 || line.height < 5) continue;
    const auto known = std::find_if(found_.begin(), found_.end(),
                                    [&](const Found& f) { return same_place(f.lines[0], line); });
    if (known == found_.end())
      found_.push_back({{line}, {}});
    else
      known->lines.push_back(line);
  }
}

View Look::in_passing(Nets& nets) {
  find(grey_, ordinary, nets.detector);
  return framed(read_all(grey_, number_, found_, nets.reader, 1));
}

View Look::closely(Nets& nets) {
  if (found_.empty()) find(grey_, ordinary, nets.detector);
  find(grey_, 640, nets.detector);
  find(grey_, whole_side() > 1000 ? 1440 : 1280, nets.detector);
  for (Found& found : found_)
    if (found.cuts.empty())
      std::sort(found.lines.begin(), found.lines.end(),
                [](const Line& a, const Line& b) { return a.score > b.score; });
  return framed(read_all(grey_, number_, found_, nets.reader, ways.size()));
}

View Look::into_the_shadow(Nets& nets) {
  if (has_deep_shadow(grey_)) find(evenly_lit(grey_), ordinary, nets.detector);
  return framed(read_all(grey_, number_, found_, nets.reader, ways.size()));
}

}  // namespace reader
