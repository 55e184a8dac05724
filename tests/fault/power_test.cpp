#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fault/cuts.hpp"

using testing::IsEmpty;
using testing::Not;

TEST(APowerCut, LosesNothingThatWasAcknowledged) {
  const auto cut = fault::cut_often(20261122, 200);
  EXPECT_EQ(cut.runs, 200);
  EXPECT_THAT(cut.wrong, IsEmpty());
}

/// The oracle's own proof: where nothing is ever synced, it must see what is gone.
TEST(APowerCut, OnADiskThatLiesAboutSyncIsFoundOut) {
  EXPECT_THAT(fault::cut_often(20261122, 200, true).wrong, Not(IsEmpty()));
}
