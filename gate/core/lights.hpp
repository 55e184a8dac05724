// The release lights of a container stay, and what colour they add up to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace core {

enum class Colour {
  green,
  orange,  // may leave; the follow-up is told to the driver and recorded
  red,
  information,  // says nothing about leaving
  unknown,      // a light or value that we do not know, or that is missing: never green
};
BOOST_DESCRIBE_ENUM(Colour, green, orange, red, information, unknown)

/// What must happen to a container that leaves under an orange customs light.
enum class FollowUp { scan, fasfc, port_equalisation, transhipment };
BOOST_DESCRIBE_ENUM(FollowUp, scan, fasfc, port_equalisation, transhipment)

struct Light {
  std::string name;   // as the platform spells it, any case
  std::string value;  // as the platform spells it, any case
};
BOOST_DESCRIBE_STRUCT(Light, (), (name, value))

/// One line of the mapping. Names and values compare without regard to case.
struct LightRule {
  std::string light;
  std::string value;
  Colour colour = Colour::unknown;
  std::vector<FollowUp> follow_up;  // none or one
};
BOOST_DESCRIBE_STRUCT(LightRule, (), (light, value, colour, follow_up))

/// The mapping of the CPu integration pages.
[[nodiscard]] std::vector<LightRule> standard_lights();

/// `unknown` where no rule names this light with this value.
[[nodiscard]] Colour colour_of(const std::vector<LightRule>& rules, const Light& light);

/// What all lights of one stay say together.
struct LightsSummary {
  Colour commercial = Colour::unknown;  // commercialrelease
  Colour customs = Colour::unknown;
  Colour terminal = Colour::unknown;  // terminaloperation and terminalready: the worse of the two
  bool missing = false;               // one of the four that count was not sent
  bool unknown = false;               // some light or value has no rule
  bool has_left = false;              // gateoperation says gateoutreceived
  std::vector<FollowUp> follow_ups;
};

[[nodiscard]] LightsSummary summarise(const std::vector<LightRule>& rules, const std::vector<Light>& lights);

}  // namespace core
