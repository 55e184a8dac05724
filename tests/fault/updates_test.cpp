#include "tests/fault/updates.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

TEST(TheReplica, HoldsWhatAReaderOfTheWholeStreamWouldKnowHoweverItCame) {
  const auto followed = fault::follow(20261122, 20'000);
  EXPECT_GE(followed.operations, 20'000);
  EXPECT_THAT(followed.wrong, testing::IsEmpty());
  EXPECT_GT(followed.applied, 1'000);
  EXPECT_GT(followed.swaps, 10);
  EXPECT_GT(followed.restarts, 2);
}
