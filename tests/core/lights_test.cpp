#include "gate/core/lights.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;

namespace {

struct Value {
  const char* light;
  const char* value;
  Colour colour;
  std::vector<FollowUp> follow_ups;
};

/// Every value of the domain page, section 3, in spellings that the platform may choose.
const std::vector<Value>& all_values() {
  static const std::vector<Value> values = {
      {"CommercialRelease", "OK", Colour::green, {}},
      {"commercialrelease", "nok", Colour::red, {}},
      {"COMMERCIALRELEASE", "Blocked", Colour::red, {}},
      {"CommercialRelease", "EXPIRED", Colour::red, {}},
      {"CommercialRelease", "Unknown", Colour::red, {}},
      {"Customs", "RELEASED", Colour::green, {}},
      {"customs", "SelectedForScan", Colour::orange, {FollowUp::scan}},
      {"customs", "FAVV", Colour::orange, {FollowUp::fasfc}},
      {"customs", "PortEqualisation", Colour::orange, {FollowUp::port_equalisation}},
      {"customs", "Transhipment", Colour::orange, {FollowUp::transhipment}},
      {"customs", "DocumentaryControl", Colour::red, {}},
      {"customs", "NotReleased", Colour::red, {}},
      {"CustomsProgress", "Unknown", Colour::information, {}},
      {"CustomsProgress", "PartiallyCleared", Colour::information, {}},
      {"TerminalOperation", "Discharged", Colour::green, {}},
      {"TerminalOperation", "Unknown", Colour::red, {}},
      {"TerminalReady", "Released", Colour::green, {}},
      {"TerminalReady", "Unknown", Colour::red, {}},
      {"GateOperation", "GateOutReceived", Colour::information, {}},
  };
  return values;
}

std::vector<Light> four_green() {
  return {{"commercialrelease", "ok"},
          {"customs", "released"},
          {"terminaloperation", "discharged"},
          {"terminalready", "released"}};
}

std::vector<Light> with(const std::string& name, const std::string& value) {
  auto lights = four_green();
  for (Light& light : lights) {
    if (light.name == name) light.value = value;
  }
  return lights;
}

}  // namespace

TEST(Lights, EveryValueOfTheTableHasItsColour) {
  const auto rules = standard_lights();
  for (const Value& value : all_values()) {
    EXPECT_EQ(colour_of(rules, {value.light, value.value}), value.colour)
        << value.light << " " << value.value;
    EXPECT_EQ(summarise(rules, {{value.light, value.value}}).follow_ups, value.follow_ups) << value.value;
  }
  EXPECT_EQ(rules.size(), all_values().size()) << "a rule has no line in this test";
}

TEST(Lights, AnUnknownLightOrValueIsUnknownAndNeverGreen) {
  const auto rules = standard_lights();
  for (const Light& light : {Light{"customs", "okay"}, Light{"veterinary", "ok"}, Light{"", ""},
                             Light{"customs", ""}, Light{"customs ", "released"}}) {
    EXPECT_EQ(colour_of(rules, light), Colour::unknown);
    auto lights = four_green();
    lights.push_back(light);
    EXPECT_TRUE(summarise(rules, lights).unknown);
  }
}

TEST(Lights, FourGreenOnesAreGreenAndNothingIsMissing) {
  const LightsSummary summary = summarise(standard_lights(), four_green());
  EXPECT_EQ(summary.commercial, Colour::green);
  EXPECT_EQ(summary.customs, Colour::green);
  EXPECT_EQ(summary.terminal, Colour::green);
  EXPECT_FALSE(summary.missing || summary.unknown || summary.has_left);
  EXPECT_TRUE(summary.follow_ups.empty());
}

TEST(Lights, EachOfTheFourIsMissed) {
  for (std::size_t at = 0; at < 4; ++at) {
    auto lights = four_green();
    lights.erase(lights.begin() + static_cast<std::ptrdiff_t>(at));
    const LightsSummary summary = summarise(standard_lights(), lights);
    EXPECT_TRUE(summary.missing);
    EXPECT_TRUE(summary.commercial == Colour::unknown || summary.customs == Colour::unknown ||
                summary.terminal == Colour::unknown);
  }
  EXPECT_TRUE(summarise(standard_lights(), {}).missing);
}

TEST(Lights, TheWorseOfTheTwoTerminalLightsCounts) {
  const auto rules = standard_lights();
  EXPECT_EQ(summarise(rules, with("terminaloperation", "unknown")).terminal, Colour::red);
  EXPECT_EQ(summarise(rules, with("terminalready", "unknown")).terminal, Colour::red);
  EXPECT_EQ(summarise(rules, with("terminalready", "soon")).terminal, Colour::unknown);
}

TEST(Lights, OneNameSentTwiceCountsAsItsWorse) {
  for (const char* second : {"notreleased", "selectedforscan", "okay"}) {
    auto lights = four_green();
    lights.push_back({"CUSTOMS", second});
    EXPECT_NE(summarise(standard_lights(), lights).customs, Colour::green) << second;
    std::reverse(lights.begin(), lights.end());
    EXPECT_NE(summarise(standard_lights(), lights).customs, Colour::green) << second;
  }
}

TEST(Lights, GateOutTellsThatTheBoxHasLeft) {
  auto lights = four_green();
  lights.push_back({"gateOperation", "gateOutReceived"});
  EXPECT_TRUE(summarise(standard_lights(), lights).has_left);
  EXPECT_TRUE(summarise({}, lights).has_left) << "even where the mapping forgot it";
}

TEST(Lights, AnEmptyMappingKnowsNothing) {
  const LightsSummary summary = summarise({}, four_green());
  EXPECT_TRUE(summary.unknown);
  EXPECT_EQ(summary.commercial, Colour::unknown);
  EXPECT_EQ(summary.customs, Colour::unknown);
  EXPECT_EQ(summary.terminal, Colour::unknown);
}
