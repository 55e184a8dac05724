#include "gate/core/equipment_number.hpp"

#include <algorithm>

namespace core {
namespace {

constexpr bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// 10 to 38 without 11, 22 and 33: multiples of eleven would vanish in the sum.
constexpr int letter_value(char letter) {
  const int plain = 10 + (letter - 'A');
  return plain + (plain > 10 ? 1 : 0) + (plain > 20 ? 1 : 0) + (plain > 30 ? 1 : 0);
}
static_assert(letter_value('A') == 10 && letter_value('B') == 12 && letter_value('K') == 21);
static_assert(letter_value('L') == 23 && letter_value('U') == 32 && letter_value('V') == 34);
static_assert(letter_value('Z') == 38);

bool four_letters_six_digits(std::string_view code) {
  return code.size() >= 10 && std::all_of(code.begin(), code.begin() + 4, is_letter) &&
         std::all_of(code.begin() + 4, code.begin() + 10, is_digit);
}

}  // namespace

std::string normalise_equipment_number(std::string_view raw) {
  std::string normal;
  normal.reserve(raw.size());
  for (const char c : raw) {
    if (std::string_view(" \t\r\n.-/").find(c) != std::string_view::npos) continue;
    normal.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return normal;
}

CodeForm form_of(std::string_view normalised) {
  if (normalised.size() != 11 || !four_letters_six_digits(normalised) || !is_digit(normalised[10])) {
    return CodeForm::malformed;
  }
  const char category = normalised[3];
  if (std::string_view("UJZ").find(category) != std::string_view::npos) return CodeForm::container;
  if (std::string_view("ABDEK").find(category) != std::string_view::npos) return CodeForm::ilu;
  return CodeForm::malformed;
}

std::optional<int> check_digit(std::string_view first_ten) {
  if (first_ten.size() != 10 || !four_letters_six_digits(first_ten)) return std::nullopt;
  int sum = 0;
  int weight = 1;
  for (const char c : first_ten) {
    sum += weight * (is_letter(c) ? letter_value(c) : c - '0');
    weight *= 2;
  }
  return sum % 11 % 10;  // a remainder of ten is written as 0
}

bool check_digit_fits(std::string_view normalised) {
  if (form_of(normalised) == CodeForm::malformed) return false;
  return check_digit(normalised.substr(0, 10)) == normalised[10] - '0';
}

}  // namespace core
