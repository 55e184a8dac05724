#include "gate/lane/view.hpp"

#include <gtest/gtest.h>

#include "gate/core/advance.hpp"
#include "gate/core/reasons.hpp"

namespace {

core::Passage standing(core::State state, core::Decision decision, std::vector<core::Reason> reasons) {
  core::Passage passage;
  passage.id = "P-1";
  passage.state = state;
  core::Opinion opinion;
  opinion.verdict.decision = decision;
  opinion.verdict.reasons = std::move(reasons);
  passage.opinion = opinion;
  return passage;
}

ports::LaneView shown(const core::Passage& passage) {
  return lane::view_of(passage, core::Lamp::red, "", {});
}

TEST(ADriver, IsToldWhatToDoAndNothingConfidential) {
  const auto view = shown(standing(core::State::refused, core::Decision::deny, {core::Reason::customs_red}));
  EXPECT_EQ(view.driver_text, core::facts(core::Reason::customs_red).driver_text);
  EXPECT_EQ(view.driver_reason, "customs_red");
}

TEST(ADriver, DoesNotLearnOfABanOrAHold) {
  for (const core::Reason reason : {core::Reason::banned, core::Reason::held}) {
    const auto view = shown(standing(core::State::refused, core::Decision::deny, {reason}));
    EXPECT_EQ(view.driver_reason.find("ban"), std::string::npos);
    EXPECT_EQ(view.driver_reason.find("held"), std::string::npos);
    EXPECT_EQ(view.driver_text, "Please wait. An operator is looking into it.");
    EXPECT_EQ(view.passage.reasons, std::vector<core::Reason>{reason}) << "the operator does";
  }
}

TEST(ADriver, WhoComesTooEarlyIsToldWhenToComeBack) {
  core::Passage passage =
      standing(core::State::refused, core::Decision::deny, {core::Reason::slot_too_early});
  passage.opinion->verdict.come_back_at = core::WallTime(std::chrono::hours(14) + std::chrono::minutes(15));
  EXPECT_NE(shown(passage).driver_text.find(':'), std::string::npos);
}

TEST(ADriver, IsAskedForWhatIsStillMissing) {
  core::Passage passage = standing(core::State::gathering, core::Decision::refer, {});
  passage.opinion->verdict.prompts = {core::Prompt::present_badge};
  EXPECT_EQ(shown(passage).driver_text, core::facts(core::Reason::badge_missing).driver_text);
  EXPECT_EQ(shown(passage).prompts.size(), 1U);
}

TEST(ADriver, WithAnOrangeLightIsToldTheFollowUp) {
  core::Passage passage = standing(core::State::open, core::Decision::grant, {});
  passage.opinion->verdict.jobs = {{{}, core::Decision::grant, {}, {}, {core::FollowUp::scan}}};
  EXPECT_EQ(shown(passage).driver_reason, "scan");
}

TEST(AnOperator, SeesHowManyPersonsAreNeededOnlyWhereHeCanDecide) {
  core::Passage passage = standing(core::State::referred, core::Decision::refer, {});
  passage.opinion->verdict.persons = 2;
  EXPECT_EQ(shown(passage).persons, 2);
  passage.state = core::State::opening;
  EXPECT_EQ(shown(passage).persons, 0);
}

TEST(AnEmptyLane, ShowsNoPassage) {
  EXPECT_TRUE(shown(core::Passage{}).passage.id.empty());
  EXPECT_TRUE(shown(core::Passage{}).driver_text.empty());
}

/// An expectation changes no read: it only says what the operator finds first.
TEST(AnOperator, IsOfferedWhatTheTruckIsExpectedToShowBeforeWhatIsAsLikely) {
  core::Passage passage = standing(core::State::referred, core::Decision::refer, {});
  core::ContainerRead& code = passage.sighting.containers.emplace_back();
  code.code = "MSKU9070324";
  code.alternatives = {"MSKU9070328", "MSKU9070323", "MSKU9010323"};
  core::PlateRead& plate = passage.sighting.plates.emplace_back();
  plate.plate = "1A8C123";
  plate.alternatives = {"1A8C128", "1ABC123"};
  core::Appointment& appointment = passage.opinion->dossier.appointments.emplace_back();
  appointment.tractor_plate = "1-ABC-123";
  appointment.jobs.emplace_back().equipment_number = "MSKU 907032-3";
  const auto view = shown(passage);
  EXPECT_EQ(view.reads.at(0).code, "MSKU9070324");
  EXPECT_EQ(view.reads[0].alternatives,
            (std::vector<std::string>{"MSKU9070323", "MSKU9070328", "MSKU9010323"}));
  EXPECT_EQ(view.plates.at(0).alternatives, (std::vector<std::string>{"1ABC123", "1A8C128"}));
  EXPECT_EQ(passage.sighting.containers[0].alternatives[0], "MSKU9070328") << "what was seen stays as it was";
}

}  // namespace
