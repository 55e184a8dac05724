#include "drivers/reader/plate_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "drivers/reader/columns.hpp"
#include "gate/core/plate.hpp"
#include "gate/core/plate_places.hpp"

namespace reader {
namespace {

constexpr float foreign = 4;   // a text that fits no country's pattern has to be that much clearer
constexpr float nowhere = 3;   // the same where no such country has the place that it begins with,
constexpr float far_away = 2;  // and for a country whose trucks seldom come,
constexpr float away = 1;      // or not daily
constexpr std::array<const char*, 5> daily = {"BE", "NL", "DE", "FR", "PL"};
constexpr std::array<const char*, 5> seldom = {"TR", "HU", "GB", "BG", "UA"};

/// An umlaut is one of the net's signs, and two bytes everywhere else.
constexpr std::array<std::pair<char, std::string_view>, 3> umlauts = {{{'[', "Ä"}, {'\\', "Ö"}, {']', "Ü"}}};

std::string signs_of(std::string plate) {
  for (const auto& [sign, umlaut] : umlauts)
    for (std::size_t at; (at = plate.find(umlaut)) != plate.npos;) plate.replace(at, umlaut.size(), 1, sign);
  return plate;
}

std::vector<std::string> countries_of(const std::string& signs) {
  return core::countries_of(plate_of(signs));
}

/// Those of them that have the place it begins with.
std::vector<std::string> homes_of(const std::string& signs) {
  const std::string plate = plate_of(signs);
  std::vector<std::string> fitting = core::countries_of(plate);
  std::erase_if(fitting, [&](const std::string& one) { return !core::names_place(plate, one); });
  return fitting;
}

bool holds(const std::vector<std::string>& all, const char* one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool comes_daily(const std::vector<std::string>& homes) {
  return std::any_of(daily.begin(), daily.end(), [&](const char* one) { return holds(homes, one); });
}

bool comes_seldom(const std::vector<std::string>& homes) {
  return std::all_of(homes.begin(), homes.end(), [](const std::string& one) {
    return std::find(seldom.begin(), seldom.end(), one) != seldom.end();
  });
}

/// On every plate of the country, behind so many signs.
constexpr std::array<std::pair<const char*, std::size_t>, 2> emblems = {{{"SK", 2}, {"CZ", 3}}};

bool has_emblem_after(const std::string& text, std::size_t letters, const std::vector<std::string>& fitting) {
  for (const auto& [country, at] : emblems)
    if (holds(fitting, country) && letters == at) return true;
  return holds(fitting, "DE") && letters <= 3 && std::isdigit(static_cast<unsigned char>(text[letters])) == 0;
}

/// Signs that may look like another one on a country's plates: only its pattern says which of the two is
/// meant, and for an umlaut its districts.
std::string twins_of(const std::string& text) {
  const std::vector<std::string> fitting = countries_of(text);
  if (fitting.front() == "TR") return "";  // whose pattern does not say it
  if (holds(fitting, "SK") || holds(fitting, "GB")) return "O0I1";
  return holds(homes_of(text), "DE") ? "O0[\\]" : "O0";
}

char shape_of(char sign, const std::string& twins) {
  constexpr std::string_view known = "O0I1[\\]", shapes = "oqilaeu";
  return twins.find(sign) == twins.npos ? sign : shapes[known.find(sign)];
}

/// The same without one or two of its signs, where that is what some country's plates look like.
void add_without_strays(std::set<std::string>& texts, const std::string& text, int most) {
  for (std::size_t i = 0; i < text.size() && text.size() > 5; ++i) {
    std::string less = text;
    less.erase(i, 1);
    if (!countries_of(less).empty()) texts.insert(less);
    if (most > 1) add_without_strays(texts, less, most - 1);
  }
}

void add_without_emblem(std::set<std::string>& texts, const std::string& text) {
  for (const auto& [country, at] : emblems)
    if (text.size() > at)
      if (const std::string less = std::string(text).erase(at, 1); may_be_emblem(text, less))
        texts.insert(less);
}

}  // namespace

std::string plate_of(const std::string& signs) {
  std::string plate;
  for (const char sign : signs) {
    const auto* umlaut =
        std::find_if(umlauts.begin(), umlauts.end(), [sign](const auto& one) { return one.first == sign; });
    plate += umlaut == umlauts.end() ? std::string(1, sign) : std::string(umlaut->second);
  }
  return plate;
}

bool fits_country(const std::string& text) { return !countries_of(text).empty(); }

bool has_home(const std::string& text) { return !homes_of(text).empty(); }

bool is_seldom(const std::string& text) { return comes_seldom(homes_of(text)); }

std::string country_of(const std::string& text) {
  const std::vector<std::string> fitting = countries_of(text);
  return fitting.empty() ? "" : fitting.front();
}

float plate_prior(const std::string& text) {
  const std::vector<std::string> fitting = countries_of(text), homes = homes_of(text);
  if (homes.empty()) return fitting.empty() ? -foreign : -nowhere;
  return comes_daily(homes) ? 0 : comes_seldom(homes) ? -far_away : -away;
}

std::string shown(const std::string& text) {
  const std::vector<std::string> fitting = countries_of(text);
  if (fitting.empty()) return text;
  const std::string twins = twins_of(text);
  std::string with(1, stray);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && has_emblem_after(text, i, fitting)) with += stray;
    with += shape_of(text[i], twins);
  }
  if (holds(fitting, "FR") || holds(fitting, "IT")) with += stray;  // the band on the right
  return with;
}

std::set<std::string> meanings_of(const std::string& read) {
  std::set<std::string> texts = {read};
  for (const std::string& country : core::known_countries())
    texts.insert(signs_of(core::fit_to_country(plate_of(read), country)));
  if (!fits_country(read)) add_without_strays(texts, read, 2);
  add_without_emblem(texts, read);
  for (const std::string& text : std::set<std::string>(texts))
    for (const std::string& with : dotted(text)) texts.insert(with);
  return texts;
}

bool may_be_emblem(const std::string& read, const std::string& less) {
  const std::vector<std::string> fitting = countries_of(less);
  for (const auto& [country, at] : emblems)
    if (holds(fitting, country) && read.size() == less.size() + 1 && std::string(read).erase(at, 1) == less)
      return true;
  return false;
}

std::vector<std::string> dotted(const std::string& text) {
  constexpr std::string_view letters = "AOU", with_dots = "[\\]";
  std::vector<std::string> all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t at = letters.find(text[i]);
    if (at == letters.npos) continue;
    std::string with = text;
    with[i] = with_dots[at];
    if (holds(homes_of(with), "DE")) all.push_back(with);
  }
  return all;
}

bool differ_by_dots(const std::string& a, const std::string& b) {
  const auto bare = [](std::string signs) {
    constexpr std::string_view dotted = "[\\]", letters = "AOU";
    for (char& sign : signs)
      if (const std::size_t at = dotted.find(sign); at != dotted.npos) sign = letters[at];
    return signs;
  };
  return a != b && bare(a) == bare(b);
}

bool has_round_twin(const std::string& signs) {
  constexpr std::string_view round = "0OQ";
  const bool near_by = comes_daily(homes_of(signs));
  for (std::size_t i = 0; i < signs.size(); ++i) {
    if (round.find(signs[i]) == round.npos) continue;
    for (const char other : round) {
      std::string twin = signs;
      twin[i] = other;
      const std::vector<std::string> homes = homes_of(twin);
      if (other != signs[i] && (near_by ? comes_daily(homes) : !homes.empty())) return true;
    }
  }
  return false;
}

bool nearly_same(const std::string& a, const std::string& b) {
  return core::near_plates(plate_of(a), plate_of(b));
}

}  // namespace reader
