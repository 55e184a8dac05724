#include "drivers/reader/plates.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "drivers/reader/grammar.hpp"
#include "gate/core/plate.hpp"

namespace reader {
namespace {

constexpr float sheet_seen = 0.3F;
constexpr float clear = -1.5F;  // support that a text alone must have
constexpr float hopeless = -9;
constexpr float lowest_text = 8;          // pixels of a text without a sheet: below that anything is one
constexpr std::size_t most_letters = 12;  // a plate's nine and what stands beside them
constexpr float foreign = 4;              // a text that fits no country's pattern has to be that much clearer
constexpr std::array<const char*, 14> countries = {"BE", "NL", "DE", "FR", "PL", "LU", "ES",
                                                   "IT", "CZ", "SK", "RO", "LT", "HU", "GB"};

struct Claim {
  Witness witness;
  std::map<std::string, float> texts;  // support
  std::string best;
  std::string raw;  // what the picture alone says
  float weight = -1e9F;
  float sheet = 0;  // how much of a plate's sheet is seen round the letters
};

float prior(const std::string& text) { return core::countries_of(text).empty() ? -foreign : 0; }

bool holds(const std::vector<std::string>& all, const char* one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool has_emblem_after(const std::string& text, std::size_t letters, const std::vector<std::string>& fitting) {
  if (holds(fitting, "SK") && letters == 2) return true;
  if (holds(fitting, "CZ") && letters == 3) return true;
  return holds(fitting, "DE") && letters <= 3 && std::isdigit(static_cast<unsigned char>(text[letters])) == 0;
}

/// On some countries' plates 0 and O, 1 and I are one shape, and only the pattern says which is meant.
char shape_of(char sign) {
  const std::string_view known = "O0I1", alike = "oqil";
  const std::size_t at = known.find(sign);
  return at == known.npos ? sign : alike[at];
}

/// The signs as a country's plate shows them. With a stray one where plates have them: an end of the blue
/// band or of the sheet at either side, and what the country puts between its groups.
std::string shown(const std::string& text) {
  const std::vector<std::string> fitting = core::countries_of(text);
  if (fitting.empty()) return text;
  const bool twins = holds(fitting, "SK") || holds(fitting, "GB");
  std::string with(1, stray);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && has_emblem_after(text, i, fitting)) with += stray;
    with += twins ? shape_of(text[i]) : text[i];
  }
  if (holds(fitting, "FR") || holds(fitting, "IT")) with += stray;  // the band on the right
  return with;
}

/// The same without one or two of its signs, where that is what some country's plates look like.
void add_without_strays(std::set<std::string>& texts, const std::string& text, int most) {
  for (std::size_t i = 0; i < text.size() && text.size() > 5; ++i) {
    std::string less = text;
    less.erase(i, 1);
    if (!core::countries_of(less).empty()) texts.insert(less);
    if (most > 1) add_without_strays(texts, less, most - 1);
  }
}

void judge(Claim& claim) {
  std::set<std::string> texts;
  for (const Columns& columns : claim.witness.cuts) {
    for (const Hypothesis& text : decode(columns, plate_grammar(), 6)) {
      texts.insert(text.text);
      for (const char* country : countries) texts.insert(core::fit_to_country(text.text, country));
      if (core::countries_of(text.text).empty()) add_without_strays(texts, text.text, 2);
    }
  }
  float clearest = -1e9F;
  for (const std::string& text : texts) {
    const float borne = support(claim.witness, shown(text));
    claim.texts[text] = borne;
    if (borne > clearest) clearest = borne, claim.raw = text;
    if (borne + prior(text) > claim.weight) claim.weight = borne + prior(text), claim.best = text;
  }
}

/// The same letters found twice, once longer than the other time, share one sheet.
float sheet_of(const View& view, const Line& line) {
  float most = line.plate;
  for (const Place& other : view.places) {
    const cv::Point2f between = other.line.middle - line.middle;
    const bool same = !other.line.vertical && std::abs(between.dot(across(line))) < 0.5F * line.height &&
                      std::abs(between.dot(line.along)) < 0.5F * std::min(line.length, other.line.length) &&
                      other.line.height < 1.5F * line.height && line.height < 1.5F * other.line.height;
    if (same) most = std::max(most, other.line.plate);
  }
  return most;
}

/// The sheet of a plate is not always found; letters and digits as some country has them, and clear, are a
/// plate all the same, though never a sure one.
bool reads_like_plate(const Claim& claim) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto digits = std::count_if(claim.best.begin(), claim.best.end(), is_digit);
  // What a container says of its weight and room looks like a Spanish plate.
  for (const char* unit : {"KGS", "LBS", "KG", "LB", "CUM", "CUFT"})
    if (claim.best.ends_with(unit)) return false;
  const bool mixed = digits > 1 && digits < static_cast<std::ptrdiff_t>(claim.best.size());
  if (!mixed || core::countries_of(claim.best).empty() || claim.texts.at(claim.best) < clear) return false;
  Witness each = claim.witness;  // an unclear cut may not say something else altogether
  std::fill(each.weights.begin(), each.weights.end(), 1.F / static_cast<float>(each.weights.size()));
  return claim.witness.parts[0].height >= lowest_text &&
         support(each, shown(claim.best).substr(1)) > 3 * clear;
}

/// A serial number with a zero taken for an O looks like a plate of some country.
bool is_part_of(const Claim& claim, const std::vector<core::ContainerRead>& codes) {
  const auto shapes = [](std::string text) {
    for (char& sign : text) sign = sign == 'O' || sign == 'Q' ? '0' : sign == 'I' ? '1' : sign;
    return text;
  };
  return std::any_of(codes.begin(), codes.end(), [&](const core::ContainerRead& read) {
    return read.check_digit && (shapes(read.code).find(shapes(claim.best)) != std::string::npos ||
                                shapes(read.code).find(shapes(claim.raw)) != std::string::npos);
  });
}

bool below(const Line& a, const Line& b) {
  const cv::Point2f between = b.middle - a.middle;
  const float down = between.dot(across(a));
  return down > 0.8F * a.height && down < 2 * a.height &&
         std::abs(between.dot(a.along)) < 0.6F * std::max(a.length, b.length) &&
         std::max(a.height, b.height) < 1.5F * std::min(a.height, b.height);
}

std::vector<Claim> claims_of(const View& view) {
  std::vector<std::vector<int>> chains;
  const int count = static_cast<int>(view.places.size());
  const auto plate_like = [&](int i) {
    return view.places[i].line.plate > sheet_seen && !view.places[i].line.vertical;
  };
  std::set<int> lower;
  for (int a = 0; a < count; ++a)
    for (int b = 0; b < count; ++b)
      if (a != b && plate_like(a) && plate_like(b) && view.places[a].letters.size() <= 5 &&
          view.places[b].letters.size() <= 5 && below(view.places[a].line, view.places[b].line))
        chains.push_back({a, b}), lower.insert(a), lower.insert(b);
  for (int a = 0; a < count; ++a)
    if (!view.places[a].line.vertical && !lower.contains(a) && view.places[a].letters.size() >= 3 &&
        view.places[a].letters.size() <= most_letters)
      chains.push_back({a});
  std::vector<Claim> claims;
  for (const std::vector<int>& chain : chains) {
    Claim claim{witness_of(view, chain), {}, {}, {}};
    claim.sheet = sheet_of(view, claim.witness.parts[0]);
    judge(claim);
    if (claim.best.size() < 4) continue;
    if (claim.sheet > sheet_seen ? claim.texts[claim.best] > hopeless : reads_like_plate(claim))
      claims.push_back(std::move(claim));
  }
  return claims;
}

struct Judged {
  core::PlateRead read;
  float weight = 0;
};

// How far the best text is ahead of the next, over all witnesses of one plate.
Judged judged(const std::vector<const Claim*>& group) {
  std::set<std::string> texts;
  for (const Claim* claim : group)
    for (const auto& [text, unused] : claim->texts) texts.insert(text);
  std::vector<std::pair<float, std::string>> order;
  for (const std::string& text : texts) {
    float sum = prior(text);
    for (const Claim* claim : group) sum += support(claim->witness, shown(text));
    order.emplace_back(sum, text);
  }
  std::sort(order.rbegin(), order.rend());
  const auto witnesses = static_cast<float>(group.size());
  float ahead = 30;
  for (std::size_t i = 1; i < order.size(); ++i) {
    // One that takes a sign for a stray is never further behind than the price of that.
    const bool shorter = order[i].second.size() < order[0].second.size();
    ahead = std::min(ahead, order[0].first - order[i].first + (shorter ? 0.5F : 0));
  }
  const float each = order[0].first / witnesses;
  Judged out;
  out.read.plate = order[0].second;
  out.read.raw = group[0]->raw;
  const std::vector<std::string> fitting = core::countries_of(order[0].second);
  out.read.country = fitting.empty() ? "" : fitting.front();
  const float p = std::exp(0.25F * std::min(each, 0.F)) / (1 + std::exp(-std::min(ahead, 30.F))) *
                  (fitting.empty() ? 0.5F : 1.F);
  out.read.confidence = static_cast<int>(std::lround(1000 * std::clamp(p, 0.F, 0.999F)));
  float sheet = 0;
  for (const Claim* claim : group) sheet = std::max(sheet, claim->sheet);
  out.read.sure =
      sheet > sheet_seen && !fitting.empty() && order[0].second.size() >= 5 && each > clear && ahead > 3.F;
  out.read.box = box_of(group[0]->witness.parts);
  out.weight = each + (sheet > sheet_seen ? 2 * sheet : -foreign);
  return out;
}

}  // namespace

std::vector<core::PlateRead> read_plates(const std::vector<View>& views,
                                         const std::vector<core::ContainerRead>& codes) {
  std::vector<Claim> claims;
  for (const View& view : views)
    for (Claim& claim : claims_of(view))
      if (!is_part_of(claim, codes)) claims.push_back(std::move(claim));
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) { return a.weight > b.weight; });
  std::vector<std::vector<const Claim*>> groups;
  for (const Claim& claim : claims) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& g) {
      return g[0]->best == claim.best || core::near_plates(g[0]->best, claim.best);
    });
    if (same == groups.end())
      groups.push_back({&claim});
    else
      same->push_back(&claim);
  }
  std::vector<Judged> all;
  for (const auto& group : groups) all.push_back(judged(group));
  std::stable_sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
    return a.read.sure != b.read.sure ? a.read.sure : a.weight > b.weight;
  });
  std::vector<core::PlateRead> reads;
  for (Judged& one : all) reads.push_back(std::move(one.read));
  return reads;
}

}  // namespace reader
