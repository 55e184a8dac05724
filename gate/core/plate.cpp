#include "gate/core/plate.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "gate/core/plate_places.hpp"

namespace core {
namespace {

/// A plate character by character: a capital with an umlaut is one of them, though two bytes.
using Characters = std::u32string;

/// Two bytes that together are one character of Latin script.
bool starts_pair(std::string_view text, std::size_t at) {
  const auto byte_at = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  return (byte_at(at) & 0xE0U) == 0xC0U && at + 1 < text.size() && (byte_at(at + 1) & 0xC0U) == 0x80U;
}

/// The character at `at`, which moves behind it.
char32_t character_at(std::string_view plate, std::size_t& at) {
  const bool two = starts_pair(plate, at);
  const auto byte = static_cast<unsigned char>(plate[at++]);
  return two ? ((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(plate[at++]) & 0x3FU) : byte;
}

Characters characters_of(std::string_view plate) {
  Characters characters;
  characters.reserve(plate.size());
  for (std::size_t at = 0; at < plate.size();) characters.push_back(character_at(plate, at));
  return characters;
}

std::string bytes_of(const Characters& characters) {
  std::string plate;
  for (const char32_t c : characters) {
    if (c >= 0x80U) plate.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    plate.push_back(static_cast<char>(c >= 0x80U ? 0x80U | (c & 0x3FU) : c));
  }
  return plate;
}

constexpr bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
constexpr bool is_letter(char32_t c) { return c >= U'A' && c <= U'Z'; }
constexpr bool is_umlaut(char32_t c) { return c == U'Ä' || c == U'Ö' || c == U'Ü'; }

/// A shape is one sign a character. 9: digit, 1: digit but zero, L: letter, U: letter or umlaut, a small
/// letter itself. Other capitals are the letters that a country gives out: C of a Czech region, H behind it,
/// B Bulgarian, D Ukrainian, F French, G British, I Italian, K Slovak, N Dutch, P Polish, R Romanian and
/// Danish, S Spanish, T Turkish and Lithuanian.
constexpr bool fits(char32_t c, char sign) {
  const auto none_of = [c](std::u32string_view barred) { return barred.find(c) == barred.npos; };
  switch (sign) {
    case '9':
      return is_digit(c);
    case '1':
      return is_digit(c) && c != U'0';
    case 'L':
      return is_letter(c);
    case 'U':
      return is_letter(c) || is_umlaut(c);
    case 'B':
      return is_letter(c) && none_of(U"DFGIJLNQRSUVWZ");
    case 'C':
      return is_letter(c) && none_of(U"DFGINOQRVWXY");
    case 'D':
      return is_letter(c) && none_of(U"DFGJLNQRSUVWYZ");
    case 'F':
      return is_letter(c) && none_of(U"IOU");
    case 'G':
      return is_letter(c) && none_of(U"IQ");
    case 'H':
      return is_letter(c) && none_of(U"GOQW");
    case 'I':
      return is_letter(c) && none_of(U"IOQU");
    case 'K':
      return is_letter(c) && none_of(U"QW");
    case 'N':
      return is_letter(c) && none_of(U"AEIOUCQ");
    case 'P':
      return is_letter(c) && none_of(U"BDIOQZ");
    case 'R':
      return is_letter(c) && none_of(U"Q");
    case 'S':
      return is_letter(c) && none_of(U"AEIOUQ");
    case 'T':
      return is_letter(c) && none_of(U"QWX");
    default:
      return c == static_cast<char32_t>(sign - 'a' + 'A');
  }
}

struct Shape {
  std::string_view country;
  std::string signs;
};

/// One to three letters of the town and one or two of the series run together in the normal form.
std::vector<Shape> german_shapes() {
  std::vector<Shape> shapes;
  for (std::size_t letters = 2; letters <= 5; ++letters) {
    for (std::size_t digits = 1; digits <= 4; ++digits) {
      for (const char* suffix : {"", "e", "h"}) {  // electric, historic
        std::string signs = std::string(letters, 'U') + "1" + std::string(digits - 1, '9') + suffix;
        if (signs.size() <= 8) shapes.push_back({"DE", std::move(signs)});
      }
    }
  }
  return shapes;
}

/// From the particular to the general, so that the first country is the likeliest.
std::vector<Shape> all_shapes() {
  std::vector<Shape> shapes;
  const auto add = [&](std::string_view country, std::initializer_list<const char*> list) {
    for (const char* signs : list) shapes.push_back({country, signs});
  };
  add("BE", {"qLLL999", "1LLL999"});
  add("FR", {"FF999FF"});
  // Those since 1978; older ones, of two letters and four digits, are on no truck any more.
  add("NL", {"NN99NN", "NNNN99", "99NNNN", "99NNN9", "9NNN99", "NN999N", "N999NN", "NNN99N", "N99NNN",
             "9NN999", "999NN9", "oN99NN"});  // the last for semi-trailers
  add("BE", {"LLL999", "999LLL"});
  add("PL", {"LL99999", "LL9999P", "LL999PP", "LL9P999", "LL9PP99", "LLLP999", "LLL99PP", "LLL9P99",
             "LLL99P9", "LLL9PP9", "LLLPP99", "LLL99999", "LLL9999P", "LLL999PP"});
  const auto german = german_shapes();
  shapes.insert(shapes.end(), german.begin(), german.end());
  // Hauliers from further away. Where two countries share a shape, the nearer one is guessed.
  add("IT", {"II999II"});
  add("SK", {"LL999KK"});
  add("CZ", {"9C99999", "9CH9999"});
  add("ES", {"9999SSS", "r9999SSS"});
  add("RO", {"b99RRR", "b999RRR", "LL99RRR"});
  add("LU", {"LL9999", "99999"});
  add("LT", {"TTT999"});
  add("HU", {"LLLL999", "LLL999"});
  add("GB", {"GG99GGG"});
  add("PT", {"99LL99", "LL99LL", "9999LL"});
  add("DK", {"RR99999"});
  add("BG", {"B9999BB", "BB9999BB"});
  add("UA", {"DD9999DD"});
  add("TR", {"99T9999", "99T99999", "99TT999", "99TT9999", "99TTT99", "99TTT999"});
  return shapes;
}

const std::vector<Shape>& shapes() {
  static const std::vector<Shape> table = all_shapes();
  return table;
}

constexpr std::array<std::pair<char32_t, char32_t>, 5> pairs = {
    {{U'O', U'0'}, {U'I', U'1'}, {U'B', U'8'}, {U'S', U'5'}, {U'Z', U'2'}}};

std::optional<char32_t> twin(char32_t c) {
  for (const auto& [letter, digit] : pairs) {
    if (c == letter) return digit;
    if (c == digit) return letter;
  }
  return std::nullopt;
}

struct Fit {
  Characters characters;
  int swaps = 0;
};

bool has_shape(const Characters& characters, std::string_view signs) {
  return std::equal(characters.begin(), characters.end(), signs.begin(), signs.end(), fits);
}

/// A character is swapped only where the shape refuses it and takes its twin.
std::optional<Fit> fit(const Characters& characters, std::string_view signs) {
  if (characters.size() != signs.size()) return std::nullopt;
  Fit result{characters, 0};
  for (std::size_t at = 0; at < signs.size(); ++at) {
    char32_t& c = result.characters[at];
    if (fits(c, signs[at])) continue;
    const auto other = twin(c);
    if (!other || !fits(*other, signs[at])) return std::nullopt;
    c = *other;
    ++result.swaps;
  }
  return result;
}

/// Capitals of ASCII and Latin-1; nothing for a separator, ASCII or not.
std::optional<char32_t> normal_character(char32_t c) {
  if (is_digit(c) || is_letter(c)) return c;
  if (c >= U'a' && c <= U'z') return c - U'a' + U'A';
  if (c <= 0xBFU) return std::nullopt;
  return c >= 0xE0U && c <= 0xFEU && c != 0xF7U ? c - 0x20U : c;
}

}  // namespace

std::string normalise_plate(std::string_view raw) {
  Characters normal;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const bool two = starts_pair(raw, at);
    const bool ascii = static_cast<unsigned char>(raw[at]) < 0x80U;
    // The rest are typographic dashes and dots of three bytes, or broken bytes: never part of a plate here.
    if (!two && !ascii) continue;
    if (const auto kept = normal_character(characters_of(raw.substr(at, two ? 2 : 1)).front())) {
      normal.push_back(*kept);
    }
    if (two) ++at;
  }
  return bytes_of(normal);
}

std::vector<std::string> countries_of(std::string_view normalised) {
  const Characters characters = characters_of(normalised);
  std::vector<std::string> countries;
  for (const Shape& shape : shapes()) {
    if (!has_shape(characters, shape.signs)) continue;
    if (std::find(countries.begin(), countries.end(), shape.country) == countries.end()) {
      countries.emplace_back(shape.country);
    }
  }
  std::stable_partition(countries.begin(), countries.end(),
                        [&](const std::string& one) { return names_place(normalised, one); });
  return countries;
}

const std::vector<std::string>& known_countries() {
  static const std::vector<std::string> known = [] {
    std::vector<std::string> all;
    for (const Shape& shape : shapes())
      if (std::find(all.begin(), all.end(), shape.country) == all.end()) all.emplace_back(shape.country);
    return all;
  }();
  return known;
}

std::string fit_to_country(std::string_view normalised, std::string_view country) {
  const Characters characters = characters_of(normalised);
  std::optional<Fit> best;
  bool tie = false;
  for (const Shape& shape : shapes()) {
    if (shape.country != country) continue;
    auto candidate = fit(characters, shape.signs);
    if (!candidate) continue;
    if (!best || candidate->swaps < best->swaps) {
      best = std::move(candidate);
      tie = false;
    } else if (candidate->swaps == best->swaps && candidate->characters != best->characters) {
      tie = true;  // two readings are equally likely: to choose one would be a guess
    }
  }
  return best && !tie ? bytes_of(best->characters) : std::string(normalised);
}

bool near_plates(std::string_view a, std::string_view b) {
  // Asked of every truck of the day: without a copy, and no further than needed.
  std::size_t at_a = 0, at_b = 0;
  int differences = 0;
  bool only_twins = true;
  while (at_a < a.size() && at_b < b.size()) {
    const char32_t left = character_at(a, at_a), right = character_at(b, at_b);
    if (left == right) continue;
    ++differences;
    only_twins = only_twins && twin(left) == right;
    if (differences > 1 && !only_twins) return false;
  }
  return !a.empty() && at_a == a.size() && at_b == b.size();
}

std::vector<std::string> near_keys(std::string_view plate) {
  constexpr std::size_t most = 8;
  Characters digits = characters_of(plate);
  for (char32_t& c : digits)
    if (is_letter(c)) c = twin(c).value_or(c);
  const std::size_t size = digits.size(), count = std::min(size, most);
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = i * size / count, to = (i + 1) * size / count;
    keys.push_back(bytes_of(digits.substr(0, from) + U'?' + digits.substr(to)));
  }
  return keys;
}

}  // namespace core
