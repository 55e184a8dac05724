#include "drivers/reader/plates.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "drivers/reader/grammar.hpp"
#include "drivers/reader/plate_text.hpp"

namespace reader {
namespace {

constexpr float sheet_certain = 0.85F;  // acted on: less is a placard or the side of a box, too
constexpr float widest_margin = 0.6F;   // capitals; plates have 0.4, stickers room for another line,
constexpr float sheet_roomy = 0.4F;     // and look no more like a plate than this
constexpr float clear = -1.5F;          // support that a text alone must have
constexpr float far_ahead = 4;          // acted on: 0 and O, 8 and B are told apart so far
constexpr float dots_unseen = 1;        // so much further where only an umlaut's dots make the difference
constexpr float almost_free = far_ahead - stray_price + 1;  // of a text that takes a sign for a stray
constexpr float most_foreknown = 1;  // so much of it may be owed to what is known of countries and places
constexpr float lowest_sure = 16;    // pixels of the letters of a plate that is acted on; stickers came to 15
constexpr float cramped = 3;         // a text with two letters in the room of one is so much less likely
constexpr float hopeless = -9;
constexpr float sheetless = 4;               // a text without a sheet comes so far behind others
constexpr std::size_t shortest_sure = 6;     // signs; shorter ones fit a country too easily,
constexpr std::ptrdiff_t fewest_digits = 2;  // and so do words
constexpr float lowest_text = 8;             // pixels of a text without a sheet: below that anything is one
constexpr std::size_t most_letters = 12;     // a plate's nine and what stands beside them

struct Claim {
  Witness witness;
  std::map<std::string, float> texts;  // support
  std::string best;
  std::string raw;  // what the picture alone says
  float weight = -1e9F;
  float sheet = 0;   // how much of a plate's sheet is seen round the letters
  float margin = 0;  // of it above or below them, whichever is more, in capitals
  float height = 0;  // of the letters, pixels
};

/// The same for a text that another claim brought up.
float support_of(const Claim& claim, const std::string& text) {
  const auto known = claim.texts.find(text);
  return known != claim.texts.end() ? known->second : support(claim.witness, shown(text));
}

void judge(Claim& claim) {
  std::set<std::string> texts;
  for (const Columns& columns : claim.witness.cuts)
    for (const Hypothesis& text : decode(columns, plate_grammar(), 6)) texts.merge(meanings_of(text.text));
  float clearest = -1e9F;
  for (const std::string& text : texts) {
    const float borne = support(claim.witness, shown(text));
    claim.texts[text] = borne;
    if (borne > clearest) clearest = borne, claim.raw = text;
    if (borne + plate_prior(text) > claim.weight) claim.weight = borne + plate_prior(text), claim.best = text;
  }
}

/// The same letters found twice, once longer than the other time, share one sheet.
bool share_sheet(const Line& a, const Line& b) {
  const cv::Point2f between = b.middle - a.middle;
  return !b.vertical && std::abs(between.dot(across(a))) < 0.5F * a.height &&
         std::abs(between.dot(a.along)) < 0.5F * std::min(a.length, b.length) && b.height < 1.5F * a.height &&
         a.height < 1.5F * b.height;
}

/// Of letters in one line, or in two.
void find_sheet(const View& view, Claim& claim) {
  for (const Place& place : view.places) {
    if (share_sheet(claim.witness.parts.front(), place.line)) {
      claim.sheet = std::max(claim.sheet, place.line.plate);
      claim.margin = std::max(claim.margin, place.margins.above);
    }
    if (share_sheet(claim.witness.parts.back(), place.line))
      claim.margin = std::max(claim.margin, place.margins.below);
  }
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
  if (!mixed || !fits_country(claim.best) || claim.texts.at(claim.best) < clear) return false;
  Witness each = claim.witness;  // an unclear cut may not say something else altogether
  std::fill(each.weights.begin(), each.weights.end(), 1.F / static_cast<float>(each.weights.size()));
  return claim.height >= lowest_text && support(each, shown(claim.best).substr(1)) > 3 * clear;
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
  const auto plate_like = [&](int i) { return may_be_plate(view.places[i].line); };
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
    find_sheet(view, claim);
    const Place& first = view.places[chain[0]];
    claim.height = first.capitals > 0 ? std::min(first.line.height, first.capitals) : first.line.height;
    judge(claim);
    if (claim.best.size() < 4) continue;
    if (claim.sheet > sheet_seen ? claim.texts[claim.best] > hopeless : reads_like_plate(claim))
      claims.push_back(std::move(claim));
  }
  return claims;
}

/// What is known of a plate before it is judged.
struct Found {
  float sheet = 0;    // how much of a plate's sheet is seen round the letters
  float height = 0;   // of the letters, pixels
  bool fits = false;  // some country's pattern and places
  float each = 0;     // support, mean over the witnesses
  float prior = 0;    // of the text
  float ahead = 0;    // of the next text
};

core::Doubt doubt_of(const Found& found, const std::string& signs) {
  const auto digits = std::count_if(signs.begin(), signs.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (found.sheet <= sheet_certain) return core::Doubt::no_sheet;
  if (!found.fits || signs.size() < shortest_sure || digits < fewest_digits) return core::Doubt::no_country;
  if (found.each <= clear || found.height < lowest_sure) return core::Doubt::unclear;
  // The dots of an umlaut may be too small to be seen; and a daily plate with a sign read wrong easily makes
  // one of a country that seldom comes: the Turkish 11AB123 was the Belgian 1IAB123.
  const bool alone =
      found.ahead > far_ahead && dotted(signs).empty() && !has_round_twin(signs) && !is_seldom(signs);
  return alone ? core::Doubt::none : core::Doubt::rival;
}

/// Fitted to rendered scenes, see models/CARD.md.
int confidence(const Found& found) {
  const float logit = -13.4F + (found.fits ? 1.2F : 0) + 10 * found.sheet +
                      std::clamp(found.each + found.prior, -8.F, 0.F) +
                      0.76F * std::clamp(found.ahead, -3.F, 6.F) + 0.15F * std::min(found.height, 20.F);
  return static_cast<int>(std::lround(1000 * std::min(1 / (1 + std::exp(-logit)), 0.999F)));
}

constexpr std::size_t most_alternatives = 5;
constexpr float worth_showing = 8;

struct Judged {
  core::PlateRead read;
  float weight = 0;
};

struct Shown {
  float sheet = 0;  // see Claim
  float height = 0;
};

/// What one claim alone shows of the text's sheet and of how high its letters are: the best that bears the
/// text out. A sheet with room for another line in one picture has it in all.
Shown shown_of(const std::vector<const Claim*>& group, const std::string& text) {
  std::vector<const Claim*> bearing;
  for (const Claim* claim : group)
    if (support_of(*claim, text) > clear) bearing.push_back(claim);
  if (bearing.empty()) bearing = group;
  const auto worth = [](const Claim* claim) {
    return std::pair(std::min(claim->sheet, sheet_certain), claim->height);
  };
  const Claim* best = *std::max_element(bearing.begin(), bearing.end(),
                                        [&](const Claim* a, const Claim* b) { return worth(a) < worth(b); });
  const bool roomy = std::any_of(bearing.begin(), bearing.end(),
                                 [](const Claim* claim) { return claim->margin > widest_margin; });
  return {roomy ? std::min(best->sheet, sheet_roomy) : best->sheet, best->height};
}

// How far the best text is ahead of the next, over all witnesses of one plate.
Judged judged(const std::vector<const Claim*>& group) {
  std::set<std::string> texts;
  for (const Claim* claim : group)
    for (const auto& [text, unused] : claim->texts) texts.insert(text);
  std::vector<std::pair<float, std::string>> order;
  for (const std::string& text : texts) {
    float sum = plate_prior(text);
    for (const Claim* claim : group) sum += support_of(*claim, text);
    order.emplace_back(sum, text);
  }
  std::sort(order.rbegin(), order.rend());
  const float within = order[0].first - worth_showing;
  for (auto& [sum, text] : order)
    if (sum > within && is_cramped(group[0]->witness, shown(text))) sum -= cramped;
  std::sort(order.rbegin(), order.rend());
  const auto witnesses = static_cast<float>(group.size());
  const float before = plate_prior(order[0].second);
  float ahead = 30;
  for (std::size_t i = 1; i < order.size(); ++i) {
    // One that takes a sign for a stray is never further behind than the price of that; most of it will do.
    const bool shorter = order[i].second.size() < order[0].second.size();
    const bool may_be = may_be_emblem(order[0].second, order[i].second);
    const bool by_dots = differ_by_dots(order[0].second, order[i].second);
    // What no country's pattern fits is no plate; but lists of places age.
    const float owed = fits_country(order[i].second) ? before - plate_prior(order[i].second) : 0;
    ahead = std::min(ahead, order[0].first - order[i].first - std::max(0.F, owed - most_foreknown) +
                                (may_be    ? -stray_price
                                 : shorter ? almost_free
                                 : by_dots ? -dots_unseen
                                           : 0));
  }
  const float each = (order[0].first - before) / witnesses;
  Judged out;
  out.read.plate = plate_of(order[0].second);
  out.read.raw = plate_of(group[0]->raw);
  for (std::size_t i = 1; i < order.size() && out.read.alternatives.size() < most_alternatives; ++i)
    if (order[i].first > order[0].first - worth_showing)
      out.read.alternatives.push_back(plate_of(order[i].second));
  out.read.country = country_of(order[0].second);
  const Shown plate = shown_of(group, order[0].second);
  const Found found{plate.sheet, plate.height, has_home(order[0].second), each, before, ahead};
  out.read.confidence = confidence(found);
  out.read.doubt = doubt_of(found, order[0].second);
  out.read.sure = out.read.doubt == core::Doubt::none;
  out.read.box = box_of(group[0]->witness.parts);
  out.weight = each + before + (plate.sheet > sheet_seen ? 2 * plate.sheet : -sheetless);
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
      return g[0]->best == claim.best || nearly_same(g[0]->best, claim.best);
    });
    if (same == groups.end())
      groups.push_back({&claim});
    else if (std::none_of(same->begin(), same->end(),
                          [&](const Claim* one) { return overlap(one->witness, claim.witness); }))
      same->push_back(&claim);
  }
  std::vector<Judged> all;
  for (const auto& group : groups) all.push_back(judged(group));
  std::stable_sort(all.begin(), all.end(), [](const Judged& a, const Judged& b) {
    if (a.read.sure != b.read.sure) return a.read.sure;
    return a.read.confidence != b.read.confidence ? a.read.confidence > b.read.confidence
                                                  : a.weight > b.weight;
  });
  std::vector<core::PlateRead> reads;
  for (Judged& one : all) reads.push_back(std::move(one.read));
  return reads;
}

}  // namespace reader
