// At the entry: jobs side by side, and which of them need a right.
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using namespace tests;
using R = Reason;

namespace {

/// A second job beside the first, with a right of its own.
Case with_two_jobs() {
  Case day = at_entry();
  day.appointment().jobs.push_back(job_for("job-2", JobKind::pickup_import_full, other_box));
  day.dossier.rights.push_back(right_for("release-2", other_box));
  return day;
}

}  // namespace

TEST(Entry, TwoJobsOfWhichOneIsFineAdmitTheTruckForThatOne) {
  Case day = with_two_jobs();
  day.dossier.rights.back().state = RightState::revoked;
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_TRUE(verdict.reasons.empty());
  EXPECT_TRUE(has(verdict.marks, Mark::partial));
  EXPECT_EQ(verdict.jobs[0].decision, Decision::grant);
  EXPECT_EQ(verdict.jobs[1].decision, Decision::deny);
  EXPECT_EQ(verdict.jobs[1].reasons, std::vector{R::right_revoked});
}

TEST(Entry, TwoFineJobsAreNotPartial) {
  const Verdict verdict = with_two_jobs().verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_TRUE(verdict.marks.empty());
}

TEST(Entry, WhereNoJobIsFineTheBestOneDecidesAndOnlyItsReasonsCount) {
  Case day = with_two_jobs();
  day.dossier.rights[0].state = RightState::dirty;
  day.dossier.rights[1].state = RightState::revoked;
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::refer);
  EXPECT_EQ(verdict.reasons, std::vector{R::right_dirty});
  EXPECT_FALSE(has(verdict.marks, Mark::partial));
}

TEST(Entry, TheTrucksOwnReasonsStandBesideThoseOfItsJobsTheWorstFirst) {
  Case day = at_entry();
  day.right().state = RightState::revoked;
  day.evidence.plate->plate = "9XYZ999";
  EXPECT_EQ(day.reasons(), (std::vector{R::right_revoked, R::plate_other}));
}

TEST(Entry, AnAppointmentWithoutJobsAdmitsNobody) {
  Case day = at_entry();
  day.appointment().jobs.clear();
  EXPECT_EQ(day.reasons(), std::vector{R::appointment_missing});
}

TEST(Entry, TwoJobsThatMeanOneRightAreBothReferred) {
  Case day = at_entry();
  day.appointment().jobs.push_back(day.job());
  day.appointment().jobs.back().id = "job-2";
  EXPECT_EQ(day.reasons(), std::vector{R::right_ambiguous});
}

TEST(Entry, JobsThatNeedNoRightAreGrantedToAKnownBadge) {
  for (const JobKind kind : {JobKind::pickup_empty_carrier, JobKind::pickup_other, JobKind::drop_empty,
                             JobKind::deliver_export, JobKind::deliver_other, JobKind::service}) {
    Case day = at_entry();
    day.job() = job_for("job-1", kind, third_box);
    day.standing.mode = Mode::restricted;
    EXPECT_EQ(day.verdict().decision, Decision::grant);
    EXPECT_EQ(check_of(day.verdict(), CheckKind::right).outcome, Outcome::not_applicable);
    day.evidence.badge->credential_hash = "credential-9";
    EXPECT_EQ(day.reasons(), std::vector{R::badge_unknown});
  }
}

TEST(Entry, ABoxThatHasARightNeedsItWhateverTheJobsLabelSays) {
  Case day = at_entry();
  day.job().kind = JobKind::pickup_other;
  day.right().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::driver_other});
  day.right().state = RightState::revoked;  // an old stay's right says nothing about this one
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.job().stay_number = day.right().stay_number;  // but that of the very same stay does
  EXPECT_TRUE(has(day.reasons(), R::right_revoked));
}

TEST(Entry, WhereCertifiedPickUpIsNotInForceNoRightIsAskedFor) {
  Case day = at_entry();
  day.policy.cpu_mandatory = false;
  day.dossier.rights.clear();
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(check_of(verdict, CheckKind::lights).outcome, Outcome::not_applicable);
}
