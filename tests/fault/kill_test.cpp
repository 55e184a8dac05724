#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fault/kills.hpp"

TEST(AKill, AtAnyPointLosesNothingAndMakesNothingMeanTwoThings) {
  const auto killed = fault::kill_often(20261122, 50);
  EXPECT_EQ(killed.runs, 50);
  EXPECT_THAT(killed.wrong, testing::IsEmpty());
  for (const auto& point : fault::kill_points())
    EXPECT_GT(killed.at.contains(point) ? killed.at.at(point) : 0, 0) << "nobody was killed " << point;
}
