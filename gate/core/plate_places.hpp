// The places that plates begin with. Towns and counties change: an unknown place makes a plate unlikely,
// never impossible. As of the beginning of 2026.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What the plates of a country (ISO code) may begin with, sorted: German and Slovak districts, Polish and
/// Romanian counties, Turkish provinces. Empty for a country of which no list is kept.
[[nodiscard]] const std::vector<std::string>& places_of(std::string_view country);

/// Whether a normalised plate of that country begins with one of its places; always so where no list is kept.
[[nodiscard]] bool names_place(std::string_view normalised, std::string_view country);

}  // namespace core
