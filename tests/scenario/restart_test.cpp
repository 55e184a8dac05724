// The power goes at every state: what was interrupted is closed and says so, and no right is free or used
// that was not.
#include "tests/scenario/truck.hpp"

namespace scenario {
namespace {

class PowerCut : public Terminal {
 protected:
  /// Another truck of the same driver comes for the same right.
  State rival() {
    site->arrive(site->in, {"2-BHX-915"});
    site->badge(site->in, badge);
    EXPECT_TRUE(site->reach(site->in, {State::open, State::referred, State::refused}));
    return site->state(site->in);
  }
};

TEST_F(PowerCut, WhileAVehicleIsLookedAtLeavesNothingBehind) {
  site->arrive(site->in, truck_in());
  const std::string id = passage(site->in);
  power_cut();
  EXPECT_EQ(site->interrupted, 1);
  EXPECT_EQ(site->record(id).ending, Ending::interrupted);
  EXPECT_TRUE(alarmed("interrupted"));
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
  EXPECT_EQ(rival(), State::open);
}

TEST_F(PowerCut, WhileTheGrantIsOnItsWayToTheDiskLeavesNothingBehind) {
  site->arrive(site->in, truck_in());
  const std::string id = passage(site->in);
  site->stores.disk_takes = seconds(1);
  site->badge(site->in, badge);
  site->tar(site->in, "T1");
  ASSERT_EQ(site->state(site->in), State::recording);
  EXPECT_FALSE(raised(site->in));
  power_cut();
  EXPECT_EQ(site->record(id).ending, Ending::interrupted);
  EXPECT_EQ(site->record(id).decision, std::nullopt);
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
  EXPECT_EQ(rival(), State::open);
}

TEST_F(PowerCut, WhileTheLaneIsFaultedLeavesTheRightInterrupted) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::opening}));
  site->in.put(&Signals::fault, true);
  site->settle();
  ASSERT_EQ(site->state(site->in), State::faulted);
  power_cut();
  EXPECT_EQ(site->claim("R-1"), ClaimState::interrupted);
  EXPECT_EQ(rival(), State::referred);
}

TEST_F(PowerCut, WhileTheArmOpensLeavesTheRightInterrupted) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::opening}));
  power_cut();
  EXPECT_EQ(site->claim("R-1"), ClaimState::interrupted);
  EXPECT_EQ(rival(), State::referred);
  EXPECT_EQ(site->view(site->in).passage.reasons.front(), Reason::claim_interrupted);
}

TEST_F(PowerCut, WhileGreenLeavesTheRightInterrupted) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  power_cut();
  EXPECT_EQ(site->claim("R-1"), ClaimState::interrupted);
  EXPECT_EQ(rival(), State::referred);
}

TEST_F(PowerCut, WhileTheTruckPassesOutLeavesTheRightInterrupted) {
  go_in();
  come_out();
  ASSERT_TRUE(site->reach(site->out, {State::open}));
  site->out.put(&Signals::photocell, true);
  site->out.put(&Signals::safety, true);
  site->settle();
  ASSERT_EQ(site->state(site->out), State::passing);
  power_cut();
  EXPECT_EQ(site->claim("R-1"), ClaimState::interrupted);
  EXPECT_TRUE(site->events(EventKind::gate_out).empty());
  EXPECT_EQ(rival(), State::referred);
}

TEST_F(PowerCut, AfterTheProvenExitLeavesTheRightUsed) {
  go_in();
  come_out();
  ASSERT_TRUE(site->reach(site->out, {State::open}));
  site->drive(site->out);
  ASSERT_EQ(site->state(site->out), State::closing);
  power_cut();
  EXPECT_EQ(site->interrupted, 0);
  EXPECT_EQ(site->claim("R-1"), ClaimState::used);
  EXPECT_EQ(site->events(EventKind::gate_out).size(), 1U);
  EXPECT_EQ(rival(), State::refused);
}

TEST_F(PowerCut, WhileTheTruckIsInsideLeavesItsClaimInForce) {
  go_in();
  power_cut();
  EXPECT_EQ(site->interrupted, 0);
  EXPECT_EQ(site->claim("R-1"), ClaimState::claimed);
  EXPECT_EQ(rival(), State::refused);
  site->back_out(site->in);
  come_out();
  pass(site->out);
  EXPECT_EQ(site->claim("R-1"), ClaimState::used);
}

TEST_F(PowerCut, WhileAnOperatorDecidesLeavesNothingBehind) {
  site->arrive(site->in, truck_in());
  ASSERT_TRUE(site->reach(site->in, {State::referred}));
  const std::string id = passage(site->in);
  power_cut();
  EXPECT_EQ(site->record(id).ending, Ending::interrupted);
  EXPECT_EQ(site->claim("R-1"), std::nullopt);
}

TEST_F(PowerCut, WhileRefusedLeavesTheRefusalOnTheRecord) {
  site->change({syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, "R-1")});
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::refused}));
  const std::string id = passage(site->in);
  power_cut();
  EXPECT_EQ(site->record(id).decision, Decision::deny);
  EXPECT_EQ(site->record(id).ending, Ending::interrupted);
}

TEST_F(PowerCut, WithTheArmUpBringsItDownWhenNothingIsUnderIt) {
  come_in();
  ASSERT_TRUE(site->reach(site->in, {State::open}));
  site->in.barrier.push_arm(true);
  power_cut();  // the simulated barrier is a new one, so its arm is put where the old one was
  site->in.barrier.push_arm(true);
  site->wait(seconds(5));
  EXPECT_EQ(site->state(site->in), State::faulted);
  EXPECT_TRUE(alarmed("forced open"));
  site->wait(seconds(30));
  EXPECT_EQ(site->state(site->in), State::idle);
}

}  // namespace
}  // namespace scenario
