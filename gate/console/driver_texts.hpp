// What a driver's display says, in the languages of the drivers. Names nobody, gives no grounds, and says
// the same to who is banned as to anybody who has to wait.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "gate/core/lights.hpp"
#include "gate/core/passage.hpp"
#include "gate/core/reasons.hpp"
#include "gate/core/verdict.hpp"

namespace console {

inline constexpr std::array<std::string_view, 4> driver_languages = {"nl", "fr", "en", "de"};

/// The picture beside the words; also how the display is coloured.
enum class Pictogram { arrive, wait, badge, tar, help, go, stop, phone, clock, follow };

[[nodiscard]] std::string_view pictogram_name(Pictogram pictogram);

/// One message in every language.
struct DriverText {
  Pictogram pictogram;
  std::array<std::string_view, driver_languages.size()> texts;  // in the order of driver_languages
};

[[nodiscard]] const DriverText& driver_text(core::Reason reason);
[[nodiscard]] const DriverText& driver_text(core::FollowUp follow_up);
[[nodiscard]] const DriverText& driver_text(core::Prompt prompt);
[[nodiscard]] const DriverText& driver_text(core::State state);

}  // namespace console
