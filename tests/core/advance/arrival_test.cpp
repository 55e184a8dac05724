// From the loop to the verdict.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

TEST(AVehicle, ThatArrivesBeginsAPassageWithItsOwnIdAndDetectionTime) {
  Bench b;
  const Moment then = b.now;
  b.arrive();
  EXPECT_EQ(b.state(), State::gathering);
  EXPECT_EQ(b.passage.id, "P-2");
  EXPECT_EQ(b.passage.evidence.first_detected, then.wall);
  EXPECT_TRUE(b.ever<TakePictures>());
  EXPECT_TRUE(b.ever<Refresh>());
  EXPECT_TRUE(b.ever<Verify>());
  EXPECT_TRUE(b.reported(EventKind::truck_detected));
  EXPECT_EQ(b.record().detected, then.wall);
  EXPECT_EQ(b.record().ending, Ending::open);
}

TEST(AVehicle, IsVerifiedAgainOnEveryPieceOfEvidence) {
  Bench b;
  b.arrive();
  const int before = b.passage.revision;
  b.badge("h");
  EXPECT_TRUE(b.last<Verify>());
  b.tell(TarGiven{"T", b.now});
  EXPECT_TRUE(b.last<Verify>());
  EXPECT_EQ(b.passage.revision, before + 2);
}

TEST(AnOldVerdict, IsNotActedOn) {
  Bench b;
  b.arrive();
  b.passage.evidence.pictures = PicturesState::read;
  b.tell(Verified{b.passage.revision - 1, opinion(Decision::grant)});
  EXPECT_EQ(b.state(), State::gathering);
}

TEST(ADriver, IsPromptedAndHasTimeToAnswerBeforeAnythingIsRefused) {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::badge_missing});
  b.next_opinion.verdict.prompts = {Prompt::present_badge};
  b.arrive();
  EXPECT_TRUE(b.starts(Timer::prompt));
  b.pictures();
  EXPECT_EQ(b.state(), State::gathering);
  EXPECT_FALSE(b.starts(Timer::prompt)) << "the driver's time is not prolonged";
  b.next_opinion.verdict.prompts.clear();
  b.fire(Timer::prompt);
  EXPECT_TRUE(b.passage.evidence.prompt_expired);
  EXPECT_EQ(b.state(), State::recording);
}

TEST(ABadge, ReadBeforeThisVehicleArrivedIsDead) {
  Bench b;
  const Moment earlier = b.now;
  b.wait(std::chrono::seconds(1));
  b.arrive();
  b.tell(BadgeRead{"h", earlier});
  EXPECT_FALSE(b.passage.evidence.badge);
  EXPECT_TRUE(b.noted());
}

TEST(ABadge, ReadWithNobodyThereIsDead) {
  Bench b;
  b.badge("h");
  EXPECT_EQ(b.state(), State::idle);
  EXPECT_TRUE(b.noted());
}

TEST(ABadge, ReadAfterTheVerdictIsIgnoredAndNoted) {
  Bench b;
  b.arrive();
  b.pictures();
  b.badge("h");
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_FALSE(b.passage.evidence.badge);
  EXPECT_TRUE(b.noted());
  b.recorded();
  b.badge("h");
  EXPECT_FALSE(b.passage.evidence.badge);
  EXPECT_TRUE(b.noted());
}

TEST(ABadge, FoundAfterThePromptIsStillTheFirstOneAndVerified) {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::badge_missing});
  b.arrive();
  b.pictures();
  b.recorded();
  ASSERT_EQ(b.state(), State::referred);
  b.next_opinion = opinion(Decision::grant);
  b.badge("h");
  EXPECT_EQ(b.state(), State::recording);
  b.recorded();
  EXPECT_EQ(b.state(), State::opening);
}

TEST(ASecondBadge, DoesNotUndoARefusal) {
  Bench b;
  b.next_opinion = opinion(Decision::deny, {Reason::driver_other});
  b.arrive();
  b.badge("one");
  b.pictures();
  b.recorded();
  ASSERT_EQ(b.state(), State::refused);
  b.badge("two");
  EXPECT_EQ(b.state(), State::refused);
  EXPECT_TRUE(b.noted());
}

TEST(Pictures, ThatDoNotComeInTimeCountAsFailed) {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::camera_failed});
  b.arrive();
  b.fire(Timer::pictures);
  EXPECT_EQ(b.passage.evidence.pictures, PicturesState::failed);
  EXPECT_EQ(b.state(), State::recording);
}

TEST(Pictures, OfAnotherPassageAreNotUsed) {
  Bench b;
  b.arrive();
  b.tell(PicturesRead{"P-other", {}, {}});
  EXPECT_EQ(b.passage.evidence.pictures, PicturesState::pending);
  EXPECT_TRUE(b.noted());
}

TEST(Pictures, ThatAreNotToBeBelievedAreInTheEvidenceWithTheirFaults) {
  const ViewFault fault{"rear", ViewFaultKind::defocused, "defocused: edges are sharp in 0 % of the places"};
  Bench some;
  some.arrive();
  Sighting sighting;
  sighting.faults = {fault};
  some.tell(PicturesRead{some.passage.id, sighting, {}});
  EXPECT_EQ(some.passage.evidence.pictures, PicturesState::read);
  ASSERT_EQ(some.passage.evidence.view_faults.size(), 1U);
  EXPECT_EQ(some.passage.evidence.view_faults[0].what, fault.what);

  Bench none;
  none.arrive();
  none.tell(PicturesFailed{none.passage.id, {}, {fault}});
  EXPECT_EQ(none.passage.evidence.pictures, PicturesState::failed);
  ASSERT_EQ(none.passage.evidence.view_faults.size(), 1U);
  EXPECT_EQ(none.passage.evidence.view_faults[0].camera, "rear");
}

TEST(Pictures, ShowTheTractorNeverTheTrailerHoweverSureThatOneIs) {
  const PlateRead trailer{"QABC123", "Q-ABC-123", "BE", 999, true, {}};
  const PlateRead tractor{"1ABC123", "1-ABC-123", "BE", 600, false, {}};
  for (const auto& plates : {std::vector{trailer, tractor}, std::vector{tractor, trailer}}) {
    Bench b;
    b.arrive();
    Sighting sighting;
    sighting.plates = plates;
    b.tell(PicturesRead{b.passage.id, sighting, {}});
    ASSERT_TRUE(b.passage.evidence.plate);
    EXPECT_EQ(b.passage.evidence.plate->plate, "1ABC123");
    sighting.plates = {trailer};
    Bench alone;
    alone.arrive();
    alone.tell(PicturesRead{alone.passage.id, sighting, {}});
    EXPECT_FALSE(alone.passage.evidence.plate);
  }
}

TEST(ASettledVerdict, IsMadeDurableBeforeAnythingFollows) {
  Bench b;
  b.arrive();
  b.pictures();
  EXPECT_EQ(b.state(), State::recording);
  const auto* record = b.last<Record>();
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->awaited);
  EXPECT_TRUE(record->with_case);
  EXPECT_EQ(record->passage.decision, Decision::grant);
  EXPECT_EQ(b.claim(), ClaimState::claimed);
  EXPECT_EQ(b.visit(), VisitState::admitted);
  EXPECT_TRUE(b.reported(EventKind::granted));
  EXPECT_FALSE(b.ever<Raise>());
  b.recorded();
  ASSERT_TRUE(b.ever<Raise>());
  EXPECT_EQ(b.state(), State::opening);
}

TEST(AnAnswerOfTheJournal, ToSomethingOlderRaisesNothing) {
  Bench b;
  b.arrive();
  b.pictures();
  b.tell(Recorded{b.passage.revision - 1});
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_FALSE(b.ever<Raise>());
}

TEST(ALostRace, IsVerifiedAgainAFewTimesAndThenReferred) {
  Bench b;
  b.arrive();
  b.pictures();
  for (int race = 0; race < 3; ++race) {
    b.record_fails(true);
    EXPECT_EQ(b.state(), State::recording) << "verified and granted once more";
  }
  b.record_fails(true);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_FALSE(b.ever<Raise>());
}

TEST(ABrokenJournal, NeverOpensAndRefers) {
  Bench b;
  b.arrive();
  b.pictures();
  b.record_fails(false);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(reasons_of(b.passage).front(), Reason::record_failed);
  b.decide(OperatorAction::grant, "ann");
  EXPECT_EQ(b.state(), State::recording);
  b.record_fails(false);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_FALSE(b.ever<Raise>());
}

TEST(UnreadableRecords, ReferForTwoPersons) {
  Bench b;
  b.arrive();
  b.passage.evidence.pictures = PicturesState::read;
  b.tell(VerifyFailed{b.passage.revision, "a row failed its seal"});
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(persons_needed(b.passage), 2);
}

TEST(AVehicle, ThatLeavesWhileItsVerdictIsWrittenIsNotLetInAndGivesItsRightBack) {
  Bench b;
  b.arrive();
  b.pictures();
  b.back_out();
  ASSERT_EQ(b.state(), State::recording);
  b.set(&Signals::presence, Level::on);  // and another one comes at once
  b.recorded();
  EXPECT_FALSE(b.ever<Raise>());
  EXPECT_EQ(b.claim(), ClaimState::released);
  EXPECT_EQ(b.state(), State::gathering);
  EXPECT_NE(b.passage.id, "P-2");
}

TEST(Denied, IsRedUntilTheVehicleHasBackedOut) {
  Bench b;
  b.next_opinion = opinion(Decision::deny, {Reason::right_revoked});
  b.arrive();
  b.pictures();
  b.recorded();
  EXPECT_EQ(b.state(), State::refused);
  EXPECT_TRUE(b.reported(EventKind::refused));
  b.fire(Timer::prompt);
  b.fire(Timer::grant);
  EXPECT_EQ(b.state(), State::refused);
  b.back_out();
  EXPECT_EQ(b.state(), State::idle);
  EXPECT_EQ(b.record().ending, Ending::backed_out);
}

}  // namespace
