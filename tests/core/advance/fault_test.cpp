// The barrier or its contacts in doubt, fire, and the end of the daemon.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

void regain(Bench& b, Level presence = Level::on) {
  b.signals = quiet_signals();
  b.signals.presence = presence;
  b.contacts();
}

TEST(UnknownContacts, AreRedAtOnceAndGrantNothing) {
  Bench b;
  b.arrive();
  b.lose_contacts();
  EXPECT_TRUE(b.shows(Lamp::red));
  b.pictures();
  EXPECT_EQ(b.state(), State::gathering);
  EXPECT_FALSE(b.claim());
  regain(b);
  EXPECT_EQ(b.state(), State::recording) << "verified again when they were back";
}

TEST(UnknownContacts, WhileGreenAreRedAtOnce) {
  Bench b;
  b.grant();
  b.arm_up();
  const Signals seen = b.signals;
  b.lose_contacts();
  EXPECT_EQ(b.state(), State::opening);
  EXPECT_TRUE(b.shows(Lamp::red));
  b.signals = seen;
  b.contacts();
  EXPECT_EQ(b.state(), State::open);
  EXPECT_TRUE(b.shows(Lamp::green));
}

TEST(UnknownContacts, BetweenVerdictAndDiskTakeTheGrantBack) {
  Bench b;
  b.arrive();
  b.pictures();
  b.lose_contacts();
  b.recorded();
  EXPECT_FALSE(b.ever<Raise>());
  EXPECT_EQ(b.claim(), ClaimState::released);
  EXPECT_EQ(b.state(), State::gathering);
}

TEST(UnknownContacts, ForTooLongGiveThePassageUpAsInterrupted) {
  Bench b;
  b.grant();
  b.arm_up();
  b.lose_contacts();
  b.fire(Timer::contacts);
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_EQ(b.record().ending, Ending::interrupted);
  EXPECT_EQ(b.claim(), ClaimState::interrupted);
  EXPECT_EQ(b.visit(), VisitState::interrupted);
  EXPECT_TRUE(b.alarmed("cannot be read"));
  regain(b);
  EXPECT_EQ(b.state(), State::faulted) << "the arm was told to be up";
  b.fire(Timer::retry);
  EXPECT_TRUE(b.last<Lower>());
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::gathering) << "who stands there now is a new passage";
}

TEST(ADeadBarrier, AtTheStartIsAFaultAfterAWhile) {
  Bench b;
  b.passage = Passage{};
  b.lose_contacts();
  EXPECT_TRUE(b.starts(Timer::contacts));
  b.fire(Timer::contacts);
  EXPECT_EQ(b.state(), State::faulted);
  regain(b, Level::off);
  EXPECT_EQ(b.state(), State::idle);
}

TEST(ForcedOpen, IsAnArmOffItsClosedLimitWithoutACommand) {
  Bench b;
  b.set(&Signals::closed_limit, Level::off);
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_TRUE(b.alarmed("forced open"));
  EXPECT_FALSE(b.reported(EventKind::manual_entry));
}

TEST(ForcedOpen, IsAlsoAnArmThatStandsOpenAtTheStart) {
  Bench b;
  b.passage = Passage{};
  b.signals.closed_limit = Level::off;
  b.set(&Signals::open_limit, Level::on);
  EXPECT_EQ(b.state(), State::faulted);
  b.fire(Timer::retry);
  EXPECT_TRUE(b.last<Lower>()) << "nothing is under it: it comes down";
  b.arm_down();
  EXPECT_EQ(b.state(), State::idle);
}

TEST(TheManualKey, MakesAManualEntryInsteadOfAnAlarm) {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::plate_other});
  b.arrive();
  b.pictures();
  b.recorded();
  b.signals.manual_key = Level::on;
  b.set(&Signals::closed_limit, Level::off);
  EXPECT_TRUE(b.reported(EventKind::manual_entry));
  EXPECT_FALSE(b.alarmed("forced open"));
  b.drive_under();
  b.drive_through();
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_FALSE(b.alarmed("without a grant"));
  b.fire(Timer::retry);
  EXPECT_FALSE(b.ever<Lower>()) << "somebody works on it";
  b.signals.manual_key = Level::off;
  b.set(&Signals::closed_limit, Level::on);
  EXPECT_EQ(b.state(), State::idle);
}

TEST(AVehicle, ThatPassesAFaultedLaneWithoutAGrantIsAnAlarm) {
  Bench b;
  b.arrive();
  b.set(&Signals::closed_limit, Level::off);
  b.drive_under();
  b.drive_through();
  EXPECT_TRUE(b.alarmed("without a grant"));
  EXPECT_EQ(b.record().ending, Ending::passed);
}

TEST(AGrantedTruck, ThatPassesThroughAFaultStillUsesItsRight) {
  Bench b(Direction::exit);
  b.grant();
  b.signals.closed_limit = Level::off;
  b.contacts();
  b.set(&Signals::fault, Level::on);
  ASSERT_EQ(b.state(), State::faulted);
  b.drive_under();
  b.drive_through();
  EXPECT_EQ(b.claim(), ClaimState::used);
  EXPECT_TRUE(b.reported(EventKind::gate_out));
}

TEST(AnArm, BetweenItsLimitsForTooLongIsABarrierFault) {
  Bench b;
  b.grant();
  b.set(&Signals::closed_limit, Level::off);
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_TRUE(b.alarmed("did not reach its limit"));
}

TEST(AnArm, AtBothLimitsIsABarrierFault) {
  Bench b;
  b.set(&Signals::open_limit, Level::on);
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_TRUE(b.alarmed("both limits"));
}

TEST(AFaultedLane, GoesOnWhenTheBarrierIsSoundAndTheArmClosed) {
  Bench b;
  b.grant();
  b.signals.closed_limit = Level::off;
  b.contacts();
  b.fire(Timer::travel);
  ASSERT_EQ(b.state(), State::faulted);
  b.set(&Signals::closed_limit, Level::on);
  EXPECT_EQ(b.state(), State::faulted) << "told to be up: it may yet rise";
  b.fire(Timer::retry);
  EXPECT_TRUE(b.ever<Lower>());
  b.contacts();
  EXPECT_EQ(b.state(), State::faulted) << "told down: it may still rise";
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::recording) << "the old grant was taken back, the truck verified again";
}

TEST(AFaultedLane, TellsTheArmToComeDownAgainAndAgain) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.drive_through();
  b.fire(Timer::travel);
  ASSERT_EQ(b.state(), State::faulted);
  b.fire(Timer::retry);
  EXPECT_TRUE(b.last<Lower>());
  EXPECT_TRUE(b.starts(Timer::retry));
}

/// The barrier reports a fault, and a moment later none.
void glitch(Bench& b) {
  b.set(&Signals::fault, Level::on);
  EXPECT_EQ(b.state(), State::faulted);
  b.set(&Signals::fault, Level::off);
}

Bench referred() {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::right_dirty});
  b.arrive();
  b.pictures();
  b.recorded();
  return b;
}

TEST(AFault, DoesNotMakeTheLaneForgetThatPeopleSaidNo) {
  for (const OperatorAction action : {OperatorAction::deny, OperatorAction::send_away}) {
    Bench b = referred();
    b.decide(action, "ann");
    b.next_opinion = opinion(Decision::grant);  // the data that were missing arrive
    glitch(b);
    EXPECT_EQ(b.state(), State::refused);
    EXPECT_FALSE(b.ever<Raise>());
    b.decide(OperatorAction::grant, "bob");
    EXPECT_EQ(b.state(), State::recording) << "people may change their minds";
    b.recorded();
    EXPECT_EQ(b.state(), State::opening);
  }
}

TEST(AFault, LeavesAReferralWithTheOperator) {
  Bench b = referred();
  b.next_opinion = opinion(Decision::grant);
  glitch(b);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_TRUE(b.starts(Timer::escalate)) << "and it calls louder again";
  EXPECT_FALSE(b.ever<Raise>());
  b.decide(OperatorAction::grant, "ann");
  EXPECT_EQ(b.state(), State::recording);
}

TEST(AFault, AfterAGrantLapsedOpensNothingByItself) {
  Bench b;
  b.grant();
  b.arm_up();
  b.fire(Timer::grant);
  b.arm_down();
  ASSERT_EQ(b.state(), State::referred);
  b.all.clear();
  glitch(b);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_FALSE(b.ever<Raise>());
}

TEST(AFault, UponAnotherFaultStillRemembers) {
  Bench b = referred();
  b.decide(OperatorAction::deny, "ann");
  b.next_opinion = opinion(Decision::grant);
  b.set(&Signals::fault, Level::on);
  b.set(&Signals::unhinged, Level::on);
  b.set(&Signals::closed_limit, Level::off);
  b.signals = quiet_signals();
  b.signals.presence = Level::on;
  b.contacts();
  EXPECT_EQ(b.state(), State::refused);
}

TEST(AFault, OfOneTruckIsNotHeldAgainstTheNext) {
  Bench b = referred();
  b.decide(OperatorAction::deny, "ann");
  b.set(&Signals::fault, Level::on);
  b.back_out();
  b.next_opinion = opinion(Decision::grant);
  b.arrive();
  b.set(&Signals::fault, Level::off);
  EXPECT_EQ(b.state(), State::gathering);
  b.set(&Signals::fault, Level::on);
  b.set(&Signals::fault, Level::off);
  EXPECT_EQ(b.state(), State::gathering);
}

TEST(AFireAlarm, OpensTheArmWhereTheLaneIsToOpen) {
  Bench b;
  b.passage.timers.fire_alarm = FireAlarm::open;
  b.set(&Signals::fire_alarm, Level::on);
  ASSERT_TRUE(b.last<Raise>());
  EXPECT_TRUE(b.last<Raise>()->fire);
  EXPECT_TRUE(b.alarmed("fire alarm"));
  EXPECT_TRUE(b.shows(Lamp::red));
  b.arm_up();
  b.fire(Timer::retry);
  EXPECT_FALSE(b.ever<Lower>()) << "not while it burns";
  b.set(&Signals::fire_alarm, Level::off);
  b.fire(Timer::retry);
  EXPECT_TRUE(b.ever<Lower>());
  b.arm_down();
  EXPECT_EQ(b.state(), State::idle);
}

TEST(AFireAlarm, KeepsTheArmShutWhereTheLaneIsToStayShut) {
  Bench b;
  b.arrive();
  b.set(&Signals::fire_alarm, Level::on);
  EXPECT_TRUE(b.alarmed("stays shut"));
  b.pictures();
  EXPECT_EQ(b.state(), State::gathering) << "nothing is granted meanwhile";
  EXPECT_FALSE(b.ever<Raise>());
  b.set(&Signals::fire_alarm, Level::off);
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_TRUE(b.alarmed("fire alarm over"));
}

TEST(Stopping, ClosesThePassageAsInterruptedRedAndWithoutNewGrants) {
  Bench b;
  b.grant();
  b.arm_up();
  b.tell(Stopping{});
  EXPECT_TRUE(b.shows(Lamp::red));
  EXPECT_EQ(b.record().ending, Ending::interrupted);
  EXPECT_EQ(b.claim(), ClaimState::interrupted);
  b.all.clear();
  b.signals = quiet_signals();
  b.contacts();
  b.arrive();
  b.fire(Timer::retry);
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_FALSE(b.ever<Raise>());
  EXPECT_FALSE(b.ever<Lower>());
}

TEST(Stopping, WhileAGrantIsWrittenOpensNothing) {
  Bench b;
  b.arrive();
  b.pictures();
  const int revision = b.passage.revision;
  b.tell(Stopping{});
  b.tell(Recorded{revision});
  EXPECT_FALSE(b.ever<Raise>());
  EXPECT_EQ(b.claim(), ClaimState::interrupted);
}

}  // namespace
