// Clocks that are wrong: the platform's, or this machine's own. Neither may lock the gate, mislead it, or
// make old data look fresh.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using core::LinkState;
using core::Mode;
using testing::Contains;
using testing::HasSubstr;

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr core::Milliseconds kYear = std::chrono::hours(24 * 365);

class WrongClocks : public testing::Test {
 protected:
  WrongClocks() { appliance_->connection(true); }

  core::WallTime wall() { return appliance_.clock.now().wall; }
  Mode mode() { return appliance_->standing(appliance_.clock.now()).mode; }
  bool trusted() { return appliance_.clock.now().trusted; }

  void restart() {
    appliance_.restart();
    appliance_->connection(true);
  }

  /// Heads every five seconds, as a platform sends them whose clock is `off` ours.
  void heads(int count, core::Milliseconds off = {}, std::int64_t sequence = 0) {
    for (int i = 0; i < count; ++i) {
      appliance_.wait(seconds(5));
      appliance_.head_of(1, sequence, wall() + off, wall() + off);
    }
  }

  void go_online() {
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
    heads(2);
    ASSERT_EQ(mode(), Mode::online);
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

}  // namespace

TEST_F(WrongClocks, OneHeadFromTheFutureIsRefusedAndTheNextGoodOneCounts) {
  go_online();
  appliance_.head_of(1, 0, wall() + hours(1), wall());
  EXPECT_EQ(appliance_.report().refused, 1);
  EXPECT_THAT(appliance_->refusals(), Contains(HasSubstr("3600 s ahead of this machine's clock")));
  heads(60);
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_EQ(appliance_.report().link, LinkState::up);
}

TEST_F(WrongClocks, AProofOfLifeFromTheFutureIsRefusedAndTheClockStaysTrusted) {
  go_online();
  appliance_.head_of(1, 0, wall() + kYear, wall() + kYear);
  appliance_.head_of(1, 0, wall() + seconds(1), wall() + kYear);
  EXPECT_EQ(appliance_.report().refused, 2);
  EXPECT_TRUE(trusted());
  EXPECT_EQ(mode(), Mode::online);
  restart();
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(WrongClocks, ASnapshotFromTheFutureIsRefused) {
  appliance_.head(1, 0);
  appliance_.snapshot(1, 0, {upsert(right("R1"))}, 2, kYear);
  EXPECT_EQ(appliance_.report().refused, 1);
  EXPECT_EQ(appliance_.report().epoch, 0);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  EXPECT_EQ(appliance_.report().epoch, 1);
}

TEST_F(WrongClocks, APlatformThatIsAheadWithinTheLimitIsOnlineAndTrusted) {
  appliance_.head(1, 0);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  heads(30, seconds(45));
  EXPECT_EQ(appliance_.report().refused, 0);
  EXPECT_TRUE(trusted());
  EXPECT_EQ(mode(), Mode::online);
}

/// A clock that is not trusted cannot judge the platform's: what it took then may turn out wrong.
TEST_F(WrongClocks, AFutureThatWasBelievedWhileOurClockWasWrongIsTakenBackWithoutARestart) {
  const core::Milliseconds behind = wall().time_since_epoch();
  appliance_.clock.step_wall(-behind);  // 1970
  appliance_.head_of(1, 0, wall() + behind + kYear, wall() + behind + kYear);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  appliance_.head_of(1, 0, wall() + behind + kYear + seconds(1), wall() + behind + kYear + seconds(1));
  appliance_.clock.step_wall(behind);  // right again
  EXPECT_FALSE(trusted());
  EXPECT_EQ(mode(), Mode::restricted);
  heads(3);
  EXPECT_TRUE(trusted());
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_EQ(appliance_.report().link, LinkState::up);
}

TEST_F(WrongClocks, AFutureThatIsStoredIsTakenBackByAGoodHeadAfterARestart) {
  const core::Milliseconds behind = wall().time_since_epoch();
  appliance_.clock.step_wall(-behind);
  appliance_.head_of(1, 0, wall() + behind + kYear, wall() + behind + kYear);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  appliance_.head_of(1, 0, wall() + behind + kYear + seconds(1), wall() + behind + kYear + seconds(1));
  appliance_.clock.step_wall(behind);
  restart();
  EXPECT_EQ(mode(), Mode::restricted);
  heads(2);
  EXPECT_TRUE(trusted());
  EXPECT_EQ(mode(), Mode::online);
  restart();
  EXPECT_EQ(mode(), Mode::online) << "the file still held the future";
}

TEST_F(WrongClocks, ABoardThatWakesUpIn1970IsRestrictedUntilItsClockIsPutRight) {
  go_online();
  const core::Milliseconds behind = wall().time_since_epoch();
  appliance_.clock.step_wall(-behind);
  restart();
  EXPECT_EQ(mode(), Mode::restricted);
  heads(3, behind);
  EXPECT_EQ(appliance_.report().refused, 0) << "the platform knows better";
  EXPECT_EQ(appliance_.report().link, LinkState::up);
  EXPECT_FALSE(trusted());
  EXPECT_EQ(mode(), Mode::restricted);
  appliance_.clock.step_wall(behind);
  heads(1);
  EXPECT_TRUE(trusted());
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(WrongClocks, AClockThatIsHoursBehindAfterARestartIsNotTrustedUntilItIsPutRight) {
  go_online();
  appliance_.clock.step_wall(-hours(3));
  restart();
  EXPECT_FALSE(trusted());
  heads(3, hours(3));
  EXPECT_FALSE(trusted());
  EXPECT_EQ(mode(), Mode::restricted);
  EXPECT_EQ(appliance_.report().refused, 0);
  appliance_.clock.step_wall(hours(3));
  heads(1);
  EXPECT_EQ(mode(), Mode::online);
}

/// Setting our clock back and saying old heads again, together, must not bring old times back.
TEST_F(WrongClocks, OldHeadsSaidAgainNeverLowerWhatASoundClockHasConfirmed) {
  go_online();
  for (int i = 0; i < 100; ++i) heads(1);
  const auto proven = appliance_->proven();
  appliance_.clock.step_wall(-minutes(5));
  EXPECT_FALSE(trusted());
  heads(3);  // as they were said five minutes ago
  EXPECT_FALSE(trusted());
  EXPECT_EQ(appliance_->proven(), proven);
  EXPECT_EQ(mode(), Mode::restricted);
}

TEST_F(WrongClocks, ARightThatWasProvenInTheFutureIsAsFreshAsTheStreamAndNoFresher) {
  core::ReleaseRight future = right("R1");
  future.driver_id_hash = "k1:d1";
  future.assignment_as_of = wall() + kYear;
  future.as_of = wall() + kYear;
  appliance_.head(1, 0);
  appliance_.snapshot(1, 0, {upsert(future)});
  core::Evidence evidence;
  evidence.first_detected = wall();
  evidence.containers.resize(1);
  evidence.containers[0].code = "CSQU3054383";
  const auto rights = appliance_->gather(evidence).value().rights;
  ASSERT_EQ(rights.size(), 1u);
  EXPECT_EQ(rights[0].as_of, wall());
  EXPECT_EQ(rights[0].assignment_as_of, wall());
}
