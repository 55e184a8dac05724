// Plates out of lines whose letters are known, without a net.
#include "drivers/reader/plates.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/drivers/reader/written.hpp"

namespace reader {
namespace {

std::vector<core::PlateRead> plates_in(std::vector<Place> places,
                                       const std::vector<core::ContainerRead>& codes = {}) {
  return read_plates({{0, std::move(places)}}, codes);
}

std::string best_plate(const std::string& seen) {
  const auto reads = plates_in({place(seen, 0.97F, {100, 100}, 0.9F)});
  return reads.empty() ? "" : reads[0].plate;
}

TEST(Plates, APlateIsReadWithItsCountry) {
  const auto reads = plates_in({place("1ABC123", 0.97F, {100, 100}, 0.9F)});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "1ABC123");
  EXPECT_EQ(reads[0].country, "BE");
  EXPECT_TRUE(reads[0].sure);
}

TEST(Plates, ALetterIsSwappedForADigitOnlyWhereThePatternSaysSo) {
  Place seen = place("1ABCI23", 0.97F, {100, 100}, 0.9F);
  for (Columns& columns : seen.cuts) blur(columns, 4, '1', 0.3F);
  const auto reads = plates_in({seen});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "1ABC123");
  EXPECT_EQ(reads[0].raw, "1ABCI23");
}

TEST(Plates, TheLikeliestComesFirst) {
  const auto reads =
      plates_in({place("HRS811", 0.999F, {100, 100}, 0.31F), place("QXW75831", 0.99F, {100, 300}, 1)});
  ASSERT_EQ(reads.size(), 2U);
  EXPECT_EQ(reads[0].plate, "QXW75831") << "letters with hardly a sheet are rather a word";
  EXPECT_GT(reads[0].confidence, reads[1].confidence);
}

TEST(Plates, TwoLinesOfASquarePlateAreOnePlate) {
  const auto reads =
      plates_in({place("1ABC", 0.97F, {100, 100}, 0.9F), place("123", 0.97F, {95, 126}, 0.9F)});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "1ABC123");
}

/// What the net makes of an emblem, or of the end of the blue band, is no letter of the plate.
TEST(Plates, ASignBesideTheLettersIsNotOneOfThem) {
  EXPECT_EQ(best_plate("RK8346AL"), "RK346AL") << "a coat of arms";
  EXPECT_EQ(best_plate("1B2X5790"), "1B25790") << "a sticker";
  EXPECT_EQ(best_plate("FAB123CD"), "AB123CD") << "the band's end";
  EXPECT_EQ(best_plate("1ABC123"), "1ABC123") << "not the ABC123 of another country";
  EXPECT_EQ(best_plate("1B25790E"), "1B25790E") << "nothing stands there";
}

/// Polish and Slovak plates may differ in nothing else.
TEST(Plates, ALetterWhereAnotherCountryHasItsCoatOfArmsLeavesDoubt) {
  const auto reads = plates_in({place("RKR346AL", 0.99F, {100, 100}, 0.9F)});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "RKR346AL");
  EXPECT_EQ(reads[0].doubt, core::Doubt::rival);
  EXPECT_TRUE(plates_in({place("WPR12AC", 0.99F, {100, 100}, 0.9F)}).at(0).sure);
}

/// There is no RKE in Poland.
TEST(Plates, ALetterThatMakesAnUnknownPlaceIsRatherACoatOfArms) {
  const auto with_emblem = [](const std::string& seen) {
    Place unclear = place(seen, 0.99F, {100, 100}, 0.9F);
    for (Columns& columns : unclear.cuts) blur(columns, 2, '8', 0.3F);
    return plates_in({unclear}).at(0);
  };
  EXPECT_EQ(with_emblem("RKE346AL").plate, "RK346AL");
  EXPECT_FALSE(with_emblem("RKE346AL").sure);
  EXPECT_EQ(with_emblem("RKR346AL").plate, "RKR346AL") << "this one there is";
}

/// A list of places ages; so what it knows may choose between two texts, and never make one sure.
TEST(Plates, NoPlateIsSureBecauseOfItsPlaceAlone) {
  Place seen = place("LFKS1234", 0.99F, {100, 100}, 0.9F);
  for (Columns& columns : seen.cuts) blur(columns, 1, 'V', 0.3F);  // there is no LV
  const auto reads = plates_in({seen});
  EXPECT_EQ(reads.at(0).plate, "LFKS1234");
  EXPECT_EQ(reads.at(0).doubt, core::Doubt::rival);
}

/// The Belgian 1IAB123, once its I is read as a 1.
TEST(Plates, OfACountryWhoseTrucksSeldomComeNoneIsSure) {
  EXPECT_EQ(plates_in({place("11AB123", 0.99F, {100, 100}, 0.9F)}).at(0).doubt, core::Doubt::rival);
}

TEST(Plates, OfAPlaceThatNoCountryHasNoneIsSure) {
  EXPECT_EQ(plates_in({place("QXW75831", 0.99F, {100, 100}, 0.9F)}).at(0).doubt, core::Doubt::no_country);
}

TEST(Plates, AShapeThatIsALetterAndADigitIsWhatItsPlaceAsksFor) {
  EXPECT_EQ(best_plate("RKO19AD"), "RK019AD");
  EXPECT_EQ(best_plate("RK346A0"), "RK346AO");
  EXPECT_EQ(best_plate("1KG0723"), "1KGO723");
  EXPECT_EQ(best_plate("BAI23CD"), "BA123CD");
  EXPECT_EQ(best_plate("B012ABC"), "B012ABC")
      << "where a country tells them apart, they stay what they look like";
}

/// The Czech plate has a zero where Belgium has an O; many plates' shapes of the two are one.
TEST(Plates, ARoundSignThatAnotherCountryHasDifferentlyLeavesDoubt) {
  const auto doubt = [](const char* text, char other) {
    Place seen = place(text, 0.99F, {100, 100}, 0.9F);
    for (Columns& columns : seen.cuts) blur(columns, 3, other, 0.01F);
    return plates_in({seen}).at(0).doubt;
  };
  EXPECT_EQ(doubt("2EJ0150", 'O'), core::Doubt::rival);
  EXPECT_EQ(doubt("2EJO150", 'Q'), core::Doubt::rival) << "of Belgium itself";
  EXPECT_EQ(doubt("2EJB150", '8'), core::Doubt::none) << "no round ones, and Czech trucks seldom come";
}

/// The net's sign for an umlaut leaves the reader as everybody else writes it.
TEST(Plates, AnUmlautIsALetterOfItsOwn) {
  const auto reads = plates_in({place("M]RH594", 0.97F, {100, 100}, 0.9F)});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "MÜRH594");
  EXPECT_EQ(reads[0].raw, "MÜRH594");
  EXPECT_EQ(reads[0].country, "DE");
  EXPECT_TRUE(reads[0].sure);
  EXPECT_EQ(best_plate("[\\]1"), "ÄÖÜ1");
}

/// There is a LÖ in Germany and no LO.
TEST(Plates, AnUmlautIsMeantWhereNoDistrictIsWithoutItsDots) {
  const auto reads = plates_in({place("LOVJ3167", 0.99F, {100, 100}, 0.9F)});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].plate, "LÖVJ3167");
  EXPECT_FALSE(reads[0].sure);
  EXPECT_EQ(best_plate("BOVJ3167"), "BOVJ3167") << "there is a BO, too";
}

/// A camera may not show the dots of KÖT; in the letters behind the district there are none.
TEST(Plates, AGermanDistrictThatMayHaveDotsLeavesDoubt) {
  const auto doubt = [](const char* text) {
    return plates_in({place(text, 0.99F, {100, 100}, 0.9F)}).at(0).doubt;
  };
  EXPECT_EQ(doubt("KOTA123"), core::Doubt::rival);
  EXPECT_EQ(doubt("KUB1234"), core::Doubt::none) << "no such district has dots";
  EXPECT_EQ(doubt("1ABC123"), core::Doubt::none) << "not German";
}

/// The first sign may be the band's end, and the rest an ABC123 of another country.
TEST(Plates, AFirstSignThatMayBeNoneLeavesDoubt) {
  const auto read = [](float nothing) {
    Place seen = place("1ABC123", 0.99F, {100, 100}, 0.9F);
    const std::size_t one = std::string_view(alphabet).find('1') + 1;
    for (Columns& columns : seen.cuts)
      for (const std::size_t t : {1, 2})
        columns[t][0] = std::log(nothing), columns[t][one] = std::log(1 - nothing);
    return plates_in({seen}).at(0);
  };
  EXPECT_TRUE(read(0.1F).sure);
  EXPECT_EQ(read(0.5F).plate, "1ABC123");
  EXPECT_EQ(read(0.5F).doubt, core::Doubt::rival);
}

TEST(Plates, AWordIsNeverAPlateForSure) {
  EXPECT_EQ(plates_in({place("TRUCK8", 0.99F, {100, 100}, 0.9F)}).at(0).doubt, core::Doubt::no_country);
}

TEST(Plates, DotsOverALetterThatMayBeScrewsLeaveDoubt) {
  Place seen = place("HOEN165", 0.97F, {100, 100}, 0.9F);
  for (Columns& columns : seen.cuts) blur(columns, 1, '\\', 0.3F);
  const auto reads = plates_in({seen});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_FALSE(reads[0].sure);
  EXPECT_EQ(reads[0].doubt, core::Doubt::rival);
}

/// What may be a Z stands in the first column of a seven, or half way between it and the letter before.
TEST(Plates, TwoLettersInTheRoomOfOneAreNoRival) {
  constexpr std::size_t room = 8, seven = 1 + 2 * room;
  const auto with_z_in = [](std::size_t column) {
    Columns columns = written("WP75831", 0.99F, room);
    const std::size_t best = static_cast<std::size_t>(
        std::max_element(columns[column].begin(), columns[column].end()) - columns[column].begin());
    columns[column][best] = std::log(0.79F);
    columns[column][std::string_view(alphabet).find('Z') + 1] = std::log(0.2F);
    Place seen = place("WP75831", 0.99F, {100, 100}, 0.9F);
    seen.cuts = {3, columns};
    return plates_in({seen}).at(0);
  };
  const core::PlateRead one = with_z_in(seven), two = with_z_in(seven - room / 2);
  EXPECT_EQ(one.plate, "WP75831");
  EXPECT_TRUE(one.sure);
  EXPECT_EQ(two.doubt, core::Doubt::rival);
}

TEST(Plates, ClearLettersWithoutASheetAreAPlateButNeverSure) {
  const auto plain = plates_in({place("2ABC123", 0.99F, {100, 100}, 0.02F)});
  ASSERT_EQ(plain.size(), 1U);
  EXPECT_EQ(plain[0].plate, "2ABC123");
  EXPECT_FALSE(plain[0].sure);
  EXPECT_EQ(plain[0].doubt, core::Doubt::no_sheet);
  EXPECT_TRUE(plates_in({place("2ABC123", 0.99F, {100, 100}, 0.9F)}).at(0).sure);
  for (const char* text : {"VOLVO", "123456", "45G1", "SCANIA5"})
    EXPECT_TRUE(plates_in({place(text, 0.99F, {100, 100}, 0.02F)}).empty()) << text;
}

TEST(Plates, LettersOnASheetWithRoomForAnotherLineAreRatherAStickers) {
  const auto on_sheet = [](Margins margins) {
    Place seen = place("2ABC123", 0.99F, {100, 100}, 0.9F);
    seen.margins = margins;
    return plates_in({seen}).at(0);
  };
  EXPECT_TRUE(on_sheet({0.4F, 0.4F}).sure);
  for (const Margins& wide : {Margins{0.3F, 1.2F}, Margins{1.2F, 0.3F}}) {
    EXPECT_EQ(on_sheet(wide).plate, "2ABC123");
    EXPECT_EQ(on_sheet(wide).doubt, core::Doubt::no_sheet);
  }
}

TEST(Plates, ASheetWithRoomForAnotherLineInOnePictureHasItInAll) {
  const Place shaded = place("2ABC123", 0.99F, {100, 100}, 0.9F);
  Place whole = shaded;
  whole.margins = {0.3F, 1.2F};
  const std::vector<View> views = {{0, {shaded}}, {1, {whole}}};
  EXPECT_EQ(read_plates(views, {}).at(0).doubt, core::Doubt::no_sheet);
}

/// The other picture's sheet has small letters on it, and they say something else.
TEST(Plates, NoPlateIsSureByTheSheetOfAnotherPicturesLetters) {
  Place high = place("2ABC123", 0.99F, {100, 100}, 0), low = place("2ABC123", 0.9999F, {100, 100}, 0.9F);
  for (Columns& columns : low.cuts) blur(columns, 3, 'G', 0.8F);
  low.line.height = low.capitals = 10;
  const std::vector<View> views = {{0, {high}}, {1, {low}}};
  EXPECT_EQ(read_plates(views, {}).at(0).plate, "2ABC123");
  EXPECT_FALSE(read_plates(views, {}).at(0).sure);
}

TEST(Plates, OneLineFoundTwiceIsOneWitness) {
  const auto told_by = [](std::size_t times) {
    Place seen = place("2ABC123", 0.999F, {100, 100}, 0.9F);
    for (Columns& columns : seen.cuts) blur(columns, 2, 'R', 0.2F);
    std::vector<Place> found(times, seen);
    found.back().line.length *= 1.2F;
    return plates_in(found).at(0);
  };
  EXPECT_EQ(told_by(1).doubt, core::Doubt::rival);
  EXPECT_EQ(told_by(2).doubt, core::Doubt::rival);
}

TEST(Plates, LettersThatAreLowerThanTheirLineLeaveDoubt) {
  Place seen = place("2ABC123", 0.99F, {100, 100}, 0.9F);
  seen.capitals = 12;
  EXPECT_EQ(plates_in({seen}).at(0).doubt, core::Doubt::unclear);
}

TEST(Plates, OfTwoLinesTheSheetEndsCloseAboveTheFirstAndBelowTheSecond) {
  const auto with_margins = [](Margins first, Margins second) {
    Place upper = place("2ABC", 0.99F, {100, 100}, 0.9F), lower = place("123", 0.99F, {95, 126}, 0.9F);
    upper.margins = first, lower.margins = second;
    return plates_in({upper, lower}).at(0);
  };
  EXPECT_TRUE(with_margins({0.3F, 1.5F}, {1.5F, 0.3F}).sure);
  EXPECT_EQ(with_margins({1.2F, 1.5F}, {1.5F, 0.3F}).doubt, core::Doubt::no_sheet);
  EXPECT_EQ(with_margins({0.3F, 1.5F}, {1.5F, 1.2F}).doubt, core::Doubt::no_sheet);
}

/// 0 and O look alike, and a Spanish plate is four digits and three letters.
TEST(Plates, ThePartOfACodeThatWasReadIsNone) {
  core::ContainerRead code;
  code.code = "SGEZ0008654";
  code.check_digit = true;
  const std::vector<Place> serial = {place("0008654", 0.97F, {100, 100}, 0.9F)};
  EXPECT_FALSE(plates_in(serial).empty());
  EXPECT_TRUE(plates_in(serial, {code}).empty());
  EXPECT_EQ(plates_in({place("2ABC123", 0.97F, {100, 100}, 0.9F)}, {code}).size(), 1U);
  code.check_digit = false;
  EXPECT_FALSE(plates_in(serial, {code}).empty()) << "the code may be the one that is wrong";
}

}  // namespace
}  // namespace reader
