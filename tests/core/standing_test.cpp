#include "gate/core/standing.hpp"

#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using tests::nine_plus;

namespace {

const FreshnessPolicy policy;
constexpr Milliseconds one{1};

Mode at_age(Milliseconds age, bool complete = true, bool trusted = true) {
  return mode_of(policy, nine_plus(0) - age, complete, Moment{nine_plus(0), {}, trusted});
}

}  // namespace

TEST(Standing, TheModeFollowsTheAgeToTheMillisecond) {
  EXPECT_EQ(at_age(Milliseconds(0)), Mode::online);
  EXPECT_EQ(at_age(policy.online_max_age), Mode::online);
  EXPECT_EQ(at_age(policy.online_max_age + one), Mode::backup);
  EXPECT_EQ(at_age(policy.backup_max_age), Mode::backup);
  EXPECT_EQ(at_age(policy.backup_max_age + one), Mode::restricted);
}

TEST(Standing, AReplicaThatIsEmptyOrHasAGapRestricts) {
  EXPECT_EQ(at_age(Milliseconds(0), false), Mode::restricted);
  EXPECT_EQ(mode_of(policy, std::nullopt, true, Moment{nine_plus(0), {}, true}), Mode::restricted);
}

TEST(Standing, AClockNotTrustedRestricts) {
  EXPECT_EQ(at_age(Milliseconds(0), true, false), Mode::restricted);
}

TEST(Standing, DataSlightlyAheadOfOurClockAreFresh) { EXPECT_EQ(at_age(-one), Mode::online); }
