// Through the gate: the arm, the lamps, and how a passage ends.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

TEST(Green, ComesOnlyAfterTheOpenLimit) {
  Bench b;
  b.grant();
  EXPECT_FALSE(b.ever<Show>() && b.ever<Show>()->lamp == Lamp::green);
  b.set(&Signals::closed_limit, Level::off);
  EXPECT_EQ(b.state(), State::opening);
  b.set(&Signals::open_limit, Level::on);
  EXPECT_EQ(b.state(), State::open);
  EXPECT_TRUE(b.shows(Lamp::green));
}

TEST(Green, EndsWhenTheTruckIsUnderTheArm) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  EXPECT_EQ(b.state(), State::passing);
  EXPECT_TRUE(b.shows(Lamp::red));
}

TEST(AnEntry, IsProvenByPresenceSafetyPassageAndClear) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  EXPECT_EQ(b.visit(), VisitState::admitted);
  b.drive_through();
  EXPECT_EQ(b.state(), State::closing);
  EXPECT_EQ(b.visit(), VisitState::inside);
  EXPECT_EQ(b.claim(), ClaimState::claimed);
  EXPECT_TRUE(b.reported(EventKind::gate_in));
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_TRUE(b.record().ended);
  EXPECT_EQ(b.record().verdict_ms, 400);
  EXPECT_EQ(b.record().command_ms, 400);
  EXPECT_TRUE(b.last<Lower>());
  b.arm_down();
  EXPECT_EQ(b.state(), State::idle);
  EXPECT_TRUE(b.passage.id.empty());
}

TEST(AnExit, UsesTheRightOnlyAfterTheProvenPassage) {
  Bench b(Direction::exit);
  b.grant();
  b.arm_up();
  b.drive_under();
  EXPECT_EQ(b.claim(), ClaimState::claimed);
  EXPECT_FALSE(b.reported(EventKind::gate_out));
  b.drive_through();
  EXPECT_EQ(b.claim(), ClaimState::used);
  EXPECT_EQ(b.visit(), VisitState::left);
  const auto* record = b.ever<Record>();
  ASSERT_EQ(record->events.size(), 1U);
  EXPECT_EQ(record->events[0].kind, EventKind::gate_out);
  EXPECT_EQ(record->events[0].release_id, right_id);
  EXPECT_EQ(record->events[0].equipment_number, box);
  EXPECT_EQ(record->events[0].size_type, "22G1");
}

TEST(AnExit, ThatBacksOutUsesNothingAndKeepsTheClaim) {
  Bench b(Direction::exit);
  b.grant();
  b.arm_up();
  b.back_out();
  EXPECT_EQ(b.claim(), ClaimState::claimed);
  EXPECT_EQ(b.visit(), VisitState::inside);
  EXPECT_FALSE(b.reported(EventKind::gate_out));
}

TEST(AGrant, DiesWhenTheTruckBacksOut) {
  Bench b;
  b.grant();
  b.arm_up();
  b.back_out();
  EXPECT_EQ(b.claim(), ClaimState::released);
  EXPECT_EQ(b.visit(), VisitState::cancelled);
  EXPECT_EQ(b.record().ending, Ending::backed_out);
  EXPECT_TRUE(b.shows(Lamp::red));
  EXPECT_TRUE(b.ever<Lower>());
  b.arm_down();
  EXPECT_EQ(b.state(), State::idle);
}

TEST(AHighChassis, OverWhichTheLoopDropsOutIsStillThereWhileThePhotocellSeesIt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.signals.photocell = Level::on;
  b.set(&Signals::presence, Level::off);
  EXPECT_EQ(b.state(), State::open);
  b.set(&Signals::photocell, Level::off);
  EXPECT_EQ(b.record().ending, Ending::backed_out);
}

TEST(AnUnusedGrant, LapsesArmDownRightFreeAndAnOperatorLooks) {
  Bench b;
  b.grant();
  b.arm_up();
  b.fire(Timer::grant);
  EXPECT_EQ(b.state(), State::closing);
  EXPECT_TRUE(b.shows(Lamp::red));
  EXPECT_TRUE(b.last<Lower>());
  EXPECT_EQ(b.claim(), ClaimState::claimed) << "until the arm is down this truck may still go";
  b.arm_down();
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(b.claim(), ClaimState::released);
  EXPECT_EQ(b.visit(), VisitState::cancelled);
  b.decide(OperatorAction::grant, "ann");
  EXPECT_EQ(b.state(), State::recording) << "verified again, and granted again";
}

TEST(AnUnusedGrant, OfATruckThatGoesAtTheLastMomentIsUsed) {
  Bench b;
  b.grant();
  b.arm_up();
  b.fire(Timer::grant);
  b.drive_under();
  EXPECT_EQ(b.state(), State::passing);
  b.drive_through();
  EXPECT_EQ(b.record().ending, Ending::passed);
  EXPECT_EQ(b.visit(), VisitState::inside);
}

TEST(TheNextTruck, WaitingOnTheLoopBeginsItsOwnPassageWhenTheArmIsDown) {
  Bench b;
  b.grant();
  const std::string first = b.passage.id;
  b.arm_up();
  b.drive_under();
  b.set(&Signals::passage, Level::on);
  b.set(&Signals::presence, Level::off);
  b.wait(std::chrono::seconds(2));
  const Moment came = b.now;
  b.set(&Signals::presence, Level::on);
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  b.wait(std::chrono::seconds(2));
  b.set(&Signals::passage, Level::off);
  ASSERT_EQ(b.state(), State::closing);
  EXPECT_EQ(b.record().ending, Ending::passed);
  b.arm_down();
  EXPECT_EQ(b.state(), State::gathering);
  EXPECT_NE(b.passage.id, first);
  EXPECT_EQ(b.passage.evidence.first_detected, came.wall);
  EXPECT_FALSE(b.alarmed("tailgating"));
}

TEST(Tailgating, IsAnotherVehicleUnderTheArmAfterAGapOnOneOpening) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.set(&Signals::passage, Level::on);
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  b.set(&Signals::safety, Level::on);
  EXPECT_TRUE(b.alarmed("tailgating"));
  EXPECT_EQ(b.state(), State::passing);
}

TEST(ATrailer, WithADrawbarIsNoTailgaterWhileThePhotocellSeesIt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.set(&Signals::passage, Level::on);
  b.set(&Signals::safety, Level::off);
  b.set(&Signals::safety, Level::on);
  EXPECT_FALSE(b.alarmed("tailgating"));
}

TEST(Tailgating, IsAlsoAVehicleThatComesWhileTheArmGoesDown) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.drive_through();
  ASSERT_EQ(b.state(), State::closing);
  b.drive_under();
  EXPECT_TRUE(b.alarmed("tailgating"));
}

TEST(TheArm, NeverComesDownWhileSomethingIsUnderItOrMayBe) {
  for (const Level level : {Level::on, Level::unknown}) {
    for (const auto contact : {&Signals::safety, &Signals::photocell}) {
      Bench b;
      b.grant();
      b.arm_up();
      b.signals.*contact = level;
      b.contacts();
      b.all.clear();
      b.fire(Timer::grant);
      EXPECT_FALSE(b.ever<Lower>());
    }
  }
}

TEST(TheArm, ComesDownAsSoonAsNothingIsUnderIt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.set(&Signals::photocell, Level::on);
  b.fire(Timer::grant);
  EXPECT_FALSE(b.ever<Lower>());
  b.set(&Signals::photocell, Level::off);
  EXPECT_TRUE(b.last<Lower>());
}

TEST(TheArm, ThatStartedDownIsToldAgainAfterSomethingCameUnderIt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.drive_through();
  ASSERT_TRUE(b.last<Lower>() || b.ever<Lower>());
  b.set(&Signals::photocell, Level::on);
  b.set(&Signals::photocell, Level::off);
  EXPECT_TRUE(b.last<Lower>());
}

TEST(AVehicle, ThatLeavesTheArmAndIsNotSeenBehindItIsInDoubt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.signals.presence = Level::off;
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  EXPECT_TRUE(b.starts(Timer::proof));
  b.fire(Timer::proof);
  EXPECT_EQ(b.record().ending, Ending::interrupted);
  EXPECT_EQ(b.claim(), ClaimState::interrupted);
  EXPECT_TRUE(b.alarmed("not proven"));
}

TEST(AShortVehicle, IsSeenBehindTheArmAfterItLeftIt) {
  Bench b;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.signals.presence = Level::off;
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  b.set(&Signals::passage, Level::on);
  b.set(&Signals::passage, Level::off);
  EXPECT_EQ(b.record().ending, Ending::passed);
}

TEST(ALaneWithoutAPassageLoop, IsProvenByLeavingThePresenceLoopUnderTheArm) {
  Bench b;
  b.passage.timers.passage_loop = false;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.set(&Signals::presence, Level::off);
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  EXPECT_EQ(b.record().ending, Ending::passed);
}

TEST(ALaneWithoutAPassageLoop, IsNotFooledByATruckThatReversesOffTheSafetyLoop) {
  Bench b;
  b.passage.timers.passage_loop = false;
  b.grant();
  b.arm_up();
  b.drive_under();
  b.signals.safety = Level::off;
  b.set(&Signals::photocell, Level::off);
  EXPECT_NE(b.record().ending, Ending::passed);
}

TEST(AnArm, ThatDoesNotStirIsAnOperatorsMatter) {
  Bench b;
  b.grant();
  b.tell(CommandFailed{Command::raise, "no answer"});
  EXPECT_EQ(b.state(), State::opening) << "it may have acted all the same";
  b.fire(Timer::travel);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(b.claim(), ClaimState::released);
  EXPECT_TRUE(b.alarmed("did not leave"));
}

}  // namespace
