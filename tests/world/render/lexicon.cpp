#include "tests/world/render/lexicon.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate_places.hpp"

namespace world {
namespace {

using Words = std::vector<std::string>;

const std::string no_q = "ABCDEFGHIJKLMNOPRSTUVWXYZ";

/// Of the places that plates of the country begin with.
std::string place(Dice& dice, const std::string& country) { return dice.pick(core::places_of(country)); }

bool has_umlaut(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80U; });
}

/// Plates with umlauts are drawn more often than there are, for they are harder to read.
std::string german(Dice& dice) {
  std::string town = place(dice, "DE");
  if (dice.chance(0.12))
    while (!has_umlaut(town)) town = place(dice, "DE");
  const std::string tail = dice.chance(0.05) ? dice.pick(Words{"E", "H"}) : "";
  const int series = dice.whole(1, 2);
  constexpr int most = 8;  // characters of a plate
  const int taken =
      static_cast<int>(town.size()) - (has_umlaut(town) ? 1 : 0) + series + static_cast<int>(tail.size());
  return town + "-" + dice.letters(series, no_q) + " " + std::to_string(dice.whole(1, 9)) +
         dice.digits(dice.whole(0, std::min(3, most - taken - 1))) + tail;
}

std::string dutch(Dice& dice) {
  const std::string from = "BDFGHJKLNPRSTVXZ";
  const auto l = [&](int n) { return dice.letters(n, from); };
  const auto d = [&](int n) { return dice.digits(n); };
  if (dice.chance(0.12)) return "O" + l(1) + "-" + d(2) + "-" + l(2);  // semi-trailers
  switch (dice.whole(0, 6)) {
    case 0:
      return l(2) + "-" + d(2) + "-" + l(2);
    case 1:
      return l(2) + "-" + l(2) + "-" + d(2);
    case 2:
      return d(2) + "-" + l(2) + "-" + l(2);
    case 3:
      return d(2) + "-" + l(3) + "-" + d(1);
    case 4:
      return d(1) + "-" + l(3) + "-" + d(2);
    case 5:
      return l(2) + "-" + d(3) + "-" + l(1);
    default:
      return l(1) + "-" + d(3) + "-" + l(2);
  }
}

std::string belgian(Dice& dice) {
  if (dice.chance(0.12)) return "Q-" + dice.letters(3) + "-" + dice.digits(3);
  if (dice.chance(0.12)) return dice.letters(3) + "-" + dice.digits(3);
  return std::to_string(dice.whole(1, 2)) + "-" + dice.letters(3) + "-" + dice.digits(3);
}

/// Behind three letters of the place the short series are given out first.
std::string polish(Dice& dice) {
  static const Words shorter = {"L999", "99LL", "9L99", "99L9", "9LL9", "LL99"};
  static const Words longer = {"99999", "99999", "9999L", "999LL"};
  const std::string county = place(dice, "PL");
  std::string plate = county + " ";
  for (const char sign : dice.pick(county.size() == 3 && dice.chance(0.8) ? shorter : longer))
    plate += sign == '9' ? dice.digits(1) : dice.letters(1, "ACEFGHJKLMNPRSTUVWXY");
  return plate;
}

std::string turkish(Dice& dice) {
  const int letters = dice.whole(1, 3);
  const int digits = letters == 1 ? 4 : letters == 2 ? dice.whole(3, 4) : dice.whole(2, 3);
  return place(dice, "TR") + " " + dice.letters(letters, "ABCDEFGHIJKLMNOPRSTUVYZ") + " " +
         dice.digits(digits);
}

/// Bucharest has run out of numbers with two digits.
std::string romanian(Dice& dice) {
  const std::string county = place(dice, "RO");
  return county + " " + dice.digits(county == "B" ? dice.whole(2, 3) : 2) + " " + dice.letters(3, no_q);
}

std::string of_country(const std::string& country, Dice& dice) {
  const std::string vowelless = "BCDFGHJKLMNPRSTVWXYZ";
  const std::string french = "ABCDEFGHJKLMNPQRSTVWXYZ", italian = "ABCDEFGHJKLMNPRSTVWXYZ";
  const std::string british = "ABCDEFGHJKLMNOPRSTUVWXYZ", lithuanian = "ABCDEFGHIJKLMNOPRSTUVYZ",
                    slovak = "ABCDEFGHIJKLMNOPRSTUVXYZ";
  if (country == "DE") return german(dice);
  if (country == "NL") return dutch(dice);
  if (country == "BE") return belgian(dice);
  if (country == "PL") return polish(dice);
  if (country == "FR") return dice.letters(2, french) + "-" + dice.digits(3) + "-" + dice.letters(2, french);
  if (country == "IT") return dice.letters(2, italian) + " " + dice.digits(3) + dice.letters(2, italian);
  if (country == "ES") return dice.digits(4) + " " + dice.letters(3, vowelless);
  if (country == "LU") return dice.chance(0.6) ? dice.letters(2) + " " + dice.digits(4) : dice.digits(5);
  if (country == "CZ")
    return dice.digits(1) + dice.letters(1, "ABCEHJKLMPSTUZ") + dice.digits(1) + " " + dice.digits(4);
  if (country == "SK") return place(dice, "SK") + "-" + dice.digits(3) + dice.letters(2, slovak);
  if (country == "AT") return dice.letters(2) + "-" + dice.digits(3) + dice.letters(2);
  if (country == "RO") return romanian(dice);
  if (country == "LT") return dice.letters(3, lithuanian) + " " + dice.digits(3);
  if (country == "HU") return dice.letters(3) + "-" + dice.digits(3);
  if (country == "TR") return turkish(dice);
  if (country == "BG")
    return dice.letters(dice.whole(1, 2), "ABCEHKMOPTXY") + " " + dice.digits(4) + " " +
           dice.letters(2, "ABCEHKMOPTXY");
  if (country == "UA")
    return dice.letters(2, "ABCEHIKMOPTX") + " " + dice.digits(4) + " " + dice.letters(2, "ABCEHIKMOPTX");
  if (country == "PT") return dice.letters(2) + "-" + dice.digits(2) + "-" + dice.letters(2);
  if (country == "DK") return dice.letters(2, no_q) + " " + dice.digits(2) + " " + dice.digits(3);
  if (country == "SE")
    return dice.letters(3) + " " + dice.digits(2) + (dice.chance(0.5) ? dice.digits(1) : dice.letters(1));
  return dice.letters(2, british) + dice.digits(2) + " " + dice.letters(3, british);  // GB
}

}  // namespace

std::string container_code(Dice& dice) {
  static const Words met = {"MSKU", "MSCU", "TCNU", "TGHU", "TRHU", "TEMU", "CMAU", "CAIU", "FCIU",
                            "BMOU", "SEGU", "HLBU", "HLXU", "OOLU", "EITU", "EGHU", "MEDU", "MRKU",
                            "MRSU", "SUDU", "TLLU", "UETU", "CXDU", "APZU", "GESU", "HASU", "DRYU",
                            "CSQU", "WHLU", "YMLU", "ONEU", "NYKU", "TCKU"};
  std::string code =
      dice.chance(0.5) ? dice.pick(met) : dice.letters(3) + (dice.chance(0.95) ? "U" : dice.letters(1, "JZ"));
  code += dice.digits(6);
  return code + std::to_string(core::check_digit(code).value_or(0));
}

std::string size_type(Dice& dice) {
  static const Words common = {"22G1", "42G1", "45G1", "45R1", "22R1", "L5G1", "22U1", "42U1",
                               "22T1", "22T6", "22K2", "25G1", "45U1", "42P1", "22P1", "20G1",
                               "22G0", "42G0", "45G0", "45P3", "L5R1", "22V2"};
  if (dice.chance(0.75)) return dice.pick(common);
  return dice.letters(1, "234LM") + dice.letters(1, "0258EF") + dice.letters(1, "GRUTPKVBSH") +
         dice.digits(1);
}

PlateText plate_text(Dice& dice, std::string country) {
  static const Words met = {"BE", "BE", "BE", "NL", "NL", "NL", "DE", "DE", "DE", "FR", "FR",
                            "PL", "PL", "LU", "ES", "IT", "CZ", "CZ", "SK", "SK", "AT", "RO",
                            "LT", "HU", "GB", "TR", "TR", "BG", "UA", "PT", "DK", "SE"};
  if (country.empty()) country = dice.pick(met);
  return {of_country(country, dice), country};
}

std::string word(Dice& dice) {
  static const Words words = {
      "CAUTION",   "HIGH",    "HEAVY",   "WARNING", "SUPER",     "NORDMAR",   "CAPELLA",      "BLUEWAY",
      "HARBOUR",   "POLARIS", "LINES",   "OCEAN",   "EXPRESS",   "LOGISTIC",  "TRANSIT",      "KORALL",
      "ATLAS",     "VANTAGE", "SEALAND", "CARGO",   "9'6\"",     "EMPTY",     "CSC",          "APPROVED",
      "CONTAINER", "NOT",     "CLEAN",   "REEFER",  "TRUCKING",  "SPEDITION", "LONG VEHICLE", "VOLTO",
      "MARATHON",  "EURO 6",  "ADR",     "80",      "INSPECTED", "2019",      "IICL",         "LEASING"};
  if (dice.chance(0.25)) return dice.letters(dice.whole(2, 8));
  if (dice.chance(0.15)) return dice.letters(dice.whole(1, 3)) + dice.digits(dice.whole(2, 6));
  return dice.pick(words);
}

std::string table_line(Dice& dice) {
  static const Words names = {"MAX.GR.",   "TARE",   "NET",     "CU.CAP.", "PAYLOAD",
                              "MAX GROSS", "M.G.W.", "NET WT.", "CUBE"};
  static const Words units = {"KG", "KGS", "LBS", "CU.M", "CU.FT"};
  const std::string value =
      std::to_string(dice.whole(1, 67)) + dice.pick(Words{".", ",", " "}) + dice.digits(3);
  if (dice.chance(0.4)) return value + " " + dice.pick(units);
  return dice.pick(names) + (dice.chance(0.7) ? " " + value + " " + dice.pick(units) : "");
}

}  // namespace world
