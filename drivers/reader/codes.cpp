#include "drivers/reader/codes.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "drivers/reader/grammar.hpp"
#include "drivers/reader/lettering.hpp"
#include "drivers/reader/size_type.hpp"
#include "gate/core/equipment_number.hpp"

namespace reader {
namespace {

constexpr float hopeless = -11;  // a witness that bears out nothing better than this is no code
constexpr float invalid_only_ahead =
    7;  // a code with a wrong check digit is told only when it is this much clearer

constexpr float seldom =
    1.5F;  // a swap body or trailer's code has to be that much clearer than a container's

/// No check digit tells a U from an A or a K. This only says which is told, never how surely.
float prior(const std::string& code) { return core::form_of(code) == core::CodeForm::ilu ? -seldom : 0; }

struct Claim {
  Witness witness;
  std::vector<int> places;        // in its view
  std::vector<Hypothesis> texts;  // best of all cuts
  std::string best;               // best supported text with a fitting check digit, else best of all
  float support = worst;
  bool plausible = true;  // its letters have a height that a box's may have at this camera
};

bool maybe_code(const View& view, const std::vector<int>& chain) {
  std::string text;
  for (const int i : chain) text += view.places[i].letters;
  const auto digits =
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return digits >= 4 && static_cast<std::ptrdiff_t>(text.size()) - digits >= 2;
}

Claim claim_of(const View& view, const std::vector<int>& chain) {
  Claim claim{witness_of(view, chain), chain, {}, {}, worst};
  std::set<std::string> seen;
  for (const Columns& columns : claim.witness.cuts)
    for (Hypothesis& text : decode(columns, container_grammar(), 10))
      if (seen.insert(text.text).second) claim.texts.push_back(std::move(text));
  float best_valid = worst * 2, best_any = worst * 2;
  std::string valid, any;
  for (Hypothesis& text : claim.texts) {
    text.log_probability = support(claim.witness, text.text) + prior(text.text);
    if (text.log_probability > best_any) best_any = text.log_probability, any = text.text;
    if (text.log_probability > best_valid && core::check_digit_fits(text.text))
      best_valid = text.log_probability, valid = text.text;
  }
  const bool prefer_valid = !valid.empty() && best_any - best_valid < invalid_only_ahead;
  claim.best = prefer_valid ? valid : any;
  claim.support = prefer_valid ? best_valid : best_any;
  return claim;
}

// A sticker, a screen that is held up, the box in the lane beyond: letters of a height that the boxes here
// never have.
bool is_plausible(const Claim& claim, const View& view) {
  if (!view.capitals) return true;
  std::vector<Place> parts;
  for (const int i : claim.places) parts.push_back(view.places[i]);
  const float high = capitals_of(parts);
  return high >= static_cast<float>(view.capitals->smallest) &&
         high <= static_cast<float>(view.capitals->largest);
}

// The best claims of one view that share no place and do not lie over each other.
std::vector<Claim> claims_of(const View& view) {
  std::vector<Line> lines;
  std::vector<int> counts;
  for (const Place& place : view.places) {
    lines.push_back(place.line);
    counts.push_back(static_cast<int>(place.letters.size()));
  }
  std::vector<Claim> all;
  for (const std::vector<int>& chain : chains(lines, counts)) {
    if (!maybe_code(view, chain)) continue;
    Claim claim = claim_of(view, chain);
    if (!claim.best.empty() && claim.support > hopeless) all.push_back(std::move(claim));
  }
  std::sort(all.begin(), all.end(), [](const Claim& a, const Claim& b) { return a.support > b.support; });
  std::vector<Claim> kept;
  std::set<int> used;
  for (Claim& claim : all) {
    if (std::any_of(claim.places.begin(), claim.places.end(), [&](int i) { return used.contains(i); }))
      continue;
    if (std::any_of(kept.begin(), kept.end(),
                    [&](const Claim& k) { return overlap(k.witness, claim.witness); }))
      continue;
    used.insert(claim.places.begin(), claim.places.end());
    claim.plausible = is_plausible(claim, view);
    kept.push_back(std::move(claim));
  }
  return kept;
}

/// Letters to change, leave out or put in between: a rod before a code or a check digit that is not seen
/// shifts all the letters behind it.
std::size_t differing(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t before = row[0]++;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = before + (a[i] == b[j] ? 0 : 1);
      before = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

bool near(const std::string& a, const std::string& b) { return differing(a, b) <= 3; }

/// Another code, clear and with a fitting check digit: a second box with a near number, or a copy read wrong.
bool contradicts(const Claim& claim, const std::string& code) {
  constexpr float clear = -2;
  return claim.best != code && core::check_digit_fits(claim.best) && claim.support > clear;
}

/// Boxes that were bought together stand together on one chassis: in one picture, clear, of one owner, with
/// other digits in the same places. A copy that is read wrong is mostly shifted.
bool are_two_boxes(const Claim& a, const Claim& b) {
  constexpr std::size_t owner = 4;
  std::size_t changed = 0;
  for (std::size_t i = 0; i < std::min(a.best.size(), b.best.size()); ++i)
    changed += a.best[i] == b.best[i] ? 0 : 1;
  return a.witness.view == b.witness.view && a.plausible && b.plausible && contradicts(a, b.best) &&
         contradicts(b, a.best) && a.best.substr(0, owner) == b.best.substr(0, owner) &&
         changed == differing(a.best, b.best);
}

// Copies of one code on several walls, each read as well as it could be.
using Group = std::vector<Claim>;

std::vector<Group> grouped(std::vector<Claim> claims) {
  std::sort(claims.begin(), claims.end(),
            [](const Claim& a, const Claim& b) { return a.support > b.support; });
  std::vector<Group> groups;
  for (Claim& claim : claims) {
    const auto fits = [&](const Group& group) {
      return near(group[0].best, claim.best) &&
             std::none_of(group.begin(), group.end(),
                          [&](const Claim& one) { return are_two_boxes(one, claim); });
    };
    const auto exact = std::find_if(groups.begin(), groups.end(),
                                    [&](const Group& group) { return group[0].best == claim.best; });
    const auto same = exact != groups.end() ? exact : std::find_if(groups.begin(), groups.end(), fits);
    if (same == groups.end())
      groups.push_back({std::move(claim)});
    else
      same->push_back(std::move(claim));
  }
  return groups;
}

struct Ranked {
  std::string code;
  float support = 0;  // sum over the group
  float weight = 0;   // with the prior: their order
  bool check_digit = false;
};

std::vector<Ranked> ranked(const Group& group) {
  std::set<std::string> texts;
  for (const Claim& claim : group)
    for (const Hypothesis& text : claim.texts) texts.insert(text.text);
  std::vector<Ranked> out;
  for (const std::string& text : texts) {
    float sum = 0;
    for (const Claim& claim : group) sum += support(claim.witness, text);
    out.push_back({text, sum, sum + prior(text), core::check_digit_fits(text)});
  }
  std::sort(out.begin(), out.end(), [](const Ranked& a, const Ranked& b) { return a.weight > b.weight; });
  return out;
}

/// A claim that the chosen code hopelessly contradicts is no witness for it, nor one that has two of its
/// letters where there is one: a boxed check digit read twice makes up for a digit that was not seen.
bool bears_out(const Claim& claim, const std::string& code) {
  constexpr float least = -6;
  return support(claim.witness, code) > least && !is_cramped(claim.witness, code);
}

Verdict verdict_of(const Group& group, const std::vector<Ranked>& order, std::size_t chosen) {
  const Ranked& best = order[chosen];
  Verdict verdict{0, 30, 30, 0, best.check_digit};
  for (const Claim& claim : group) {
    if (!bears_out(claim, best.code)) continue;
    verdict.support += support(claim.witness, best.code);
    ++verdict.witnesses;
  }
  if (verdict.witnesses == 0) verdict.support = best.support;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i == chosen) continue;
    const float ahead = best.support - order[i].support;
    verdict.ahead_of_any = std::min(verdict.ahead_of_any, ahead);
    if (order[i].check_digit) verdict.ahead = std::min(verdict.ahead, ahead);
  }
  return verdict;
}

/// Whether one of all the claims clearly says another code that is near this one.
bool contradicted(const std::string& code, const std::vector<Group>& groups) {
  const auto says_other = [&](const Claim& claim) {
    return claim.plausible && contradicts(claim, code) && near(claim.best, code);
  };
  return std::any_of(groups.begin(), groups.end(),
                     [&](const Group& group) { return std::any_of(group.begin(), group.end(), says_other); });
}

core::ContainerRead read_of(const Group& group, const std::vector<Group>& groups,
                            const std::vector<View>& views) {
  const std::vector<Ranked> order = ranked(group);
  const auto valid = std::find_if(order.begin(), order.end(), [](const Ranked& r) { return r.check_digit; });
  const bool take_valid = valid != order.end() && order[0].weight - valid->weight < invalid_only_ahead;
  const std::size_t chosen = take_valid ? static_cast<std::size_t>(valid - order.begin()) : 0;
  const Verdict verdict = verdict_of(group, order, chosen);
  core::ContainerRead read;
  read.code = order[chosen].code;
  read.check_digit = verdict.check_digit;
  read.confidence = confidence(verdict);
  read.doubt = doubt_of(verdict);
  if (read.doubt == core::Doubt::none && contradicted(read.code, groups)) read.doubt = core::Doubt::rival;
  if (verdict.check_digit && !group[0].plausible) read.doubt = core::Doubt::height;
  read.sure = read.doubt == core::Doubt::none;
  read.orientation =
      group[0].witness.parts[0].vertical ? core::Orientation::vertical : core::Orientation::horizontal;
  read.box = box_of(group[0].witness.parts);
  std::vector<const Witness*> witnesses;
  for (const Claim& claim : group) witnesses.push_back(&claim.witness);
  read.size_type = read_size_type(witnesses, views);
  for (std::size_t i = 0; i < order.size() && read.alternatives.size() < 5; ++i)
    if (i != chosen && order[i].check_digit) read.alternatives.push_back(order[i].code);
  return read;
}

}  // namespace

core::Doubt doubt_of(const Verdict& verdict) {
  const auto witnesses = static_cast<float>(std::max(1, verdict.witnesses));
  const float each = verdict.support / witnesses;
  if (!verdict.check_digit) return core::Doubt::check_digit;
  if (verdict.witnesses == 0 || each <= -6) return core::Doubt::unclear;
  if (verdict.ahead <= 4.5F || verdict.ahead_of_any <= 1) return core::Doubt::rival;
  if (verdict.witnesses >= 2) return core::Doubt::none;
  const bool clear = each > -2 && verdict.ahead_of_any > 3;
  return clear ? core::Doubt::none : core::Doubt::one_view;
}

int confidence(const Verdict& verdict) {
  const float each = verdict.support / static_cast<float>(std::max(1, verdict.witnesses));
  // Fitted to rendered scenes, see models/CARD.md; there no code with a wrong check digit was right.
  const float logit = -0.13F + 0.6F * std::clamp(verdict.ahead_of_any, -8.F, 8.F) +
                      0.2F * std::clamp(verdict.ahead, 0.F, 8.F) + 0.3F * std::clamp(each, -12.F, 0.F);
  const float p = (verdict.check_digit ? 1 : 0.05F) / (1 + std::exp(-logit));
  return static_cast<int>(std::lround(1000 * std::min(p, 0.999F)));
}

std::vector<core::ContainerRead> read_codes(const std::vector<View>& views) {
  std::vector<Claim> claims;
  for (const View& view : views)
    for (Claim& claim : claims_of(view)) claims.push_back(std::move(claim));
  std::vector<Group> groups = grouped(std::move(claims));
  for (Group& group : groups) {
    // Where one copy is plausible the others have no say.
    const auto first =
        std::stable_partition(group.begin(), group.end(), [](const Claim& claim) { return claim.plausible; });
    if (first != group.begin()) group.erase(first, group.end());
  }
  std::vector<core::ContainerRead> reads;
  for (const Group& group : groups) reads.push_back(read_of(group, groups, views));
  std::stable_sort(reads.begin(), reads.end(),
                   [](const core::ContainerRead& a, const core::ContainerRead& b) {
                     return a.sure != b.sure ? a.sure : a.confidence > b.confidence;
                   });
  return reads;
}

}  // namespace reader
