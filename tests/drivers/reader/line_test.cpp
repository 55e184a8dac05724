#include "drivers/reader/line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reader {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

Line horizontal(float left, float top, float width, float height) {
  return {{left + width / 2, top + height / 2}, {1, 0}, width, height, false, 1, 0};
}

Line vertical(float left, float top, float width, float height) {
  return {{left + width / 2, top + height / 2}, {0, 1}, height, width, true, 1, 0};
}

TEST(Chains, AWholeCodeStandsAlone) {
  EXPECT_THAT(chains({horizontal(0, 0, 200, 20)}, {11}), ElementsAre(ElementsAre(0)));
}

TEST(Chains, OwnerAndNumberSideBySideAreJoinedInReadingOrder) {
  const std::vector<Line> lines = {horizontal(110, 0, 120, 20), horizontal(0, 2, 70, 20)};
  EXPECT_THAT(chains(lines, {7, 4}), ElementsAre(ElementsAre(1, 0)));
}

TEST(Chains, ADoorRodBetweenOwnerAndNumberDoesNotPartThem) {
  const std::vector<Line> lines = {horizontal(0, 0, 70, 20), horizontal(150, 0, 120, 20)};
  EXPECT_THAT(chains(lines, {4, 7}), Contains(ElementsAre(0, 1)));
}

TEST(Chains, ANumberBelowItsOwnerIsJoined) {
  const std::vector<Line> lines = {horizontal(0, 0, 70, 20), horizontal(0, 30, 120, 20)};
  EXPECT_THAT(chains(lines, {4, 7}), Contains(ElementsAre(0, 1)));
}

TEST(Chains, ThreeLinesOfABlockAreJoined) {
  const std::vector<Line> lines = {horizontal(0, 0, 70, 20), horizontal(0, 28, 50, 20),
                                   horizontal(0, 56, 70, 20)};
  EXPECT_THAT(chains(lines, {4, 3, 4}), Contains(ElementsAre(0, 1, 2)));
}

TEST(Chains, AVerticalPairIsReadLeftColumnFirst) {
  const std::vector<Line> lines = {vertical(0, 0, 14, 80), vertical(25, 0, 14, 140)};
  EXPECT_THAT(chains(lines, {4, 7}), Contains(ElementsAre(0, 1)));
}

TEST(Chains, TheCheckDigitFarBelowAVerticalCodeIsJoined) {
  const std::vector<Line> lines = {vertical(0, 0, 14, 220), vertical(0, 240, 14, 20)};
  EXPECT_THAT(chains(lines, {10, 1}), Contains(ElementsAre(0, 1)));
}

TEST(Chains, LetteringOfAnotherSizeIsNotJoined) {
  const std::vector<Line> lines = {horizontal(0, 0, 70, 20), horizontal(100, 0, 300, 60)};
  EXPECT_THAT(chains(lines, {4, 7}), IsEmpty());
}

TEST(Chains, HorizontalAndVerticalLinesAreNotJoined) {
  const std::vector<Line> lines = {horizontal(0, 0, 70, 20), vertical(80, 0, 20, 120)};
  EXPECT_THAT(chains(lines, {4, 7}), IsEmpty());
}

TEST(SamePlace, ALineFoundAtTwoSizesIsOnePlace) {
  EXPECT_TRUE(same_place(horizontal(0, 0, 200, 20), horizontal(3, 1, 195, 22)));
  EXPECT_FALSE(same_place(horizontal(0, 0, 200, 20), horizontal(0, 30, 200, 20)));
  EXPECT_FALSE(same_place(horizontal(0, 0, 200, 20), horizontal(0, 0, 70, 20)));
}

TEST(BoxOf, CoversAllParts) {
  const core::Box box = box_of({horizontal(10, 20, 70, 20), horizontal(100, 20, 50, 20)});
  EXPECT_EQ(box.x, 10);
  EXPECT_EQ(box.y, 20);
  EXPECT_EQ(box.width, 140);
  EXPECT_EQ(box.height, 20);
}

}  // namespace
}  // namespace reader
