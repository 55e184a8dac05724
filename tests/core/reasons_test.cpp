#include "gate/core/reasons.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using R = Reason;

namespace {

const std::set<R> denying = {R::banned,
                             R::held,
                             R::right_revoked,
                             R::right_blocked,
                             R::right_deleted,
                             R::right_expired,
                             R::right_used,
                             R::right_claimed,
                             R::commercial_red,
                             R::customs_red,
                             R::driver_other,
                             R::badge_inactive,
                             R::haulier_other,
                             R::means_other,
                             R::slot_too_early,
                             R::container_swapped,
                             R::container_without_job};

/// One person is enough only here; identity, box, right and release need two.
const std::set<R> one_person = {
    R::right_dirty,     R::claim_interrupted,   R::right_undated,         R::terminal_not_green,
    R::light_unknown,   R::light_missing,       R::means_unknown,         R::slot_too_early,
    R::slot_too_late,   R::appointment_missing, R::appointment_ambiguous, R::appointment_dirty,
    R::plate_unread,    R::plate_other,         R::plate_other_at_exit,   R::visit_interrupted,
    R::mode_restricted, R::right_data_old,      R::backup_referred,       R::record_failed};

}  // namespace

TEST(Reasons, EachIsItsOwnLine) {
  for (const ReasonFacts& line : all_reasons()) {
    EXPECT_EQ(&facts(line.reason), &line);
    EXPECT_NE(line.decision, Decision::grant) << testing::PrintToString(line.reason);
  }
}

TEST(Reasons, TheOnesThatDenyAreThoseOfTheTable) {
  for (const ReasonFacts& line : all_reasons()) {
    EXPECT_EQ(line.decision == Decision::deny, denying.contains(line.reason))
        << testing::PrintToString(line.reason);
  }
}

TEST(Reasons, TwoPersonsAreNeededWhereverIdentityBoxOrReleaseIsOverruled) {
  for (const ReasonFacts& line : all_reasons()) {
    EXPECT_EQ(line.persons, one_person.contains(line.reason) ? 1 : 2) << testing::PrintToString(line.reason);
  }
}

TEST(Reasons, EveryTextSaysSomethingInWholeSentences) {
  for (const ReasonFacts& line : all_reasons()) {
    for (const std::string_view text : {line.driver_text, line.operator_text}) {
      ASSERT_GE(text.size(), 10u) << testing::PrintToString(line.reason);
      EXPECT_EQ(text.back(), '.');
      EXPECT_TRUE(text.front() >= 'A' && text.front() <= 'Z');
    }
    EXPECT_LE(line.driver_text.size(), 80u) << "the driver reads it from the cab: " << line.driver_text;
  }
}

TEST(Reasons, ABanAndAHoldAreSilentToTheDriver) {
  for (const Reason silent : {R::banned, R::held}) {
    EXPECT_EQ(facts(silent).operator_text, "Identity refused, call security.");
    EXPECT_EQ(facts(silent).contact, Role::security);
    for (const char* word : {"ban", "hold", "refus", "secur", "ident"}) {
      EXPECT_EQ(facts(silent).driver_text.find(word), std::string_view::npos) << word;
    }
  }
  EXPECT_EQ(facts(R::banned).driver_text, facts(R::held).driver_text);
}

TEST(Reasons, NoTextNamesAParty) {
  for (const ReasonFacts& line : all_reasons()) {
    for (const char* word : {"forwarder", "owner", "holder", "release party", "belongs"}) {
      EXPECT_EQ(line.driver_text.find(word), std::string_view::npos) << line.driver_text;
      EXPECT_EQ(line.operator_text.find(word), std::string_view::npos) << line.operator_text;
    }
  }
}

TEST(Reasons, AValueOutsideTheListIsAnsweredAllTheSame) {
  EXPECT_EQ(&facts(static_cast<Reason>(9999)), &all_reasons().back());
}
