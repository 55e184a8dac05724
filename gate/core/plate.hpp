// Licence plates: normal form, the countries whose pattern fits, and how near two plates are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// Upper case, without blanks, dots, dashes and the like; umlauts as their two-byte UTF-8 capitals.
[[nodiscard]] std::string normalise_plate(std::string_view raw);

/// ISO codes of the countries whose patterns are known, those first whose trucks come most.
[[nodiscard]] const std::vector<std::string>& known_countries();

/// Those whose pattern the normalised plate fits, the likeliest first: whose places it names
/// (plate_places.hpp), then in the order above; empty where none fits.
[[nodiscard]] std::vector<std::string> countries_of(std::string_view normalised);

/// O/0, I/1, B/8, S/5, Z/2 swapped only where the country's pattern wants the other kind of
/// character; unchanged where no swap makes it fit.
[[nodiscard]] std::string fit_to_country(std::string_view normalised, std::string_view country);

/// Two normalised plates that a reader may well take for each other: one character differs,
/// or only the letter/digit pairs above do. A near plate never authorises on its own.
[[nodiscard]] bool near_plates(std::string_view a, std::string_view b);

/// Names to look near plates up by: two plates that are near have one of them in common, and few others do.
/// Each is the plate in digits for the pairs above, with one character (of a plate longer than any that
/// exists: one eighth) left open as '?'. At most eight.
[[nodiscard]] std::vector<std::string> near_keys(std::string_view plate);

}  // namespace core
