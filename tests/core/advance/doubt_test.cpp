// Whether the vehicle passed: only what is surely still in front of the arm has backed out.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

/// The truck stands with its nose on the safety loop before anything is granted, and gets green there.
Bench green_on_the_safety_loop(bool passage_loop, Direction direction = Direction::entry) {
  Bench b(direction);
  b.passage.timers.passage_loop = passage_loop;
  b.arrive();
  b.set(&Signals::safety, Level::on);
  b.pictures();
  b.recorded();
  b.arm_up();
  return b;
}

Bench green(Direction direction = Direction::entry) {
  Bench b(direction);
  b.grant();
  b.arm_up();
  return b;
}

/// The contacts are back: the arm is up, and nobody is anywhere.
void regain_empty(Bench& b) {
  b.signals = quiet_signals();
  b.signals.closed_limit = Level::off;
  b.signals.open_limit = Level::on;
  b.contacts();
}

void leave_the_arm(Bench& b) {
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
}

void expect_in_doubt(const Bench& b) {
  bool interrupted = false;
  for (const Effect& effect : b.all) {
    const auto* record = std::get_if<Record>(&effect);
    interrupted = interrupted || (record && record->passage.ending == Ending::interrupted);
  }
  EXPECT_TRUE(interrupted);
  EXPECT_EQ(b.claim(), ClaimState::interrupted);
  EXPECT_TRUE(b.alarmed("not proven"));
}

TEST(ATruckOnTheSafetyLoop, BeforeItsGrantGetsGreenThere) {
  const Bench b = green_on_the_safety_loop(true);
  EXPECT_EQ(b.state(), State::open);
  EXPECT_TRUE(b.shows(Lamp::green));
}

TEST(ATruckOnTheSafetyLoop, BeforeItsGrantIsProvenWithoutAPassageLoop) {
  Bench b = green_on_the_safety_loop(false, Direction::exit);
  b.set(&Signals::presence, Level::off);
  b.set(&Signals::safety, Level::off);
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_EQ(b.claim(), ClaimState::used);
  EXPECT_TRUE(b.reported(EventKind::gate_out));
}

TEST(ATruckOnTheSafetyLoop, ThatGoesAtTheLastMomentIsProven) {
  Bench b = green_on_the_safety_loop(true, Direction::exit);
  b.fire(Timer::grant);
  ASSERT_EQ(b.state(), State::closing);
  b.drive_through();
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_EQ(b.claim(), ClaimState::used);
}

TEST(ATruckOnTheSafetyLoop, ThatGoesAtTheLastMomentIsProvenWithoutAPassageLoop) {
  Bench b = green_on_the_safety_loop(false, Direction::exit);
  b.fire(Timer::grant);
  b.set(&Signals::presence, Level::off);
  b.set(&Signals::safety, Level::off);
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_EQ(b.claim(), ClaimState::used);
}

TEST(ATruckOnTheSafetyLoop, ThatIsGoneInOneLookIsInDoubt) {
  for (const bool lapsed : {false, true}) {
    Bench b = green_on_the_safety_loop(true);
    if (lapsed) b.fire(Timer::grant);
    b.signals.presence = b.signals.safety = Level::off;
    b.contacts();
    EXPECT_EQ(b.record().ending, Ending::open) << "it may yet appear behind the arm";
    ASSERT_TRUE(b.starts(Timer::proof));
    b.fire(Timer::proof);
    expect_in_doubt(b);
    EXPECT_TRUE(b.last<Lower>());
  }
}

TEST(ATruckOnTheSafetyLoop, KeepsItsGreenFromTheTruckBehindIt) {
  Bench b = green_on_the_safety_loop(false);
  b.set(&Signals::presence, Level::off);
  EXPECT_EQ(b.state(), State::passing);
  EXPECT_TRUE(b.shows(Lamp::red));
}

TEST(ATruckOnTheSafetyLoop, FollowedBumperToBumperTakesItsGreenAlong) {
  Bench b = green_on_the_safety_loop(false);
  b.set(&Signals::safety, Level::off);
  EXPECT_EQ(b.state(), State::passing) << "it went, or it rolled back: no green for whoever stands there";
  EXPECT_TRUE(b.shows(Lamp::red));
  b.fire(Timer::proof);
  expect_in_doubt(b);
}

TEST(ATruckOnTheSafetyLoop, OfAnArmThatNeverMovedHasNotPassed) {
  Bench b;
  b.arrive();
  b.set(&Signals::safety, Level::on);
  b.pictures();
  b.recorded();
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(b.claim(), ClaimState::released);
}

TEST(ATruck, ThatCreepsUpToAnArmThatDoesNotMoveIsReferred) {
  Bench b;
  b.grant();
  b.set(&Signals::safety, Level::on);
  EXPECT_EQ(b.state(), State::opening);
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(b.claim(), ClaimState::released);
}

TEST(ATruck, ThatCreepsUpToTheArmGetsGreenWhenItIsUp) {
  Bench b;
  b.grant();
  b.set(&Signals::safety, Level::on);
  b.arm_up();
  EXPECT_EQ(b.state(), State::open);
  EXPECT_TRUE(b.shows(Lamp::green));
  b.drive_through();
  EXPECT_EQ(b.record().ending, Ending::passed);
}

TEST(ABlindSpell, WhileTheArmIsUpNeverEndsAsBackedOut) {
  Bench b = green(Direction::exit);
  b.lose_contacts();
  regain_empty(b);
  EXPECT_EQ(b.record().ending, Ending::open);
  b.fire(Timer::proof);
  expect_in_doubt(b);
  EXPECT_TRUE(b.last<Lower>());
}

TEST(ABlindSpell, AfterTheGrantLapsedNeverEndsAsBackedOut) {
  Bench b = green();
  b.set(&Signals::photocell, Level::on);
  b.fire(Timer::grant);
  b.lose_contacts();
  regain_empty(b);
  b.fire(Timer::proof);
  expect_in_doubt(b);
}

TEST(ABlindSpell, DoesNotGiveTheRightBackWhenSomebodyStandsThereAfterwards) {
  Bench b = green();
  b.fire(Timer::grant);
  b.lose_contacts();
  b.signals = quiet_signals();
  b.signals.presence = Level::on;
  b.contacts();
  b.fire(Timer::travel);
  b.fire(Timer::proof);
  expect_in_doubt(b);
  EXPECT_EQ(b.state(), State::gathering) << "who stands there now is a new passage";
}

TEST(ABlindSpell, InAFaultDoesNotGiveTheRightBack) {
  for (const Level presence : {Level::on, Level::off}) {
    Bench b = green();
    b.set(&Signals::fault, Level::on);
    b.lose_contacts();
    b.signals = quiet_signals();
    b.signals.presence = presence;
    b.contacts();
    b.fire(Timer::retry);
    b.fire(Timer::travel);
    b.fire(Timer::retry);
    expect_in_doubt(b);
  }
}

TEST(ABlindSpell, OfATruckThatIsStillThereChangesNothing) {
  Bench b = green(Direction::exit);
  const Signals seen = b.signals;
  b.lose_contacts();
  b.signals = seen;
  b.contacts();
  ASSERT_EQ(b.state(), State::open);
  b.drive_under();
  b.drive_through();
  EXPECT_EQ(b.claim(), ClaimState::used);
}

TEST(AVehicleUnderTheArm, ThatRollsBackOntoThePresenceLoopEndsInDoubtAndTheArmComesDown) {
  for (const bool passage_loop : {true, false}) {
    Bench b;
    b.passage.timers.passage_loop = passage_loop;
    b.grant();
    b.arm_up();
    b.drive_under();
    leave_the_arm(b);
    EXPECT_TRUE(b.starts(Timer::proof));
    b.fire(Timer::proof);
    expect_in_doubt(b);
    EXPECT_TRUE(b.last<Lower>());
    b.arm_down();
    EXPECT_EQ(b.state(), State::gathering) << "and whoever stands there is looked at anew";
  }
}

TEST(AVehicleUnderTheArm, ThatStaysThereCallsForPeople) {
  Bench b = green();
  b.drive_under();
  EXPECT_TRUE(b.starts(Timer::escalate));
  b.fire(Timer::escalate);
  EXPECT_TRUE(b.alarmed("under the arm for too long"));
  b.drive_through();
  EXPECT_EQ(b.record().ending, Ending::passed);
}

TEST(Tailgating, BumperToBumperIsNoticedWithoutAPassageLoop) {
  Bench b;
  b.passage.timers.passage_loop = false;
  b.grant();
  b.arm_up();
  b.drive_under();
  leave_the_arm(b);
  EXPECT_FALSE(b.alarmed("tailgating"));
  b.drive_under();
  EXPECT_TRUE(b.alarmed("tailgating"));
}

TEST(Tailgating, BehindAShortVehicleIsNoticedBeforeThatOneReachedThePassageLoop) {
  Bench b = green();
  b.drive_under();
  leave_the_arm(b);
  b.drive_under();
  EXPECT_TRUE(b.alarmed("tailgating"));
}

TEST(AnArm, ThatHasNotLeftItsClosedLimitYetIsNotDown) {
  Bench b;
  b.grant();
  b.back_out();
  EXPECT_TRUE(b.last<Lower>());
  EXPECT_EQ(b.state(), State::closing) << "it was told to rise a moment ago, and may";
  b.arrive();
  EXPECT_EQ(b.state(), State::closing);
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::gathering) << "it stayed down for as long as it would have needed";
}

TEST(AnArm, ThatRisesAfterItsTruckBackedOutIsBroughtDown) {
  Bench b;
  b.grant();
  b.back_out();
  b.tell(CommandFailed{Command::lower, "no answer"});
  b.arm_up();
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::faulted);
  b.fire(Timer::retry);
  EXPECT_TRUE(b.last<Lower>());
  b.arm_down();
  EXPECT_EQ(b.state(), State::idle);
}

TEST(AnArm, ThatRisesAfterItCountedAsDownIsForcedOpen) {
  Bench b;
  b.grant();
  b.back_out();
  b.fire(Timer::travel);
  ASSERT_EQ(b.state(), State::idle);
  b.arm_up();
  EXPECT_EQ(b.state(), State::faulted);
  EXPECT_TRUE(b.alarmed("forced open"));
  b.arrive();
  b.drive_under();
  EXPECT_TRUE(b.alarmed("not open for it"));
}

TEST(AVehicleWithoutAGrant, ThatWasUnderAnArmNobodyCouldSeeHasNotBackedOut) {
  for (const Decision decision : {Decision::refer, Decision::deny}) {
    Bench b;
    b.next_opinion = opinion(decision, {Reason::plate_other});
    b.arrive();
    b.pictures();
    b.recorded();
    b.set(&Signals::closed_limit, Level::unknown);
    b.drive_under();
    b.signals = quiet_signals();
    b.contacts();
    EXPECT_EQ(b.record().ending, Ending::interrupted);
    EXPECT_TRUE(b.alarmed("not proven"));
  }
}

}  // namespace
