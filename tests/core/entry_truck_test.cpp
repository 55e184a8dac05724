// At the entry: the tractor, who is banned, what the driver is asked, and the slot.
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using namespace tests;
using R = Reason;

// ---- plates

TEST(EntryTruck, ASubstituteTractorIsGrantedAndMarkedWhenBadgeTarAndHaulierAgree) {
  Case day = at_entry();
  day.evidence.tar = "TAR1";
  day.evidence.plate->plate = "9XYZ999";
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::grant);
  EXPECT_EQ(verdict.marks, std::vector{Mark::substitute_tractor});
}

TEST(EntryTruck, ASubstituteTractorIsNotAcceptedWhereOneOfTheThreeDoesNotAgree) {
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
  EXPECT_TRUE(substituted([](Case& c) {  // any valid badge would do, and nothing would be compared with it
    c.appointment().driver_id_hash.reset();
    c.job().kind = JobKind::pickup_empty_carrier;
    c.dossier.rights.clear();
  }));
  EXPECT_FALSE(substituted([](Case& c) { c.appointment().driver_id_hash.reset(); }));
}

TEST(EntryTruck, AnUnsurePlateCountsOnlyWhereItSaysWhatIsExpected) {
  Case day = at_entry();
  day.evidence.plate->sure = false;
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  day.evidence.plate->plate = "1ABC124";
  day.evidence.badge->credential_hash = "credential-0";
  EXPECT_EQ(day.reasons(), std::vector{R::plate_unread}) << "found by the badge; the read says nothing";
  day.evidence.plate->source = Source::corrected;
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "near, the only one, and the badge agrees";
}

TEST(EntryTruck, ANearPlateNeedsTheBadgeOfThatTruck) {
  Case day = at_entry();
  day.evidence.plate->plate = "1ABC124";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_TRUE(day.verdict().marks.empty()) << "misread, not substituted";
  day.appointment().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::appointment_missing});
}

TEST(EntryTruck, ANearPlateIsNoAnswerWhereTwoTrucksAreThatNear) {
  Case day = at_entry();
  day.evidence.plate->plate = "1ABC124";
  day.dossier.appointments.push_back(day.appointment());
  day.dossier.appointments.back().tar = "TAR2";
  day.dossier.appointments.back().tractor_plate = "1ABC125";
  day.dossier.appointments.back().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::plate_other});
}

TEST(EntryTruck, WithoutAnAnnouncedPlateTheTarOrTheBadgeIsEnough) {
  Case day = at_entry();
  day.appointment().tractor_plate.reset();
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "by badge";
  day.appointment().driver_id_hash.reset();
  EXPECT_EQ(day.reasons(), std::vector{R::appointment_missing});
  day.evidence.tar = "TAR1";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
}

// ---- bans, prompts, slots

TEST(EntryTruck, ABanIsFoundByWhateverItNamesInEveryMode) {
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

TEST(EntryTruck, ABanOnTheRightsHaulierOrTheRightsContainerCountsToo) {
  Case day = at_entry();
  day.right().carrier.duns = "777";
  day.dossier.restrictions = {{RestrictionKind::hold, "ref-1", RestrictionSubject::haulier, "777"}};
  EXPECT_EQ(day.reasons(), std::vector{R::held});
  day = at_entry();
  day.job().equipment_number.reset();
  day.job().release_id = "release-1";
  day.dossier.restrictions = {{RestrictionKind::hold, "ref-1", RestrictionSubject::container, box}};
  EXPECT_EQ(day.reasons(), std::vector{R::held});
}

TEST(EntryTruck, ABanOnOneOfTwoDriversWhoShareABadgeDenies) {
  Case day = at_entry();
  day.dossier.drivers.push_back(day.driver());
  day.dossier.drivers.back().driver_id_hash = "k1:bb";
  day.dossier.restrictions = {{RestrictionKind::ban, "ref-1", RestrictionSubject::driver, "k1:bb"}};
  EXPECT_EQ(day.verdict().decision, Decision::deny);
}

TEST(EntryTruck, ARestrictionWithoutAValueNamesNobody) {
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

TEST(EntryTruck, TheDriverIsPromptedBeforeAnythingIsSettled) {
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

TEST(EntryTruck, PendingPicturesAreWaitedFor) {
  Case day = at_entry();
  EXPECT_TRUE(settled(day.verdict(), day.evidence));
  day.evidence.pictures = PicturesState::pending;
  EXPECT_FALSE(settled(day.verdict(), day.evidence));
  day.evidence.pictures = PicturesState::failed;
  EXPECT_TRUE(settled(day.verdict(), day.evidence));
}

TEST(EntryTruck, WhoComesTooEarlyHearsWhenToComeBack) {
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

TEST(EntryTruck, TheSlotIsJudgedWhenTheTruckWasFirstDetected) {
  Case day = at_entry();
  day.now.wall = day.appointment().slot_to + day.policy.slot_late_grace + std::chrono::minutes(20);
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "a queue at our gate costs nobody a slot";
}

TEST(EntryTruck, AClockNotTrustedSendsNobodyAway) {
  Case day = at_entry();
  day.now.trusted = false;
  day.job().kind = JobKind::deliver_export;
  day.dossier.rights.clear();
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "exports go on";
  day.appointment().slot_from = nine_plus(5);
  EXPECT_EQ(day.reasons(), std::vector{R::mode_restricted});
  EXPECT_EQ(day.verdict().come_back_at, std::nullopt);
  day.appointment().slot_from = nine_plus(-5);
  day.driver().valid_until = nine_plus(-5);
  EXPECT_EQ(day.reasons(), std::vector{R::mode_restricted});
  day.driver().status = BadgeStatus::inactive;
  EXPECT_EQ(day.reasons(), std::vector{R::badge_inactive}) << "this needs no clock";
}

TEST(EntryTruck, BlanksAreNoTar) {
  Case day = at_entry();
  day.evidence.tar = "  ";
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "found by the plate";
  day.evidence.plate->plate = "9XYZ999";
  EXPECT_EQ(day.reasons(), std::vector{R::plate_other});
}

TEST(EntryTruck, ATarThatNobodyAnnouncedIsAskedForAgain) {
  Case day = at_entry();
  day.evidence.tar = "TAR9";
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.reasons, std::vector{R::appointment_missing});
  EXPECT_EQ(verdict.prompts, std::vector{Prompt::give_tar});
}

TEST(EntryTruck, AnOpenSlotIsPreferredToAClosedOneOfTheSameTractor) {
  Case day = at_entry();
  day.dossier.appointments.push_back(day.appointment());
  day.dossier.appointments.back().tar = "TAR2";
  day.dossier.appointments.back().slot_from = nine_plus(240);
  day.dossier.appointments.back().slot_to = nine_plus(300);
  EXPECT_EQ(day.verdict().tar, "TAR1");
  day.appointment().slot_to = nine_plus(-100);
  day.appointment().slot_from = nine_plus(-160);
  EXPECT_EQ(day.reasons(), std::vector{R::appointment_ambiguous}) << "both closed: the TAR must tell";
}

TEST(EntryTruck, OneTarHeldTwiceIsAQuestion) {
  Case day = at_entry();
  day.evidence.tar = "TAR1";
  day.dossier.appointments.push_back(day.appointment());
  EXPECT_EQ(day.reasons(), std::vector{R::appointment_ambiguous});
}

TEST(EntryTruck, ATarOutweighsWhatThePlateWouldSay) {
  Case day = at_entry();
  day.dossier.appointments.push_back(day.appointment());
  day.dossier.appointments.back().tar = "TAR2";
  day.dossier.appointments.back().tractor_plate = "9XYZ999";
  day.evidence.tar = " tar2 ";
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.tar, "TAR2");
  EXPECT_EQ(verdict.marks, std::vector{Mark::substitute_tractor});
}

TEST(EntryTruck, ANearPlateBesideATarStillNeedsTheBadge) {
  Case day = at_entry();
  day.evidence.tar = "TAR1";
  day.evidence.plate->plate = "1ABC124";
  EXPECT_EQ(day.verdict().decision, Decision::grant);
  EXPECT_TRUE(day.verdict().marks.empty());
  day.appointment().driver_id_hash = "k1:bb";
  EXPECT_EQ(day.reasons(), std::vector{R::plate_other});
}

TEST(EntryTruck, ABanOnTheAnnouncedTractorCountsAlsoWhenAnotherComes) {
  Case day = at_entry();
  day.evidence.tar = "TAR1";
  day.evidence.plate->plate = "9XYZ999";
  day.dossier.restrictions = {{RestrictionKind::ban, "ref-1", RestrictionSubject::plate, plate}};
  EXPECT_EQ(day.reasons(), std::vector{R::banned});
}

TEST(EntryTruck, ADirtyDriverRecordFindsNoAppointment) {
  Case day = at_entry();
  day.evidence.plate.reset();
  day.driver().dirty = true;
  EXPECT_EQ(day.reasons(), (std::vector{R::badge_unknown, R::appointment_missing}));
}
