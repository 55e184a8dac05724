// What the table leaves to say about the exit: the box decides.
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using namespace tests;
using R = Reason;

namespace {

/// Two boxes on one chassis, both of this visit.
Case with_two_boxes() {
  Case day = at_exit();
  day.visit().jobs.push_back({job_for("job-2", JobKind::pickup_import_full, other_box), true, "release-2"});
  day.dossier.rights.push_back(right_for("release-2", other_box));
  day.evidence.containers.push_back(read_of(other_box));
  return day;
}

Case after_a_delivery() {
  Case day = at_exit();
  day.visit().jobs = {{job_for("job-1", JobKind::deliver_export, box), true, std::nullopt}};
  day.dossier.claims.clear();
  day.dossier.rights.clear();
  day.evidence.containers.clear();
  return day;
}

}  // namespace

// ---- containers

TEST(Exit, TwoBoxesOfTheVisitLeaveTogether) {
  const Verdict verdict = with_two_boxes().verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(verdict.marks, std::vector{Mark::corroborated});
  EXPECT_EQ(verdict.visit, "visit-1");
}

TEST(Exit, EveryBoxIsLookedForAndEveryBoxAboardIsExplained) {
  Case day = with_two_boxes();
  day.evidence.containers.pop_back();
  EXPECT_EQ(day.reasons(), std::vector{R::container_unread});
  day = with_two_boxes();
  day.evidence.containers.push_back(read_of(third_box));
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped});
}

TEST(Exit, AnUnsureCodeBesideASureOneMayBeASecondBox) {
  Case day = at_exit();
  day.evidence.containers.push_back(read_of(third_box));
  day.evidence.containers.back().sure = false;
  EXPECT_EQ(day.reasons(), std::vector{R::container_unsure});
}

TEST(Exit, AnUnsureReadOfTheSameCodeBesideASureOneIsNoDoubt) {
  Case day = at_exit();
  day.evidence.containers.push_back(read_of(box));
  day.evidence.containers.back().sure = false;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Exit, AnExpectationNeverMakesARead) {
  Case day = at_exit();
  day.evidence.containers.front().sure = false;
  EXPECT_EQ(day.reasons(), std::vector{R::container_unsure}) << "though it says just what is expected";
}

TEST(Exit, WhatAnOperatorReadIsVerifiedButCorroboratesNothing) {
  for (const Source source : {Source::corrected, Source::typed}) {
    Case day = at_exit();
    day.evidence.containers.front() = {box, "", false, false, source};
    EXPECT_EQ(day.verdict().decision, Decision::grant);
    EXPECT_TRUE(day.verdict().marks.empty());
    day.evidence.containers.front().code = other_box;
    EXPECT_EQ(day.reasons(), std::vector{R::container_swapped});
    day.evidence.containers.front().code = "CSQU3054384";
    EXPECT_EQ(day.reasons(), std::vector{R::container_check_digit});
    day.evidence.containers.front().code = "CSQU";
    EXPECT_EQ(day.reasons(), std::vector{R::container_unsure});
  }
}

TEST(Exit, AReadWhoseDigitTheLaneDoubtsIsReferred) {
  Case day = at_exit();
  day.evidence.containers.front().check_digit = false;
  EXPECT_EQ(day.reasons(), std::vector{R::container_check_digit});
}

TEST(Exit, AJobThatWasNotAdmittedGivesItsBoxNoWayOut) {
  Case day = with_two_boxes();
  day.visit().jobs.back().admitted = false;
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped});
  EXPECT_EQ(day.verdict().jobs.size(), 1u);
}

TEST(Exit, AfterADeliveryTheTruckLeavesEmpty) {
  Case day = after_a_delivery();
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.evidence.containers = {read_of(box)};
  EXPECT_EQ(day.reasons(), std::vector{R::container_without_job});
}

TEST(Exit, WhereNothingCanBeSeenNobodySaysThatTheTruckIsEmpty) {
  Case day = after_a_delivery();
  day.evidence.pictures = PicturesState::failed;
  EXPECT_EQ(day.reasons(), std::vector{R::camera_failed});
  day.evidence.pictures = PicturesState::pending;
  EXPECT_EQ(day.reasons(), std::vector{R::container_unread});
}

TEST(Exit, WhereOneViewIsNotToBeBelievedTheOthersDoNotSayThatTheTruckIsEmpty) {
  Case day = after_a_delivery();
  day.evidence.view_faults = {{"rear", ViewFaultKind::frozen, "frozen: the same frame as 60 s before"}};
  EXPECT_EQ(day.reasons(), std::vector{R::camera_failed});
  day.evidence.view_faults.clear();
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Exit, ABoxThatOneViewSurelyShowsIsThereWhateverTheOthersAreWorth) {
  Case day = with_two_boxes();
  const auto before = day.reasons();
  day.evidence.view_faults = {{"front", ViewFaultKind::covered, "covered"}};
  EXPECT_EQ(day.reasons(), before);
}

TEST(Exit, ATerminalsOwnReleaseWithItsNumberNeedsThatNumber) {
  Case day = after_a_delivery();
  day.visit().jobs = {{job_for("job-1", JobKind::pickup_empty_carrier, box), true, std::nullopt}};
  day.evidence.containers = {read_of(box)};
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.evidence.containers = {read_of(other_box)};
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped});
}

TEST(Exit, ABoxThatNoPaperNamesIsAtBestReferred) {
  Case day = after_a_delivery();
  day.visit().jobs = {{job_for("job-1", JobKind::pickup_empty_carrier, ""), true, std::nullopt}};
  EXPECT_EQ(day.reasons(), std::vector{R::container_unread});
  day.evidence.containers = {read_of(box)};
  EXPECT_EQ(day.reasons(), std::vector{R::right_not_found});
  day.evidence.containers.push_back(read_of(other_box));
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped}) << "one job, two boxes";
  day.evidence.containers = {read_of(box)};
  day.dossier.rights = {right_for("release-7", box)};
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped}) << "it has a right of its own: somebody else's";
}

TEST(Exit, TheRightNamesTheBoxWhereTheJobDoesNot) {
  Case day = at_exit();
  day.job().equipment_number.reset();
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.evidence.containers = {read_of(other_box)};
  EXPECT_EQ(day.reasons(), std::vector{R::container_swapped});
}

// ---- rights, judged once more

TEST(Exit, ARightRevokedBlockedOrDeletedMeanwhileDenies) {
  for (const auto& [state, reason] : {std::pair{RightState::revoked, R::right_revoked},
                                      {RightState::blocked, R::right_blocked},
                                      {RightState::deleted, R::right_deleted}}) {
    Case day = at_exit();
    day.right().state = state;
    EXPECT_EQ(day.reasons(), std::vector{reason});
  }
}

TEST(Exit, ARightThatHadExpiredAtTheEntryIsExpired) {
  Case day = at_exit();
  day.right().expiration_date_time_utc = day.visit().first_detected;
  EXPECT_EQ(day.reasons(), std::vector{R::right_expired});
  *day.right().expiration_date_time_utc += Milliseconds(1);
  EXPECT_EQ(day.reasons(), std::vector{R::right_expired_inside});
}

TEST(Exit, TheClaimNamesTheRightWhateverElseIsFound) {
  Case day = at_exit();
  day.dossier.rights.push_back(right_for("release-2", box));
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().jobs.front().release_id, "release-1");
  day.visit().jobs.front().release_id = "release-9";
  EXPECT_EQ(day.reasons(), std::vector{R::right_not_found});
}

TEST(Exit, AUsedOrInterruptedClaimStopsEvenItsOwnVisit) {
  Case day = at_exit();
  day.dossier.claims.front().state = ClaimState::used;
  EXPECT_EQ(day.reasons(), std::vector{R::right_used});
  day.dossier.claims.front().state = ClaimState::interrupted;
  EXPECT_EQ(day.reasons(), std::vector{R::claim_interrupted});
}

TEST(Exit, OneBadJobKeepsTheWholeTruck) {
  Case day = with_two_boxes();
  day.dossier.rights.back().state = RightState::revoked;
  EXPECT_EQ(day.verdict().decision, Decision::deny);
  EXPECT_FALSE(has(day.verdict().marks, Mark::partial));
}

TEST(Exit, AnotherDriverThanAssignedDoesNotDriveTheBoxOut) {
  Case day = at_exit();
  day.driver().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::driver_other});
}

TEST(Exit, ADriverBannedWhileInsideIsStoppedAlsoWhenSomebodyElseDrives) {
  Case day = at_exit();
  day.driver().driver_id_hash = "k1:bb";
  day.dossier.restrictions = {{RestrictionKind::ban, "ref-1", RestrictionSubject::driver, driver_hash}};
  EXPECT_EQ(day.verdict().reasons.front(), R::banned);
}

// ---- visit and plate

TEST(Exit, PlateOrBadgeAloneFindsTheVisitWhereTheOtherIsUnread) {
  Case day = at_exit();
  day.evidence.plate.reset();
  EXPECT_EQ(day.verdict().visit, "visit-1");
  EXPECT_EQ(day.reasons(), std::vector{R::plate_unread});
  day = at_exit();
  day.evidence.badge.reset();
  EXPECT_EQ(day.verdict().visit, "visit-1");
  EXPECT_EQ(day.reasons(), std::vector{R::badge_missing});
  EXPECT_EQ(day.verdict().prompts, std::vector{Prompt::present_badge});
}

TEST(Exit, PlateAndBadgeOfDifferentVisitsAreAQuestion) {
  Case day = at_exit();
  day.dossier.visits.push_back(day.visit());
  day.dossier.visits.back().id = "visit-2";
  day.dossier.visits.back().driver_id_hash = "k1:bb";
  day.visit().plate = "9XYZ999";
  EXPECT_EQ(day.reasons(), std::vector{R::visit_ambiguous});
}

TEST(Exit, WithoutAVisitTwoPersonsAreNeededForNobodyKnowsWhoseBoxItIs) {
  Case day = at_exit();
  day.dossier.visits.clear();
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.reasons, std::vector{R::visit_missing});
  EXPECT_EQ(verdict.persons, 2);
  EXPECT_TRUE(verdict.prompts.empty()) << "a TAR helps at the entry only";
}

TEST(Exit, APlateNeverReadAtTheEntryIsNoObstacleForTheSameDriver) {
  Case day = at_exit();
  day.visit().plate.clear();
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day = at_exit();
  day.visit().plate.clear();
  day.visit().driver_id_hash.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::visit_missing});
}

TEST(Exit, ANearPlateNeedsTheBadgeAndNoSecondTruckThatNear) {
  Case day = at_exit();
  day.evidence.plate->plate = "1ABC128";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.dossier.visits.push_back(day.visit());
  day.dossier.visits.back().id = "visit-2";
  day.dossier.visits.back().plate = "1ABC129";
  day.dossier.visits.back().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::plate_other_at_exit});
}

TEST(Exit, AProvenVisitIsPreferredToOneWhoseEntryWasNeverProven) {
  Case day = at_exit();
  day.dossier.visits.push_back(day.visit());
  day.dossier.visits.back().id = "visit-0";
  day.dossier.visits.back().state = VisitState::admitted;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().visit, "visit-1");
  day.visit().state = VisitState::left;
  EXPECT_TRUE(has(day.reasons(), R::visit_interrupted));
}

TEST(Exit, OneDriverWithTwoVisitsIsToldApartByThePlateEvenANearOne) {
  Case day = at_exit();
  day.dossier.visits.push_back(day.visit());
  day.dossier.visits.back().id = "visit-2";
  day.dossier.visits.back().plate = "9XYZ999";
  EXPECT_EQ(day.verdict().visit, "visit-1");
  day.evidence.plate->plate = "1ABC128";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().visit, "visit-1");
  day.evidence.plate->plate = "2DEF456";
  EXPECT_EQ(day.reasons(), std::vector{R::visit_ambiguous});
  day.evidence.plate.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::visit_ambiguous});
}
