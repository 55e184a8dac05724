#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fault/kills.hpp"

using testing::IsEmpty;

TEST(AKill, AtAnyPointLosesNothingAndMakesNothingMeanTwoThings) {
  const auto killed = fault::kill_often(20261122, 50);
  EXPECT_EQ(killed.runs, 50);
  EXPECT_THAT(killed.wrong, IsEmpty());
  EXPECT_THAT(never_met(killed, fault::kill_points()), IsEmpty()) << "nobody was killed there";
}

TEST(AKill, OnTheWayOutOfARestoreLosesNothingAndFreesNoRight) {
  const auto killed = fault::kill_restores(20261123, 12);
  EXPECT_EQ(killed.runs, 12);
  EXPECT_THAT(killed.wrong, IsEmpty());
  EXPECT_THAT(never_met(killed, fault::restore_points()), IsEmpty()) << "nobody was killed there";
}
