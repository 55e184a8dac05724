// Wall-clock times as text: RFC 3339, UTC, milliseconds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gate/core/moment.hpp"

namespace canon {

/// "2026-11-22T14:05:09.123Z", always 24 characters. A time outside the years 0000..9999, which RFC 3339
/// cannot say, is written as the nearest one that it can.
[[nodiscard]] std::string time_text(core::WallTime time);

/// Exactly the form that time_text writes; nullopt for anything else.
[[nodiscard]] std::optional<core::WallTime> parse_canonical_time(std::string_view text);

/// Any RFC 3339 time: an offset in place of Z, no fraction or one of up to 9 digits (what is finer than
/// a millisecond is cut off), T and Z in lower case. nullopt where the text is no such time, or no date
/// of the calendar. A leap second is read as the second after it.
[[nodiscard]] std::optional<core::WallTime> parse_time(std::string_view text);

}  // namespace canon
