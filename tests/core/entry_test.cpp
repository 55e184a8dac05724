// What the table leaves to say about the entry: jobs side by side, tractors, prompts, policies.
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

std::vector<R> reasons(const Case& day) { return day.verdict().reasons; }

}  // namespace

// ---- jobs

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
  EXPECT_EQ(reasons(day), (std::vector{R::right_revoked, R::plate_other}));
}

TEST(Entry, AnAppointmentWithoutJobsAdmitsNobody) {
  Case day = at_entry();
  day.appointment().jobs.clear();
  EXPECT_EQ(reasons(day), std::vector{R::appointment_missing});
}

TEST(Entry, TwoJobsThatMeanOneRightAreBothReferred) {
  Case day = at_entry();
  day.appointment().jobs.push_back(day.job());
  day.appointment().jobs.back().id = "job-2";
  EXPECT_EQ(reasons(day), std::vector{R::right_ambiguous});
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
    EXPECT_EQ(reasons(day), std::vector{R::badge_unknown});
  }
}

TEST(Entry, ABoxThatHasARightNeedsItWhateverTheJobsLabelSays) {
  Case day = at_entry();
  day.job().kind = JobKind::pickup_other;
  day.right().driver_id_hash = "k1:bb";
  EXPECT_EQ(reasons(day), std::vector{R::driver_other});
  day.right().state = RightState::revoked;  // an old stay's right says nothing about this one
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.job().stay_number = day.right().stay_number;  // but that of the very same stay does
  EXPECT_TRUE(has(reasons(day), R::right_revoked));
}

TEST(Entry, WhereCertifiedPickUpIsNotInForceNoRightIsAskedFor) {
  Case day = at_entry();
  day.policy.cpu_mandatory = false;
  day.dossier.rights.clear();
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(check_of(verdict, CheckKind::lights).outcome, Outcome::not_applicable);
}

// ---- which right

TEST(Entry, TheReleaseIdNamesTheRightEvenWhereTheContainerIsAmbiguous) {
  Case day = at_entry();
  day.dossier.rights.push_back(right_for("release-2", box));
  day.job().release_id = "release-2";
  EXPECT_EQ(day.verdict().jobs.front().release_id, "release-2");
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Entry, AReleaseIdThatContradictsTheContainerOrTheStayIsAmbiguous) {
  Case day = at_entry();
  day.job().release_id = "release-1";
  day.job().equipment_number = other_box;
  EXPECT_EQ(reasons(day), std::vector{R::right_ambiguous});
  day.job().equipment_number = box;
  day.job().stay_number = "stay-release-9";
  EXPECT_EQ(reasons(day), std::vector{R::right_ambiguous});
}

TEST(Entry, RightsThatAreOverBesideOneActiveDoNotMakeItAmbiguous) {
  Case day = at_entry();
  for (const RightState state : {RightState::revoked, RightState::deleted, RightState::active}) {
    day.dossier.rights.push_back(right_for("release-" + std::to_string(day.dossier.rights.size() + 1), box));
    day.dossier.rights.back().state = state;
  }
  day.dossier.rights.back().used_elsewhere = true;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().jobs.front().release_id, "release-1");
}

TEST(Entry, ABlockedOrDirtyRightBesideAnActiveOneIsADoubt) {
  for (const RightState state : {RightState::blocked, RightState::dirty}) {
    Case day = at_entry();
    day.dossier.rights.push_back(right_for("release-2", box));
    day.dossier.rights.back().state = state;
    EXPECT_EQ(reasons(day), std::vector{R::right_ambiguous});
  }
}

TEST(Entry, AJobWithoutAnythingToLookForHasNoRight) {
  Case day = at_entry();
  day.job().equipment_number.reset();
  EXPECT_EQ(reasons(day), std::vector{R::right_not_found});
}

TEST(Entry, AClaimOnTheSameStayDeniesUnderWhateverReleaseId) {
  Case day = at_entry();
  day.dossier.claims = {
      {"release-9", box, "stay-release-1", "visit-9", "job-1", ClaimState::used, nine_plus(-5)}};
  EXPECT_EQ(reasons(day), std::vector{R::right_used});
  day.dossier.claims.front().stay_number = "stay-of-last-year";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Entry, AUseAtAnotherGateDenies) {
  Case day = at_entry();
  day.right().used_elsewhere = true;
  EXPECT_EQ(reasons(day), std::vector{R::right_used});
}

TEST(Entry, WithoutAnExpiryTheRightLivesSixtyDaysFromItsRelease) {
  Case day = at_entry();
  day.right().expiration_date_time_utc.reset();
  day.right().release_date_time_utc = day.evidence.first_detected - std::chrono::hours(24 * 60);
  EXPECT_EQ(reasons(day), std::vector{R::right_expired});
  *day.right().release_date_time_utc += Milliseconds(1);
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Entry, ExpiryIsJudgedWhenTheTruckCameNotWhenItWasServed) {
  Case day = at_entry();
  day.right().expiration_date_time_utc = nine_plus(1);
  day.now.wall = nine_plus(5);
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

// ---- driver, lights, data

TEST(Entry, AnotherDriverIsReferredWhereTheDataMayBeOld) {
  Case day = at_entry();
  day.right().driver_id_hash = "k1:bb";
  day.standing.mode = Mode::backup;
  EXPECT_EQ(reasons(day), std::vector{R::driver_other_stale});
  day.standing.mode = Mode::online;
  day.right().assignment_as_of.reset();
  EXPECT_EQ(reasons(day), std::vector{R::driver_other_stale});
}

TEST(Entry, UnderTheHauliersPolicyAnyBadgeOfThatHaulierWillDo) {
  Case day = at_entry();
  day.policy.driver = DriverPolicy::haulier;
  day.right().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.driver().haulier = haulier("BE0400000002");
  EXPECT_EQ(reasons(day), std::vector{R::haulier_other});
  day.driver().haulier = {};
  EXPECT_EQ(reasons(day), std::vector{R::haulier_unknown});
}

TEST(Entry, ABadgeHeldByTwoDriversOrByADirtyRecordIsUnknown) {
  Case day = at_entry();
  day.driver().dirty = true;
  EXPECT_EQ(reasons(day), std::vector{R::badge_unknown});
  day = at_entry();
  day.dossier.drivers.push_back(day.driver());
  day.dossier.drivers.back().driver_id_hash = "k1:bb";
  EXPECT_EQ(reasons(day), std::vector{R::badge_unknown});
}

TEST(Entry, ABadgeIsValidFromItsFirstInstant) {
  Case day = at_entry();
  day.driver().valid_from = day.now.wall;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.driver().valid_from = day.now.wall + Milliseconds(1);
  EXPECT_EQ(reasons(day), std::vector{R::badge_inactive});
  day = at_entry();
  day.driver().status = BadgeStatus::inactive;
  EXPECT_EQ(reasons(day), std::vector{R::badge_inactive});
}

TEST(Entry, AnOrangeCustomsLightLeavesWithItsFollowUp) {
  Case day = at_entry();
  set_light(day.right(), "Customs", "FAVV");
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(verdict.jobs.front().follow_ups, std::vector{FollowUp::fasfc});
}

TEST(Entry, CustomsThatOnlyWarnsIsMarked) {
  Case day = at_entry();
  day.policy.customs = CustomsPolicy::warn;
  set_light(day.right(), "Customs", "NotReleased");
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_TRUE(has(verdict.marks, Mark::customs_warning));
  set_light(day.right(), "Customs", "Sealed");
  EXPECT_EQ(reasons(day), std::vector{R::light_unknown}) << "a warning is for red, not for the unknown";
}

TEST(Entry, AMappingThatColoursStrangelyNeverGrants) {
  for (const Colour colour : {Colour::orange, Colour::information, Colour::unknown, Colour::red}) {
    for (const char* light : {"CommercialRelease", "Customs", "TerminalOperation", "TerminalReady"}) {
      if (colour == Colour::orange && std::string(light) == "Customs") continue;
      Case day = at_entry();
      day.policy.lights.insert(day.policy.lights.begin(), {light, "strange", colour, {}});
      set_light(day.right(), light, "strange");
      EXPECT_NE(day.verdict().decision, Decision::grant) << light << " " << testing::PrintToString(colour);
    }
  }
}

TEST(Entry, WithAClockNotTrustedNoRightCanBeJudged) {
  Case day = at_entry();
  day.now.trusted = false;
  EXPECT_EQ(reasons(day), std::vector{R::mode_restricted});
}

TEST(Entry, WithoutAReplicaTheDataAreOld) {
  Case day = at_entry();
  day.standing.data_as_of.reset();
  EXPECT_EQ(reasons(day), std::vector{R::right_data_old});
}

TEST(Entry, TrainIsRailAndRoadIsTruckInAnyCase) {
  Case day = at_entry();
  for (const char* means : {"barge", "Rail", "TRAIN", " barge "}) {
    day.right().means_of_transport = means;
    EXPECT_EQ(reasons(day), std::vector{R::means_other}) << means;
  }
  for (const char* means : {"truck", "Road", "ROAD "}) {
    day.right().means_of_transport = means;
    EXPECT_EQ(day.verdict().decision, Decision::grant) << means;
  }
  day.right().means_of_transport = "";
  EXPECT_EQ(reasons(day), std::vector{R::means_unknown});
}

// ---- plates

TEST(Entry, ASubstituteTractorIsGrantedAndMarkedWhenBadgeTarAndHaulierAgree) {
  Case day = at_entry();
  day.evidence.tar = "TAR1";
  day.evidence.plate->plate = "9XYZ999";
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(verdict.marks, std::vector{Mark::substitute_tractor});
}

TEST(Entry, ASubstituteTractorIsNotAcceptedWhereOneOfTheThreeDoesNotAgree) {
  const auto substituted = [](auto change) {
    Case day = at_entry();
    day.evidence.tar = "TAR1";
    day.evidence.plate->plate = "9XYZ999";
    change(day);
    return has(day.verdict().reasons, R::plate_other);
  };
  EXPECT_TRUE(substituted([](Case& c) { c.evidence.tar.reset(); }));
  EXPECT_TRUE(substituted([](Case& c) { c.evidence.badge.reset(); }));
  EXPECT_TRUE(substituted([](Case& c) { c.driver().status = BadgeStatus::inactive; }));
  EXPECT_TRUE(substituted([](Case& c) { c.appointment().driver_id_hash = "k1:bb"; }));
  EXPECT_TRUE(substituted([](Case& c) { c.appointment().haulier = {}; }));
  EXPECT_TRUE(substituted([](Case& c) { c.dossier.rights.clear(); }));
  EXPECT_FALSE(substituted([](Case& c) { c.appointment().driver_id_hash.reset(); }));
}

TEST(Entry, AnUnsurePlateCountsOnlyWhereItSaysWhatIsExpected) {
  Case day = at_entry();
  day.evidence.plate->sure = false;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.evidence.plate->plate = "1ABC124";
  day.evidence.badge->credential_hash = "credential-0";
  EXPECT_EQ(reasons(day), std::vector{R::plate_unread}) << "found by the badge; the read says nothing";
  day.evidence.plate->source = Source::corrected;
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "near, the only one, and the badge agrees";
}

TEST(Entry, ANearPlateNeedsTheBadgeOfThatTruck) {
  Case day = at_entry();
  day.evidence.plate->plate = "1ABC124";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_TRUE(day.verdict().marks.empty()) << "misread, not substituted";
  day.appointment().driver_id_hash = "k1:bb";
  EXPECT_EQ(reasons(day), std::vector{R::appointment_missing});
}

TEST(Entry, ANearPlateIsNoAnswerWhereTwoTrucksAreThatNear) {
  Case day = at_entry();
  day.evidence.plate->plate = "1ABC124";
  day.dossier.appointments.push_back(day.appointment());
  day.dossier.appointments.back().tar = "TAR2";
  day.dossier.appointments.back().tractor_plate = "1ABC125";
  day.dossier.appointments.back().driver_id_hash = "k1:bb";
  EXPECT_EQ(reasons(day), std::vector{R::plate_other});
}

TEST(Entry, WithoutAnAnnouncedPlateTheTarOrTheBadgeIsEnough) {
  Case day = at_entry();
  day.appointment().tractor_plate.reset();
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "by badge";
  day.appointment().driver_id_hash.reset();
  EXPECT_EQ(reasons(day), std::vector{R::appointment_missing});
  day.evidence.tar = "TAR1";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

// ---- bans, prompts, slots

TEST(Entry, ABanIsFoundByWhateverItNamesInEveryMode) {
  const std::vector<std::pair<RestrictionSubject, std::string>> named = {
      {RestrictionSubject::driver, driver_hash},
      {RestrictionSubject::plate, "1-abc-123"},
      {RestrictionSubject::haulier, "be0400000001"},
      {RestrictionSubject::container, "csqu305438-3"}};
  for (const auto& [subject, value] : named) {
    for (const Mode mode : {Mode::online, Mode::backup, Mode::restricted}) {
      Case day = at_entry();
      day.standing.mode = mode;
      day.dossier.restrictions = {{RestrictionKind::ban, "ref-1", subject, value}};
      const Verdict verdict = day.verdict();
      EXPECT_EQ(verdict.decision, Decision::deny) << value;
      EXPECT_EQ(verdict.reasons.front(), R::banned);
      EXPECT_EQ(verdict.persons, 2);
    }
  }
}

TEST(Entry, ABanOnTheRightsHaulierOrTheRightsContainerCountsToo) {
  Case day = at_entry();
  day.right().carrier.duns = "777";
  day.dossier.restrictions = {{RestrictionKind::hold, "ref-1", RestrictionSubject::haulier, "777"}};
  EXPECT_EQ(reasons(day), std::vector{R::held});
  day = at_entry();
  day.job().equipment_number.reset();
  day.job().release_id = "release-1";
  day.dossier.restrictions = {{RestrictionKind::hold, "ref-1", RestrictionSubject::container, box}};
  EXPECT_EQ(reasons(day), std::vector{R::held});
}

TEST(Entry, ABanOnOneOfTwoDriversWhoShareABadgeDenies) {
  Case day = at_entry();
  day.dossier.drivers.push_back(day.driver());
  day.dossier.drivers.back().driver_id_hash = "k1:bb";
  day.dossier.restrictions = {{RestrictionKind::ban, "ref-1", RestrictionSubject::driver, "k1:bb"}};
  EXPECT_EQ(day.verdict().decision, Decision::deny);
}

TEST(Entry, ARestrictionWithoutAValueNamesNobody) {
  Case day = at_entry();
  day.evidence.plate.reset();
  day.evidence.tar = "TAR1";
  for (const auto subject : {RestrictionSubject::driver, RestrictionSubject::plate,
                             RestrictionSubject::haulier, RestrictionSubject::container}) {
    for (const char* value : {"", " - "})
      day.dossier.restrictions.push_back({RestrictionKind::ban, "r", subject, value});
  }
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(Entry, TheDriverIsPromptedBeforeAnythingIsSettled) {
  Case day = at_entry();
  day.evidence.badge.reset();
  day.evidence.plate.reset();
  Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.prompts, (std::vector{Prompt::present_badge, Prompt::give_tar}));
  EXPECT_FALSE(settled(verdict, day.evidence));
  day.evidence.prompt_expired = true;
  verdict = day.verdict();
  EXPECT_TRUE(verdict.prompts.empty());
  EXPECT_TRUE(settled(verdict, day.evidence));
  EXPECT_EQ(verdict.decision, Decision::refer);
}

TEST(Entry, PendingPicturesAreWaitedFor) {
  Case day = at_entry();
  EXPECT_TRUE(settled(day.verdict(), day.evidence));
  day.evidence.pictures = PicturesState::pending;
  EXPECT_FALSE(settled(day.verdict(), day.evidence));
  day.evidence.pictures = PicturesState::failed;
  EXPECT_TRUE(settled(day.verdict(), day.evidence));
}

TEST(Entry, WhoComesTooEarlyHearsWhenToComeBack) {
  Case day = at_entry();
  day.policy.slot_early_grace = std::chrono::minutes(10);
  day.appointment().slot_from = nine_plus(25);
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.reasons, std::vector{R::slot_too_early});
  EXPECT_EQ(verdict.come_back_at, nine_plus(15));
  EXPECT_EQ(verdict.persons, 1);
  day.evidence.first_detected = nine_plus(15);
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().come_back_at, std::nullopt);
}

TEST(Entry, TheSlotIsJudgedWhenTheTruckWasFirstDetected) {
  Case day = at_entry();
  day.now.wall = day.appointment().slot_to + day.policy.slot_late_grace + std::chrono::minutes(20);
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "a queue at our gate costs nobody a slot";
}
