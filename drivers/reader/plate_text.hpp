// What letters mean as a licence plate: which countries have it, how likely it is before any picture, how a
// sheet shows it, and what else it may be taken for. Texts are the net's signs, in which an umlaut is one.
// Sources: gate/core/plate.hpp and plate_places.hpp.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace reader {

/// As everybody else writes it: umlauts in UTF-8.
[[nodiscard]] std::string plate_of(const std::string& signs);

/// Whether some country's pattern fits; whether one of these has the place that the text begins with; the
/// likeliest of them, empty without any.
[[nodiscard]] bool fits_country(const std::string& text);
[[nodiscard]] bool has_home(const std::string& text);
[[nodiscard]] std::string country_of(const std::string& text);

/// Whether only countries have it whose trucks seldom come, or none.
[[nodiscard]] bool is_seldom(const std::string& text);

/// Logarithm, 0 for the likeliest: countries whose trucks come daily before others, and known places before
/// unknown ones before what no country has.
[[nodiscard]] float plate_prior(const std::string& text);

/// The signs as a country's plate shows them. With a stray one where plates have them: an end of the blue
/// band or of the sheet at either side, and what the country puts between its groups.
[[nodiscard]] std::string shown(const std::string& text);

/// What may be meant where this was read: the same, with letters and digits swapped as a country wants them,
/// without signs that are none, with the dots of umlauts.
[[nodiscard]] std::set<std::string> meanings_of(const std::string& read);

/// Whether `read` is `less` with one sign more, where each of that country's plates has an emblem: then the
/// sign may be it, and no picture of a single plate tells which.
[[nodiscard]] bool may_be_emblem(const std::string& read, const std::string& less);

/// The same with the dots of an umlaut, where a German district has them.
[[nodiscard]] std::vector<std::string> dotted(const std::string& text);

/// The same letters, with and without the dots of an umlaut.
[[nodiscard]] bool differ_by_dots(const std::string& a, const std::string& b);

/// On many plates no picture tells a 0, an O and a Q apart: a plate may differ from another in nothing else.
/// Whose trucks seldom come is no reason to doubt one of those that come daily.
[[nodiscard]] bool has_round_twin(const std::string& signs);

/// One sign differs, or only such as are swapped (core::near_plates).
[[nodiscard]] bool nearly_same(const std::string& a, const std::string& b);

}  // namespace reader
