// The places that plates begin with. Towns and counties change: an unknown place makes a plate unlikely,
// never impossible. As of 2025.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace core {

/// What the plates of a country (ISO code) may begin with, sorted: German and Slovak districts, Polish and
/// Romanian counties, Turkish provinces. Empty for a country whose plates name no place.
[[nodiscard]] const std::vector<std::string>& places_of(std::string_view country);

/// Whether a normalised plate of that country begins with one of its places; always so where plates name
/// none.
[[nodiscard]] bool names_place(std::string_view normalised, std::string_view country);

}  // namespace core
