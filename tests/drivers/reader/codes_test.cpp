#include "drivers/reader/codes.hpp"

#include <gtest/gtest.h>

#include "gate/core/equipment_number.hpp"
#include "tests/drivers/reader/written.hpp"

namespace reader {
namespace {

TEST(Codes, AClearCodeSeenOnTwoWallsIsSure) {
  const auto reads = read_codes({{0, {place("MSKU9070323", 0.97F)}}, {1, {place("MSKU9070323", 0.95F)}}});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].code, "MSKU9070323");
  EXPECT_TRUE(reads[0].check_digit);
  EXPECT_TRUE(reads[0].sure);
}

TEST(Codes, ACodeWithAWrongCheckDigitIsToldButNeverSure) {
  const auto reads = read_codes({{0, {place("MSKU9070324", 0.999F)}}, {1, {place("MSKU9070324", 0.999F)}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].code, "MSKU9070324");
  EXPECT_FALSE(reads[0].check_digit);
  EXPECT_FALSE(reads[0].sure);
  EXPECT_EQ(reads[0].doubt, core::Doubt::check_digit);
}

/// They differ in a letter that no check digit tells apart.
TEST(Codes, ASwapBodysCodeIsReadAsThatAndNeverAsAContainers) {
  const std::string ilu = "TRDK907032", container = "TRDU907032";
  const auto digit = [](const std::string& ten) {
    return static_cast<char>('0' + core::check_digit(ten).value());
  };
  ASSERT_EQ(digit(ilu), digit(container));
  const auto reads = read_codes({{0, {place(ilu + digit(ilu), 0.97F)}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].code, ilu + digit(ilu));
  EXPECT_TRUE(reads[0].sure);

  Place unclear = place(container + digit(container), 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 3, 'K', 0.55F);
  const auto doubtful = read_codes({{0, {unclear}}});
  ASSERT_FALSE(doubtful.empty());
  EXPECT_EQ(doubtful[0].code, container + digit(container)) << "swap bodies seldom come";
  EXPECT_FALSE(doubtful[0].sure);
  Place level = place(container + digit(container), 0.97F);
  for (Columns& columns : level.cuts) blur(columns, 3, 'K', 0.5F);
  const auto often = read_codes({{0, {level}}, {1, {level}}, {2, {level}}, {3, {level}}});
  ASSERT_FALSE(often.empty());
  EXPECT_FALSE(often[0].sure) << "seldom is no evidence, however many views show the same dirt";
}

TEST(Codes, AnAmbiguousPairThatTheCheckDigitCannotTellApartIsNotSure) {
  Place unclear = place("CSQU3054383", 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 2, 'G', 0.45F);  // Q and G have equal weight
  const auto reads = read_codes({{0, {unclear}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_FALSE(reads[0].sure);
  EXPECT_EQ(reads[0].doubt, core::Doubt::rival);
}

TEST(Codes, ASecondViewSettlesWhatOneLeavesOpen) {
  Place unclear = place("MSKU9070323", 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 5, '8', 0.6F);
  const auto reads = read_codes({{0, {unclear}}, {1, {place("MSKU9070323", 0.97F)}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].code, "MSKU9070323");
}

// As written, capitals are 20 pixels high.
TEST(Codes, ACodeOfAnImplausibleHeightIsToldButNeverSure) {
  for (const auto& [capitals, sure] : std::vector<std::pair<std::optional<core::Capitals>, bool>>{
           {std::nullopt, true}, {{{14, 60}}, true}, {{{21, 60}}, false}, {{{4, 19}}, false}}) {
    View view{0, {place("MSKU9070323", 0.999F)}, capitals};
    const auto reads = read_codes({view});
    ASSERT_EQ(reads.size(), 1U);
    EXPECT_EQ(reads[0].code, "MSKU9070323");
    EXPECT_EQ(reads[0].sure, sure);
    EXPECT_EQ(reads[0].doubt, sure ? core::Doubt::none : core::Doubt::height);
  }
}

TEST(Codes, ACopyOfAnImplausibleHeightHasNoSayWhereAnotherIsPlausible) {
  Place unclear = place("MSKU9070323", 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 5, '8', 0.6F);
  const View gate{0, {unclear}, core::Capitals{14, 60}};
  View screen{1, {place("MSKU9070323", 0.97F)}, {}};
  EXPECT_TRUE(read_codes({gate, screen})[0].sure);
  screen.capitals = core::Capitals{30, 60};
  EXPECT_FALSE(read_codes({gate, screen})[0].sure);
  const View other{2, {place("MSKU9070323", 0.97F)}, core::Capitals{14, 60}};
  EXPECT_TRUE(read_codes({gate, screen, other})[0].sure);
}

/// The small one stands in the lane beyond, or is a sticker.
TEST(Codes, ANearNumberOfAnImplausibleHeightMakesNoDoubtAndNoSecondBox) {
  Place beyond = place("MSKU9070339", 0.97F, {600, 100});
  beyond.capitals = 8;
  const View view{0, {place("MSKU9070323", 0.97F, {100, 100}), beyond}, core::Capitals{14, 60}};
  const auto reads = read_codes({view});
  ASSERT_EQ(reads.size(), 1U);
  EXPECT_EQ(reads[0].code, "MSKU9070323");
  EXPECT_TRUE(reads[0].sure);
}

/// A rod before the serial number is taken for a one, the check digit is not seen, and the check digit fits.
TEST(Codes, AShiftedCopyIsNoSecondBox) {
  const Place right = place("UETU6557504", 0.97F, {100, 100}),
              shifted = place("UETU1655750", 0.9F, {100, 400});
  ASSERT_TRUE(core::check_digit_fits("UETU1655750"));
  const auto one_view = read_codes({{0, {right, shifted}}});
  ASSERT_EQ(one_view.size(), 1U);
  EXPECT_FALSE(one_view[0].sure);
  const auto three = read_codes({{0, {right, shifted}}, {1, {right}}, {2, {right}}});
  ASSERT_EQ(three.size(), 1U);
  EXPECT_EQ(three[0].code, "UETU6557504");
}

TEST(Codes, ASecondBoxWithANearNumberLeavesTheFirstInDoubt) {
  const Place first = place("MSKU9070323", 0.97F, {100, 100}),
              second = place("MSKU9070339", 0.97F, {600, 100});
  ASSERT_TRUE(core::check_digit_fits("MSKU9070339"));
  for (const auto& views : {std::vector<View>{{0, {first, second}}, {1, {first}}},
                            std::vector<View>{{0, {first}}, {1, {first}}, {2, {first}}, {3, {second}}}})
    for (const core::ContainerRead& read : read_codes(views)) EXPECT_FALSE(read.sure) << read.code;
}

TEST(Codes, TwoBoxesWithNearNumbersOnOneChassisAreTwoCodesThatPeopleLookAt) {
  const Place first = place("MSKU9070323", 0.97F, {100, 100}),
              second = place("MSKU9070339", 0.97F, {600, 100});
  const auto reads = read_codes({{0, {first, second}}, {1, {second}}, {2, {first}}});
  ASSERT_EQ(reads.size(), 2U);
  for (const core::ContainerRead& read : reads) EXPECT_EQ(read.doubt, core::Doubt::rival) << read.code;
  EXPECT_NE(reads[0].code, reads[1].code);
}

/// The frame round a check digit may make two of one, in place of a digit that was not seen.
TEST(Codes, TwoDigitsInTheRoomOfOneLeaveDoubt) {
  constexpr std::size_t room = 10;
  Columns columns = written("RQBJ1898800", 0.97F, room);
  Place seen = place("RQBJ1898800", 0.97F);
  seen.cuts = {3, columns};
  EXPECT_TRUE(read_codes({{0, {seen}}}).at(0).sure);
  const auto before_last = columns.begin() + 1 + 10 * room;
  columns.erase(before_last - static_cast<std::ptrdiff_t>(room - 3), before_last);
  seen.cuts = {3, columns};
  const core::ContainerRead twice = read_codes({{0, {seen}}}).at(0);
  EXPECT_EQ(twice.code, "RQBJ1898800");
  EXPECT_EQ(twice.doubt, core::Doubt::unclear);
}

TEST(Codes, TwoBoxesOnOneChassisAreTwoCodes) {
  const auto reads =
      read_codes({{0, {place("MSKU9070323", 0.97F, {200, 100}), place("CSQU3054383", 0.97F, {800, 100})}}});
  EXPECT_EQ(reads.size(), 2U);
}

TEST(Codes, TheSizeTypeBelowBelongsToTheCode) {
  const auto reads =
      read_codes({{0, {place("MSKU9070323", 0.97F, {100, 100}), place("45G1", 0.9F, {60, 130})}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].size_type, "45G1");
}

TEST(Codes, TheSizeTypeOfAnUprightCodeStandsBesideIt) {
  const auto upright = [](const std::string& text, cv::Point2f at) {
    Place made = place(text, 0.97F, at);
    made.line.vertical = true;
    made.line.along = {0, 1};
    return made;
  };
  const Place code = upright("MSKU9070323", {100, 200});
  EXPECT_EQ(read_codes({{0, {code, upright("45G1", {210, 150})}}}).at(0).size_type, "45G1");
  EXPECT_EQ(read_codes({{0, {code, upright("45G1", {260, 150})}}}).at(0).size_type, "") << "another box's";
}

TEST(Codes, OwnerAndNumberOnTwoLinesMakeOneCode) {
  const auto reads =
      read_codes({{0, {place("MSKU", 0.97F, {100, 100}), place("9070323", 0.97F, {122, 130})}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].code, "MSKU9070323");
}

TEST(Codes, NothingIsMadeOutOfNothing) {
  EXPECT_TRUE(read_codes({}).empty());
  EXPECT_TRUE(read_codes({{0, {place("CAUTION", 0.9F)}}}).empty());
}

}  // namespace
}  // namespace reader
