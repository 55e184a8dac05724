// Records that cannot be read for a while, and pictures that come late: nobody is forgotten over it.
#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

Bench unreadable() {
  Bench b;
  b.unreadable = true;
  b.arrive();
  return b;
}

TEST(ALookUp, ThatFailsWhileThePicturesAreOutIsMadeAgainWithThem) {
  Bench b = unreadable();
  EXPECT_EQ(b.state(), State::gathering);
  b.unreadable = false;
  b.pictures();
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_EQ(b.record().decision, Decision::grant);
}

TEST(ALookUp, ThatFailsAgainWithThePicturesIsReferred) {
  Bench b = unreadable();
  b.pictures();
  EXPECT_EQ(b.state(), State::referred);
  EXPECT_EQ(persons_needed(b.passage), 2);
}

TEST(ALookUp, ThatFailsAgainWhenThePicturesAreOverdueIsReferred) {
  Bench b = unreadable();
  b.fire(Timer::pictures);
  EXPECT_EQ(b.state(), State::referred);
}

TEST(UnreadableRecords, OverriddenByTwoLetNobodyInWithoutPlateAndPictures) {
  Bench b = unreadable();
  b.pictures();
  b.decide(OperatorAction::grant, "ann");
  b.decide(OperatorAction::grant, "bob");
  EXPECT_EQ(b.state(), State::recording);
  EXPECT_EQ(b.record().decision, Decision::grant);
  EXPECT_EQ(b.record().plate, "1ABC123");
  EXPECT_EQ(b.record().pictures.size(), 1U);
}

TEST(UnreadableRecords, LeaveTheDriverHisTimeToAnswerOnceTheyAreReadAgain) {
  Bench b;
  b.next_opinion = opinion(Decision::refer, {Reason::badge_missing});
  b.next_opinion.verdict.prompts = {Prompt::present_badge};
  b.arrive();
  ASSERT_TRUE(b.starts(Timer::prompt));
  b.unreadable = true;
  b.pictures();
  ASSERT_EQ(b.state(), State::referred);
  b.unreadable = false;
  b.next_opinion.verdict.prompts = {Prompt::give_tar};
  b.badge("h");
  ASSERT_EQ(b.state(), State::gathering);
  EXPECT_TRUE(b.starts(Timer::prompt));
}

TEST(Pictures, ThatComeAfterTheReferralAreShownAndDecidedOnAnew) {
  for (const Decision decision : {Decision::refer, Decision::deny}) {
    Bench b;
    b.next_opinion = opinion(decision, {Reason::camera_failed});
    b.arrive();
    b.fire(Timer::pictures);
    b.recorded();
    const State stands = b.state();
    OperatorDecision older;
    older.passage = b.passage.id;
    older.revision = b.passage.revision;
    older.action = OperatorAction::grant;
    older.by = "ann";
    older.named = true;
    b.pictures();
    EXPECT_EQ(b.state(), stands) << "time opens nothing";
    ASSERT_TRUE(b.passage.evidence.plate);
    EXPECT_EQ(b.passage.evidence.plate->plate, "1ABC123");
    b.tell(OperatorDecides{older});
    EXPECT_TRUE(b.declined()) << "who decided had not seen them";
  }
}

}  // namespace
