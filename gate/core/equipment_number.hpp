// Container numbers (ISO 6346) and intermodal loading units (EN 13044). Source: ISO 6346:1995.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

namespace core {

/// What an 11-character code claims to be, by its grammar alone (the check digit is another question).
enum class CodeForm {
  container,  // three owner letters, U J or Z, six digits, check digit
  ilu,        // the same with A B D E or K: a swap body or semi-trailer, not an ISO container
  malformed,
};
BOOST_DESCRIBE_ENUM(CodeForm, container, ilu, malformed)

/// Upper case, without blanks, dots, dashes and slashes. Nothing is swapped or guessed.
[[nodiscard]] std::string normalise_equipment_number(std::string_view raw);

[[nodiscard]] CodeForm form_of(std::string_view normalised);

/// Check digit of the first ten characters; nullopt unless they are four letters and six digits.
/// The digit is no proof: one random misread in nine passes, and it never tells apart {A,K,U} {B,L,V}
/// {C,M,W} {D,N,X} {E,O,Y} {F,P,Z} {G,Q} {H,R} {I,S} {J,T}.
[[nodiscard]] std::optional<int> check_digit(std::string_view first_ten);

/// True when the code is a container or an ILU and its eleventh character is its check digit.
[[nodiscard]] bool check_digit_fits(std::string_view normalised);

}  // namespace core
