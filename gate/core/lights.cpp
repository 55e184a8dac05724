#include "gate/core/lights.hpp"

#include <algorithm>
#include <optional>

namespace core {
namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

/// How far from "may leave". A colour that says nothing is worse than orange: it proves nothing.
constexpr int severity(Colour colour) {
  switch (colour) {
    case Colour::green:
      return 0;
    case Colour::orange:
      return 1;
    case Colour::information:
      return 2;
    case Colour::unknown:
      return 3;
    case Colour::red:
      return 4;
  }
  return 4;
}

Colour worse(Colour a, Colour b) { return severity(a) >= severity(b) ? a : b; }

const LightRule* rule_for(const std::vector<LightRule>& rules, const Light& light) {
  const auto rule = std::find_if(rules.begin(), rules.end(), [&](const LightRule& candidate) {
    return same_word(candidate.light, light.name) && same_word(candidate.value, light.value);
  });
  return rule == rules.end() ? nullptr : &*rule;
}

/// The worst colour that was sent under this name: two messages that disagree never add up to green.
std::optional<Colour> colour_named(const std::vector<LightRule>& rules, const std::vector<Light>& lights,
                                   std::string_view name) {
  std::optional<Colour> colour;
  for (const Light& light : lights) {
    if (!same_word(light.name, name)) continue;
    const Colour one = colour_of(rules, light);
    colour = colour ? worse(*colour, one) : one;
  }
  return colour;
}

void note_follow_ups(const LightRule& rule, std::vector<FollowUp>& follow_ups) {
  for (const FollowUp follow_up : rule.follow_up) {
    const bool known = std::find(follow_ups.begin(), follow_ups.end(), follow_up) != follow_ups.end();
    if (!known) follow_ups.push_back(follow_up);
  }
}

}  // namespace

std::vector<LightRule> standard_lights() {
  return {
      {"commercialrelease", "ok", Colour::green, {}},
      {"commercialrelease", "nok", Colour::red, {}},
      {"commercialrelease", "blocked", Colour::red, {}},
      {"commercialrelease", "expired", Colour::red, {}},
      {"commercialrelease", "unknown", Colour::red, {}},
      {"customs", "released", Colour::green, {}},
      {"customs", "selectedforscan", Colour::orange, {FollowUp::scan}},
      {"customs", "favv", Colour::orange, {FollowUp::fasfc}},
      {"customs", "portequalisation", Colour::orange, {FollowUp::port_equalisation}},
      {"customs", "transhipment", Colour::orange, {FollowUp::transhipment}},
      {"customs", "documentarycontrol", Colour::red, {}},
      {"customs", "notreleased", Colour::red, {}},
      {"customsprogress", "unknown", Colour::information, {}},
      {"customsprogress", "partiallycleared", Colour::information, {}},
      // "unknown" is how a terminal light stands before the terminal has said anything: not green, no
      // surprise.
      {"terminaloperation", "discharged", Colour::green, {}},
      {"terminaloperation", "unknown", Colour::red, {}},
      {"terminalready", "released", Colour::green, {}},
      {"terminalready", "unknown", Colour::red, {}},
      {"gateoperation", "gateoutreceived", Colour::information, {}},
  };
}

Colour colour_of(const std::vector<LightRule>& rules, const Light& light) {
  const LightRule* rule = rule_for(rules, light);
  return rule ? rule->colour : Colour::unknown;
}

LightsSummary summarise(const std::vector<LightRule>& rules, const std::vector<Light>& lights) {
  LightsSummary summary;
  for (const Light& light : lights) {
    const LightRule* rule = rule_for(rules, light);
    if (!rule || rule->colour == Colour::unknown) {
      summary.unknown = true;
    } else {
      note_follow_ups(*rule, summary.follow_ups);
    }
    if (same_word(light.name, "gateoperation") && same_word(light.value, "gateoutreceived")) {
      summary.has_left = true;
    }
  }
  const auto commercial = colour_named(rules, lights, "commercialrelease");
  const auto customs = colour_named(rules, lights, "customs");
  const auto operation = colour_named(rules, lights, "terminaloperation");
  const auto ready = colour_named(rules, lights, "terminalready");
  summary.commercial = commercial.value_or(Colour::unknown);
  summary.customs = customs.value_or(Colour::unknown);
  summary.terminal = worse(operation.value_or(Colour::unknown), ready.value_or(Colour::unknown));
  summary.missing = !commercial || !customs || !operation || !ready;
  return summary;
}

}  // namespace core
