// At the entry: which right a job means, its driver, its lights, and how good the data are.
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using namespace tests;
using R = Reason;

// ---- which right

TEST(EntryRight, TheReleaseIdNamesTheRightEvenWhereTheContainerIsAmbiguous) {
  Case day = at_entry();
  day.dossier.rights.push_back(right_for("release-2", box));
  day.job().release_id = "release-2";
  EXPECT_EQ(day.verdict().jobs.front().release_id, "release-2");
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(EntryRight, AReleaseIdThatContradictsTheContainerOrTheStayIsAmbiguous) {
  Case day = at_entry();
  day.job().release_id = "release-1";
  day.job().equipment_number = other_box;
  EXPECT_EQ(day.reasons(), std::vector{R::right_ambiguous});
  day.job().equipment_number = box;
  day.job().stay_number = "stay-release-9";
  EXPECT_EQ(day.reasons(), std::vector{R::right_ambiguous});
}

TEST(EntryRight, RightsThatAreOverBesideOneActiveDoNotMakeItAmbiguous) {
  Case day = at_entry();
  for (const RightState state : {RightState::revoked, RightState::deleted, RightState::active}) {
    day.dossier.rights.push_back(right_for("release-" + std::to_string(day.dossier.rights.size() + 1), box));
    day.dossier.rights.back().state = state;
  }
  day.dossier.rights.back().used_elsewhere = true;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_EQ(day.verdict().jobs.front().release_id, "release-1");
}

TEST(EntryRight, ABlockedOrDirtyRightBesideAnActiveOneIsADoubt) {
  for (const RightState state : {RightState::blocked, RightState::dirty}) {
    Case day = at_entry();
    day.dossier.rights.push_back(right_for("release-2", box));
    day.dossier.rights.back().state = state;
    EXPECT_EQ(day.reasons(), std::vector{R::right_ambiguous});
  }
}

TEST(EntryRight, AJobWithoutAnythingToLookForHasNoRight) {
  Case day = at_entry();
  day.job().equipment_number.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::right_not_found});
}

TEST(EntryRight, AClaimOnTheSameStayDeniesUnderWhateverReleaseId) {
  Case day = at_entry();
  day.dossier.claims = {
      {"release-9", box, "stay-release-1", "visit-9", "job-1", ClaimState::used, nine_plus(-5)}};
  EXPECT_EQ(day.reasons(), std::vector{R::right_used});
  day.dossier.claims.front().stay_number = "stay-of-last-year";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(EntryRight, AUseAtAnotherGateDenies) {
  Case day = at_entry();
  day.right().used_elsewhere = true;
  EXPECT_EQ(day.reasons(), std::vector{R::right_used});
}

TEST(EntryRight, WithoutAnExpiryTheRightLivesSixtyDaysFromItsRelease) {
  Case day = at_entry();
  day.right().expiration_date_time_utc.reset();
  day.right().release_date_time_utc = day.evidence.first_detected - std::chrono::hours(24 * 60);
  EXPECT_EQ(day.reasons(), std::vector{R::right_expired});
  *day.right().release_date_time_utc += Milliseconds(1);
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

TEST(EntryRight, ExpiryIsJudgedWhenTheTruckCameNotWhenItWasServed) {
  Case day = at_entry();
  day.right().expiration_date_time_utc = nine_plus(1);
  day.now.wall = nine_plus(5);
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

// ---- driver, lights, data

TEST(EntryRight, AnotherDriverIsReferredWhereTheDataMayBeOld) {
  Case day = at_entry();
  day.right().driver_id_hash = "k1:bb";
  day.standing.mode = Mode::backup;
  EXPECT_EQ(day.reasons(), std::vector{R::driver_other_stale});
  day.standing.mode = Mode::online;
  day.right().assignment_as_of.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::driver_other_stale});
}

TEST(EntryRight, UnderTheHauliersPolicyAnyBadgeOfThatHaulierWillDo) {
  Case day = at_entry();
  day.policy.driver = DriverPolicy::haulier;
  day.right().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.driver().haulier = haulier("BE0400000002");
  EXPECT_EQ(day.reasons(), std::vector{R::haulier_other});
  day.driver().haulier = {};
  EXPECT_EQ(day.reasons(), std::vector{R::haulier_unknown});
}

TEST(EntryRight, ABadgeHeldByTwoDriversOrByADirtyRecordIsUnknown) {
  Case day = at_entry();
  day.driver().dirty = true;
  EXPECT_EQ(day.reasons(), std::vector{R::badge_unknown});
  day = at_entry();
  day.dossier.drivers.push_back(day.driver());
  day.dossier.drivers.back().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::badge_unknown});
}

TEST(EntryRight, ABadgeIsValidFromItsFirstInstant) {
  Case day = at_entry();
  day.driver().valid_from = day.now.wall;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.driver().valid_from = day.now.wall + Milliseconds(1);
  EXPECT_EQ(day.reasons(), std::vector{R::badge_inactive});
  day = at_entry();
  day.driver().status = BadgeStatus::inactive;
  EXPECT_EQ(day.reasons(), std::vector{R::badge_inactive});
}

TEST(EntryRight, AnOrangeCustomsLightLeavesWithItsFollowUp) {
  Case day = at_entry();
  set_light(day.right(), "Customs", "FAVV");
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(verdict.jobs.front().follow_ups, std::vector{FollowUp::fasfc});
}

TEST(EntryRight, CustomsThatOnlyWarnsIsMarked) {
  Case day = at_entry();
  day.policy.customs = CustomsPolicy::warn;
  set_light(day.right(), "Customs", "NotReleased");
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_TRUE(has(verdict.marks, Mark::customs_warning));
  set_light(day.right(), "Customs", "Sealed");
  EXPECT_EQ(day.reasons(), std::vector{R::light_unknown}) << "a warning is for red, not for the unknown";
}

TEST(EntryRight, AMappingThatColoursStrangelyNeverGrants) {
  for (const Colour colour : {Colour::orange, Colour::information, Colour::unknown, Colour::red}) {
    for (const char* light : {"CommercialRelease", "Customs", "TerminalOperation", "TerminalReady"}) {
      const bool customs = std::string(light) == "Customs";
      if (colour == Colour::orange && customs) continue;
      Case day = at_entry();
      // To warn is for a red customs light alone; nothing else gets by under it.
      if (!customs || colour != Colour::red) day.policy.customs = CustomsPolicy::warn;
      day.policy.lights.insert(day.policy.lights.begin(), {light, "strange", colour, {}});
      set_light(day.right(), light, "strange");
      EXPECT_NE(day.verdict().decision, Decision::grant) << light << " " << testing::PrintToString(colour);
    }
  }
}

TEST(EntryRight, WithAClockNotTrustedNoRightCanBeJudged) {
  Case day = at_entry();
  day.now.trusted = false;
  EXPECT_EQ(day.reasons(), std::vector{R::mode_restricted});
  day.right().expiration_date_time_utc = nine_plus(-5);
  EXPECT_EQ(day.reasons(), std::vector{R::mode_restricted}) << "it cannot even be said that it has expired";
}

TEST(EntryRight, WithoutAReplicaTheDataAreOld) {
  Case day = at_entry();
  day.standing.data_as_of.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::right_data_old});
}

TEST(EntryRight, TrainIsRailAndRoadIsTruckInAnyCase) {
  Case day = at_entry();
  for (const char* means : {"barge", "Rail", "TRAIN", " barge "}) {
    day.right().means_of_transport = means;
    EXPECT_EQ(day.reasons(), std::vector{R::means_other}) << means;
  }
  for (const char* means : {"truck", "Road", "ROAD "}) {
    day.right().means_of_transport = means;
    EXPECT_EQ(day.verdict().decision, Decision::grant) << means;
  }
  day.right().means_of_transport = "";
  EXPECT_EQ(day.reasons(), std::vector{R::means_unknown});
}

TEST(EntryRight, ARightThatStatesNoStayServesAJobThatDoes) {
  Case day = at_entry();
  day.job().stay_number = "stay-7";
  EXPECT_EQ(day.reasons(), std::vector{R::right_not_found}) << "the right is for another stay";
  day.right().stay_number.reset();
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}
