#include "gate/console/driver_view.hpp"

#include <algorithm>
#include <optional>
#include <regex>

#include <boost/describe/enum_from_string.hpp>
#include <nlohmann/json.hpp>

#include "gate/canon/canon.hpp"
#include "gate/console/driver_texts.hpp"

namespace console {
namespace {

template <class Enum>
std::optional<Enum> named(const std::string& name) {
  Enum value{};
  if (!boost::describe::enum_from_string(name.c_str(), value)) return std::nullopt;
  return value;
}

/// What asked for an operator is over once he has refused: now the truck is to leave.
bool sent_off(const ports::LaneView& view, core::Reason reason) {
  return view.state == core::State::refused && !view.passage.operators.empty() &&
         core::facts(reason).decision == core::Decision::refer;
}

/// A reason is told while the truck is kept; what follows for the container, while it is let go.
const DriverText& choose(const ports::LaneView& view) {
  using S = core::State;
  const bool kept = view.state == S::gathering || view.state == S::referred || view.state == S::refused;
  const bool let_go = view.state == S::opening || view.state == S::open || view.state == S::passing;
  if (view.state == S::gathering && !view.prompts.empty()) return driver_text(view.prompts.front());
  if (kept) {
    const auto reason = named<core::Reason>(view.driver_reason);
    if (reason && !sent_off(view, *reason)) return driver_text(*reason);
  }
  if (let_go) {
    if (const auto follow_up = named<core::FollowUp>(view.driver_reason)) return driver_text(*follow_up);
  }
  return driver_text(view.state);
}

std::optional<std::string> time_in(const std::string& text) {
  static const std::regex clock_time(R"((?:^|[^0-9:])((?:[01][0-9]|2[0-3]):[0-5][0-9])(?![0-9:]))");
  std::smatch found;
  if (!std::regex_search(text, found, clock_time)) return std::nullopt;
  return found[1].str();
}

}  // namespace

std::string display_text(const ports::LaneView& view) {
  const DriverText& text = choose(view);
  nlohmann::json shown = {{"pictogram", std::string(pictogram_name(text.pictogram))},
                          {"lines", nlohmann::json::array()}};
  const auto known = std::find(driver_languages.begin(), driver_languages.end(), view.language);
  for (std::size_t i = 0; i < driver_languages.size(); ++i) {
    if (known != driver_languages.end() && driver_languages[i] != *known) continue;
    shown["lines"].push_back(
        {{"language", std::string(driver_languages[i])}, {"text", std::string(text.texts[i])}});
  }
  if (text.pictogram == Pictogram::clock) {
    if (const auto time = time_in(view.driver_text)) shown["time"] = *time;
  }
  return canon::canonical(shown);
}

}  // namespace console
