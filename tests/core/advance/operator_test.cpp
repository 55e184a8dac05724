// Operators: corrections, overrides, two persons.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

Bench referred(std::vector<Reason> reasons, Direction direction = Direction::entry) {
  Bench b(direction);
  b.next_opinion.verdict = [&] {
    Verdict verdict = opinion(Decision::refer, reasons).verdict;
    verdict.visit = b.next_opinion.verdict.visit;
    return verdict;
  }();
  b.arrive();
  b.pictures();
  b.recorded();
  return b;
}

TEST(AnOverride, ByOnePersonWhereOneIsEnough) {
  Bench b = referred({Reason::plate_other});
  b.decide(OperatorAction::grant, "ann");
  EXPECT_TRUE(b.answered(DecisionAnswer::accepted));
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_TRUE(b.reported(EventKind::overridden));
  EXPECT_EQ(b.record().decision, Decision::grant);
  EXPECT_EQ(b.record().operators, std::vector<std::string>{"ann"});
  EXPECT_EQ(b.claim(), ClaimState::claimed);
  EXPECT_FALSE(b.ever<Raise>());
  b.recorded();
  EXPECT_TRUE(b.ever<Raise>());
}

TEST(AnOverride, NeedsAnotherPersonWhereTwoAreNeeded) {
  Bench b = referred({Reason::badge_missing});
  b.decide(OperatorAction::grant, "ann");
  EXPECT_TRUE(b.answered(DecisionAnswer::second_person_needed));
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(b.passage.proposal->by, "ann");
  b.decide(OperatorAction::grant, "ann");
  EXPECT_TRUE(b.declined());
  EXPECT_EQ(b.state(), State::referred);
  b.decide(OperatorAction::grant, "bob");
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_EQ(b.record().operators, (std::vector<std::string>{"ann", "bob"}));
}

TEST(AnOverride, ThatNeedsTwoPersonsCountsNoAccountOfTheMachine) {
  Bench b = referred({Reason::badge_missing});
  b.decide(OperatorAction::grant, "uid:0");
  EXPECT_TRUE(b.declined());
  EXPECT_FALSE(b.passage.proposal);
  b.decide(OperatorAction::grant, "ann");
  b.decide(OperatorAction::grant, "uid:0");
  EXPECT_TRUE(b.declined());
  EXPECT_EQ(b.state(), State::referred);
  b.decide(OperatorAction::grant, "bob");
  EXPECT_EQ(b.state(), State::recording);
}

TEST(AProposal, DiesWithItsRevision) {
  Bench b = referred({Reason::badge_missing});
  b.decide(OperatorAction::grant, "ann");
  b.badge("late");  // verified again: another state
  b.recorded();
  ASSERT_EQ(b.state(), State::referred);
  b.decide(OperatorAction::grant, "bob");
  EXPECT_TRUE(b.answered(DecisionAnswer::second_person_needed));
}

TEST(ADecision, OnAnOlderRevisionIsRefused) {
  Bench b = referred({Reason::plate_other});
  OperatorDecision decision;
  decision.passage = b.passage.id;
  decision.revision = b.passage.revision - 1;
  decision.by = "ann";
  decision.named = true;
  for (const OperatorAction action :
       {OperatorAction::grant, OperatorAction::deny, OperatorAction::send_away, OperatorAction::correct}) {
    decision.action = action;
    b.tell(OperatorDecides{decision});
    EXPECT_TRUE(b.declined());
    EXPECT_EQ(b.state(), State::referred);
  }
}

TEST(ADecision, OnAnotherPassageIsRefused) {
  Bench b = referred({Reason::plate_other});
  OperatorDecision decision;
  decision.passage = "P-other";
  decision.revision = b.passage.revision;
  decision.action = OperatorAction::grant;
  b.tell(OperatorDecides{decision});
  EXPECT_TRUE(b.declined());
}

TEST(ADecision, WhereThereIsNothingToDecideIsRefused) {
  Bench b;
  b.decide(OperatorAction::grant, "ann");
  EXPECT_TRUE(b.declined());
  b.grant();
  b.decide(OperatorAction::deny, "ann");
  EXPECT_TRUE(b.declined());
  EXPECT_EQ(b.state(), State::opening);
}

TEST(AnOverride, DoesNotCountWhenSomethingWorseHasComeUpSince) {
  Bench b = referred({Reason::plate_other});
  b.next_opinion = opinion(Decision::deny, {Reason::banned});
  b.decide(OperatorAction::grant, "ann");
  b.recorded();
  EXPECT_EQ(b.state(), State::refused);
  EXPECT_FALSE(b.ever<Raise>());
  EXPECT_FALSE(b.reported(EventKind::overridden));
}

TEST(ADenial, CanBeOverriddenByTwo) {
  Bench b;
  b.next_opinion = opinion(Decision::deny, {Reason::driver_other});
  b.arrive();
  b.pictures();
  b.recorded();
  b.decide(OperatorAction::grant, "ann");
  b.decide(OperatorAction::grant, "bob");
  b.recorded();
  EXPECT_EQ(b.state(), State::opening);
}

TEST(AnOverride, TakesNoRightThatAnotherVisitHolds) {
  Bench b;
  b.next_opinion = opinion(Decision::deny, {Reason::right_claimed});
  Claim other;
  other.release_id = right_id;
  other.visit = "V-other";
  b.next_opinion.dossier.claims = {other};
  b.arrive();
  b.pictures();
  b.recorded();
  b.decide(OperatorAction::grant, "ann");
  b.decide(OperatorAction::grant, "bob");
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_FALSE(b.claim());
}

TEST(AnOverride, OpensNothingWhileTheContactsAreUnknown) {
  Bench b = referred({Reason::plate_other});
  b.set(&Signals::safety, Level::unknown);
  b.decide(OperatorAction::grant, "ann");
  EXPECT_TRUE(b.declined());
}

TEST(AnUnsureRead, IsCorrectedByOnePersonAndVerifiedAgainWithoutAnOverride) {
  Bench b = referred({Reason::container_unsure}, Direction::exit);
  b.passage.evidence.containers = {ContainerEvidence{other_box, "22G1", false, true, Source::read}};
  b.next_opinion.verdict = opinion(Decision::grant).verdict;
  b.next_opinion.verdict.visit = "V-1";
  b.correct("ann", box, other_box);
  EXPECT_TRUE(b.answered(DecisionAnswer::accepted));
  ASSERT_EQ(b.passage.evidence.containers.size(), 1U);
  EXPECT_EQ(b.passage.evidence.containers[0].code, box);
  EXPECT_EQ(b.passage.evidence.containers[0].source, Source::corrected);
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_FALSE(b.reported(EventKind::overridden));
  b.recorded();
  EXPECT_EQ(b.state(), State::opening);
}

TEST(ASureRead, IsTypedOverByTwoAndThatIsAnOverride) {
  Bench b = referred({Reason::plate_other_at_exit}, Direction::exit);
  const std::string read = b.passage.evidence.containers[0].code;
  b.correct("ann", other_box, read);
  EXPECT_TRUE(b.answered(DecisionAnswer::second_person_needed));
  EXPECT_EQ(b.passage.evidence.containers[0].code, read);
  b.correct("ann", other_box, read);
  EXPECT_TRUE(b.declined());
  b.correct("bob", other_box, read);
  EXPECT_TRUE(b.answered(DecisionAnswer::accepted));
  EXPECT_EQ(b.passage.evidence.containers[0].source, Source::typed);
  EXPECT_TRUE(b.reported(EventKind::overridden));
}

TEST(ACode, TypedWhereNoneWasReadNeedsTwoWhoSayTheSame) {
  Bench b = referred({Reason::container_unread}, Direction::exit);
  b.passage.evidence.containers.clear();
  b.correct("ann", box);
  EXPECT_TRUE(b.answered(DecisionAnswer::second_person_needed));
  b.correct("bob", other_box);
  EXPECT_TRUE(b.answered(DecisionAnswer::second_person_needed)) << "he says something else";
  EXPECT_TRUE(b.passage.evidence.containers.empty());
  b.correct("ann", other_box);
  EXPECT_TRUE(b.answered(DecisionAnswer::accepted));
  EXPECT_EQ(b.passage.evidence.containers[0].source, Source::typed);
}

TEST(ACorrection, ThatIsNoneIsRefused) {
  Bench b = referred({Reason::container_unread}, Direction::exit);
  b.decide(OperatorAction::correct, "ann");
  EXPECT_TRUE(b.declined());
  b.correct("ann", "not a code");
  EXPECT_TRUE(b.declined());
  b.correct("ann", box, "TGHU1234567");
  EXPECT_TRUE(b.declined()) << "nothing like that was read";
}

TEST(APlate, TypedWhereNoneWasReadIsOnePersonsMatterButAnOverride) {
  Bench b = referred({Reason::plate_unread});
  b.passage.evidence.plate.reset();
  OperatorDecision decision;
  decision.passage = b.passage.id;
  decision.revision = b.passage.revision;
  decision.action = OperatorAction::correct;
  decision.by = "ann";
  decision.named = true;
  decision.plate = "1-xyz-987";
  b.tell(OperatorDecides{decision});
  EXPECT_TRUE(b.answered(DecisionAnswer::accepted));
  EXPECT_EQ(b.passage.evidence.plate->plate, "1XYZ987");
  EXPECT_EQ(b.passage.evidence.plate->source, Source::typed);
  EXPECT_TRUE(b.reported(EventKind::overridden));
}

TEST(AReferral, CallsLouderWithTimeAndNeverOpens) {
  Bench b = referred({Reason::plate_other});
  b.fire(Timer::escalate);
  EXPECT_TRUE(b.alarmed("waited for an operator"));
  for (const Timer timer : {Timer::grant, Timer::prompt, Timer::travel, Timer::retry}) b.fire(timer);
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_FALSE(b.ever<Raise>());
}

TEST(AReferral, IsClosedByBackingOut) {
  Bench b = referred({Reason::plate_other});
  const std::string passage = b.passage.id;
  const int revision = b.passage.revision;
  b.back_out();
  EXPECT_EQ(b.record().ending, Ending::backed_out);
  OperatorDecision decision;
  decision.passage = passage;
  decision.revision = revision;
  decision.action = OperatorAction::grant;
  b.tell(OperatorDecides{decision});
  EXPECT_TRUE(b.declined());
}

TEST(AnOperator, CanRefuseOrSendAway) {
  Bench denied = referred({Reason::plate_other});
  denied.decide(OperatorAction::deny, "ann");
  EXPECT_EQ(denied.state(), State::refused);
  EXPECT_EQ(denied.record().decision, Decision::deny);
  EXPECT_TRUE(denied.reported(EventKind::refused));
  Bench sent = referred({Reason::plate_other});
  sent.decide(OperatorAction::send_away, "ann");
  EXPECT_EQ(sent.state(), State::refused);
  EXPECT_EQ(sent.record().decision, Decision::refer);
}

}  // namespace
