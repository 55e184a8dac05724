#include "drivers/reader/codes.hpp"

#include <gtest/gtest.h>

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
}

TEST(Codes, AnAmbiguousPairThatTheCheckDigitCannotTellApartIsNotSure) {
  Place unclear = place("CSQU3054383", 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 2, 'G', 0.45F);  // Q and G have equal weight
  const auto reads = read_codes({{0, {unclear}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_FALSE(reads[0].sure);
}

TEST(Codes, ASecondViewSettlesWhatOneLeavesOpen) {
  Place unclear = place("MSKU9070323", 0.97F);
  for (Columns& columns : unclear.cuts) blur(columns, 5, '8', 0.6F);
  const auto reads = read_codes({{0, {unclear}}, {1, {place("MSKU9070323", 0.97F)}}});
  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(reads[0].code, "MSKU9070323");
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
