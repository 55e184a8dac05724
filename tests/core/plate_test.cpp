#include "gate/core/plate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/core/plate_places.hpp"

using namespace core;

namespace {

bool fits(const std::string& plate, const std::string& country) {
  const auto countries = countries_of(plate);
  return std::find(countries.begin(), countries.end(), country) != countries.end();
}

std::string some_plate() {
  return *rc::gen::nonEmpty(rc::gen::container<std::string>(
      rc::gen::elementOf(std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))));
}

}  // namespace

TEST(Plate, NormalisingTakesSeparatorsAndCase) {
  EXPECT_EQ(normalise_plate("1-abc-123"), "1ABC123");
  EXPECT_EQ(normalise_plate(" 12 bx.nl/9 "), "12BXNL9");
  EXPECT_EQ(normalise_plate("K\xC3\xB6 \xC2\xB7 AB 12"),
            "K\xC3\x96"
            "AB12");
  EXPECT_EQ(normalise_plate("1\xE2\x80\x93"
                            "ABC\xE2\x80\xA2"
                            "123"),
            "1ABC123");
  EXPECT_EQ(normalise_plate("\xC3"), "");
  EXPECT_EQ(normalise_plate("- ."), "");
}

TEST(Plate, EachCountryKnowsItsOwn) {
  EXPECT_EQ(countries_of("1ABC123").front(), "BE");
  EXPECT_EQ(countries_of("QABC123").front(), "BE");
  EXPECT_TRUE(fits("ABC123", "BE"));
  EXPECT_TRUE(fits("123ABC", "BE"));
  EXPECT_TRUE(fits("12BXN9", "NL"));
  EXPECT_TRUE(fits("BX123N", "NL"));
  EXPECT_FALSE(fits("12CXN9", "NL"));
  EXPECT_FALSE(fits("BQ1234", "NL"));
  EXPECT_TRUE(fits("OK14BJ", "NL"));  // a semi-trailer
  EXPECT_FALSE(fits("14OKBJ", "NL"));
  EXPECT_TRUE(fits("AB123CD", "FR"));
  EXPECT_FALSE(fits("AO123CD", "FR"));
  EXPECT_TRUE(fits("HHAB1234", "DE"));
  EXPECT_TRUE(fits("HHAB123E", "DE"));
  EXPECT_TRUE(
      fits("K\xC3\x96"
           "AB12",
           "DE"));
  EXPECT_FALSE(fits("HHAB0123", "DE"));
  EXPECT_TRUE(fits("WA12345", "PL"));
  EXPECT_TRUE(fits("WPR12AC", "PL"));
  EXPECT_FALSE(fits("WPR12AB", "PL"));
  EXPECT_TRUE(fits("BA123CD", "SK"));
  EXPECT_TRUE(fits("1AB2345", "CZ"));
  EXPECT_TRUE(fits("4A23456", "CZ"));
  EXPECT_FALSE(fits("4G23456", "CZ"));
  EXPECT_TRUE(fits("1234BCD", "ES"));
  EXPECT_FALSE(fits("1234ABC", "ES"));
  EXPECT_TRUE(fits("B123ABC", "RO"));
  EXPECT_TRUE(fits("CT12ABC", "RO"));
  EXPECT_TRUE(fits("AB12CDE", "GB"));
  EXPECT_TRUE(fits("ABCD123", "HU"));
  EXPECT_TRUE(fits("13BF83", "PT"));
  EXPECT_TRUE(fits("EF12345", "DK"));
  EXPECT_TRUE(fits("R1234BCD", "ES"));
  EXPECT_TRUE(fits("CB1234AB", "BG"));
  EXPECT_EQ(countries_of("AI1234BC"), std::vector<std::string>{"UA"}) << "Bulgaria has no I";
  EXPECT_TRUE(fits("ABC123", "LT"));
  EXPECT_TRUE(fits("AB1234", "LU"));
  EXPECT_TRUE(fits("34ABC123", "TR"));
  EXPECT_TRUE(fits("06A1234", "TR"));
  EXPECT_FALSE(fits("34WA123", "TR"));
  EXPECT_EQ(countries_of("AB123CD").front(), "FR");
  EXPECT_TRUE(countries_of("123456789").empty());
  EXPECT_TRUE(countries_of("").empty());
}

TEST(Plate, NamesAPlaceOfItsCountry) {
  EXPECT_TRUE(names_place("RKR12345", "PL"));
  EXPECT_FALSE(names_place("RKE019AF", "PL"));
  EXPECT_TRUE(names_place("RK019AF", "SK"));
  EXPECT_FALSE(names_place("XX019AF", "SK"));
  EXPECT_TRUE(names_place("B123ABC", "RO"));
  EXPECT_TRUE(names_place("81AB123", "TR"));
  EXPECT_FALSE(names_place("82AB123", "TR"));
  EXPECT_TRUE(names_place("1ABC123", "BE"));  // whose plates name none
  for (const char* german : {"MUKL1234", "BRAB12", "LEKS123", "BMW1", "HROST77", "ÖHRA1", "MÜLA1"})
    EXPECT_TRUE(names_place(german, "DE")) << german;
  for (const char* pole : {"WPR12AC", "RZR12345", "POZ1A23", "PO12345", "XD1234A", "SRS12345"})
    EXPECT_TRUE(names_place(pole, "PL")) << pole;
  for (const char* slovak : {"BL123AB", "ZA834CO", "AA001AA"})
    EXPECT_TRUE(names_place(slovak, "SK")) << slovak;
  for (const char* romanian : {"CT12ABC", "B12ABC", "IF99XYZ"})
    EXPECT_TRUE(names_place(romanian, "RO")) << romanian;
  EXPECT_TRUE(names_place("HHAB123", "DE"));
  EXPECT_TRUE(names_place("KÖTA12", "DE"));
  EXPECT_FALSE(names_place("TUAB12", "DE"));
  EXPECT_TRUE(names_place("TÜAB12", "DE"));
  EXPECT_FALSE(names_place("KBÖ12", "DE"));  // no umlauts behind the district
  EXPECT_FALSE(names_place("Ü", "DE"));
  EXPECT_FALSE(names_place("", "PL"));
}

TEST(Plate, TheCountryThatHasThePlaceIsTheLikelier) {
  EXPECT_EQ(countries_of("QA1234").front(), "LU") << "before DE, which has no district Q";
  for (const std::string country : {"DE", "PL", "SK", "RO", "TR"})
    for (const std::string& place : places_of(country)) EXPECT_EQ(normalise_plate(place), place);
}

TEST(Plate, LettersAndDigitsSwapOnlyWhereThePatternSaysSo) {
  EXPECT_EQ(fit_to_country("IA8C12B", "BE"), "1ABC128");
  EXPECT_EQ(fit_to_country("A8123CD", "FR"), "AB123CD");
  EXPECT_EQ(fit_to_country("1ABC123", "BE"), "1ABC123");
  EXPECT_EQ(fit_to_country("1OBC123", "BE"), "1OBC123");
  EXPECT_EQ(fit_to_country("XXXXXXXXX", "BE"), "XXXXXXXXX");
  EXPECT_EQ(fit_to_country("1A8C123", "XX"), "1A8C123");
}

TEST(Plate, AGuessBetweenTwoReadingsIsNotMade) {
  // The older Belgian forms want three letters first or three digits first: both are three swaps away.
  EXPECT_EQ(fit_to_country("BBB888", "BE"), "BBB888");
  EXPECT_EQ(fit_to_country("B8BB8B", "BE"), "B8BB8B");
}

TEST(Plate, NearPlatesDifferInOneCharacterOrInTwinsOnly) {
  EXPECT_TRUE(near_plates("1ABC123", "1ABC124"));
  EXPECT_TRUE(near_plates("1BOS128", "18O512B"));
  EXPECT_TRUE(near_plates("1ABC123", "1ABC123"));
  EXPECT_FALSE(near_plates("1ABC123", "1ABD124"));
  EXPECT_FALSE(near_plates("1ABC123", "1ABC12"));
  EXPECT_FALSE(near_plates("", ""));
  EXPECT_TRUE(
      near_plates("K\xC3\x96"
                  "AB12",
                  "KOAB12"));
}

RC_GTEST_PROP(Plate, NormalisingTwiceIsNormalisingOnce, (const std::string& raw)) {
  const std::string once = normalise_plate(raw);
  RC_ASSERT(normalise_plate(once) == once);
}

RC_GTEST_PROP(Plate, FittingNeverChangesThePlatesLengthAndIsStable, ()) {
  const std::string read = some_plate();
  const std::string country = *rc::gen::element<std::string>("BE", "NL", "DE", "FR", "PL");
  const std::string fitted = fit_to_country(read, country);
  RC_ASSERT(fitted.size() == read.size());
  RC_ASSERT(near_plates(read, fitted));
  RC_ASSERT(fit_to_country(fitted, country) == fitted);
  if (fitted != read) RC_ASSERT(fits(fitted, country));
}

RC_GTEST_PROP(Plate, APlateThatFitsIsLeftAlone, ()) {
  const std::string read = some_plate();
  for (const std::string& country : countries_of(read)) RC_ASSERT(fit_to_country(read, country) == read);
}

RC_GTEST_PROP(Plate, NearnessIsMutual, ()) {
  const std::string a = some_plate();
  std::string b = a;
  b[*rc::gen::inRange<std::size_t>(0, b.size())] = 'X';
  RC_ASSERT(near_plates(a, b));
  RC_ASSERT(near_plates(b, a));
}

RC_GTEST_PROP(Plate, NearPlatesHaveAKeyInCommonAndNoPlateHasMoreThanEight, ()) {
  const std::string read = some_plate();
  const std::string a = read + *rc::gen::element<std::string>("", "XYZ12345", "\xC3\x84ST");
  std::string b = a;
  for (char& c : b)
    if (*rc::gen::arbitrary<bool>()) c = c == 'O' ? '0' : c == '8' ? 'B' : c == 'S' ? '5' : c;
  if (*rc::gen::arbitrary<bool>()) (b = a)[*rc::gen::inRange<std::size_t>(0, read.size())] = 'Q';
  RC_ASSERT(near_plates(a, b));
  const auto ours = near_keys(a), theirs = near_keys(b);
  RC_ASSERT(ours.size() <= 8u);
  RC_ASSERT(std::any_of(ours.begin(), ours.end(), [&theirs](const std::string& key) {
    return std::find(theirs.begin(), theirs.end(), key) != theirs.end();
  }));
}
