#include "drivers/barrier/rhythm.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace barrier {

using core::Milliseconds;
using core::SteadyTime;

TEST(Schedule, LatePollsNeverPushTheLaterOnesBack) {
  const bool holds = rc::check([] {
    const SteadyTime start{Milliseconds{*rc::gen::inRange(0, 1'000'000)}};
    const Milliseconds interval{*rc::gen::inRange(10, 1000)};
    Schedule schedule(start, interval);
    SteadyTime now = start;
    for (const int late : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 5000))) {
      now = std::max(now, schedule.next()) + Milliseconds{late};
      schedule.done(now);
      RC_ASSERT(schedule.next() > now);
      RC_ASSERT(schedule.next() <= now + interval);
      RC_ASSERT((schedule.next() - start) % interval == Milliseconds{0});
    }
  });
  EXPECT_TRUE(holds);
}

TEST(BackOff, TriesAtOnceThenEverSlowerUpToABound) {
  BackOff back_off;
  EXPECT_EQ(back_off.failed(), Milliseconds{0});
  EXPECT_EQ(back_off.failed(), Milliseconds{100});
  EXPECT_EQ(back_off.failed(), Milliseconds{200});
  for (int i = 0; i < 100; ++i) EXPECT_LE(back_off.failed(), BackOff::longest);
  EXPECT_EQ(back_off.failed(), BackOff::longest);
}

TEST(BackOff, StartsAnewOnlyAfterACalmTime) {
  BackOff back_off;
  back_off.failed();
  back_off.failed();
  for (int i = 0; i < BackOff::calm - 1; ++i) back_off.succeeded();
  EXPECT_EQ(back_off.failed(), Milliseconds{200});
  for (int i = 0; i < BackOff::calm; ++i) back_off.succeeded();
  EXPECT_EQ(back_off.failed(), Milliseconds{0});
}

}  // namespace barrier
