#include "tests/world/play/oracle.hpp"

#include <gtest/gtest.h>

namespace world {
namespace {

Performance granted_exit(const std::string& passage = "P1") {
  Performance performance;
  performance.truck.name = "out";
  performance.truck.after = {{"R-1", Fate::used}};
  performance.direction = core::Direction::exit;
  core::PassageRecord record;
  record.id = passage;
  record.decision = core::Decision::grant;
  record.ending = core::Ending::passed;
  record.standing.mode = core::Mode::online;
  performance.last = record;
  return performance;
}

Performance refused_entry(const std::string& passage = "P1") {
  Performance performance = granted_exit(passage);
  performance.truck.name = "in";
  performance.direction = core::Direction::entry;
  performance.truck.after = {{"R-1", Fate::free}};
  performance.truck.expected = {
      core::Decision::deny, {core::Reason::customs_red, core::Reason::driver_other}, {}};
  performance.last->decision = core::Decision::deny;
  performance.last->reasons = {core::Reason::driver_other, core::Reason::customs_red};
  performance.last->ending = core::Ending::backed_out;
  return performance;
}

syncing::EventMessage event(core::EventKind kind, const std::string& passage,
                            const std::string& release = "R-1") {
  syncing::EventMessage message;
  message.event.kind = kind;
  message.event.passage = passage;
  if (!release.empty()) message.event.release_id = release;
  return message;
}

using enum core::EventKind;

TEST(Oracle, AgreesWithWhatTheScriptSaysInWhateverOrderTheReasonsCome) {
  EXPECT_TRUE(differences(granted_exit()).empty());
  EXPECT_TRUE(differences(refused_entry()).empty());
}

TEST(Oracle, SeesAnotherDecisionAnotherReasonAnotherModeAndAnotherEnding) {
  Performance performance = refused_entry();
  performance.last->decision = core::Decision::grant;
  performance.last->reasons.pop_back();
  performance.last->standing.mode = core::Mode::restricted;
  performance.last->ending = core::Ending::passed;
  EXPECT_EQ(differences(performance),
            (std::vector<std::string>{"decision: expected deny, was grant",
                                      "reasons: expected customs_red, driver_other, was driver_other",
                                      "mode: expected online, was restricted",
                                      "ending: expected backed_out, was passed"}));
}

TEST(Oracle, SeesAMissingFollowUp) {
  Performance performance = granted_exit();
  performance.truck.expected.follow_ups = {core::FollowUp::scan};
  EXPECT_EQ(differences(performance), std::vector<std::string>{"follow-ups: expected scan, was none"});
}

TEST(Oracle, SeesAPassageThatTheGateNeverRecorded) {
  Performance performance = granted_exit();
  performance.last.reset();
  EXPECT_EQ(differences(performance).size(), 1U);
}

TEST(Oracle, SeesThatTheOperatorsWereNeverNeeded) {
  Performance performance = granted_exit();
  performance.truck.first = Expected{core::Decision::refer, {core::Reason::container_unread}, {}};
  EXPECT_EQ(differences(performance), std::vector<std::string>{"no operator was ever needed"});
}

TEST(Oracle, ABackUpVerdictMustSayHowOldItsDataAre) {
  Performance performance = granted_exit();
  performance.truck.expected.mode = core::Mode::backup;
  performance.last->standing.mode = core::Mode::backup;
  EXPECT_EQ(differences(performance).size(), 1U);
  performance.last->standing.data_as_of = core::WallTime{};
  EXPECT_TRUE(differences(performance).empty());
}

TEST(Oracle, WantsAGateOutForAnExitThatPassed) {
  EXPECT_TRUE(judge_events({granted_exit()}, {event(gate_in, "P0"), event(gate_out, "P1")}).empty());
  const auto complaints = judge_events({granted_exit()}, {});
  EXPECT_EQ(complaints, (std::vector<std::string>{"out: its gate_out event never came",
                                                  "out: right R-1 afterwards: expected used, was free"}));
}

TEST(Oracle, WantsNoGateEventForATruckThatBackedOut) {
  EXPECT_TRUE(judge_events({refused_entry()}, {event(refused, "P1")}).empty());
  const auto complaints = judge_events({refused_entry()}, {event(gate_in, "P1")});
  EXPECT_EQ(complaints, (std::vector<std::string>{"in: a gate_in event that must not be",
                                                  "in: right R-1 afterwards: expected free, was claimed"}));
}

TEST(Oracle, SeesARightThatWasUsedTwice) {
  Performance again = granted_exit("P2");
  again.truck.name = "out again";
  const auto complaints =
      judge_events({granted_exit(), again}, {event(gate_out, "P1"), event(gate_out, "P2")});
  EXPECT_EQ(complaints, std::vector<std::string>{"right R-1 was used 2 times"});
}

TEST(Oracle, SeesAGateOutThatNobodyDrove) {
  const auto complaints = judge_events({refused_entry()}, {event(gate_out, "P9", "R-7")});
  EXPECT_EQ(complaints, std::vector<std::string>{"a gate_out event of passage P9, which nobody drove"});
}

TEST(Oracle, InALaterRoundTheRightsHaveTheirNamesOfThatRound) {
  Performance performance = granted_exit();
  performance.round = 2;
  EXPECT_FALSE(judge_events({performance}, {event(gate_out, "P1", "R-1")}).empty());
  EXPECT_TRUE(judge_events({performance}, {event(gate_out, "P1", in_round("R-1", 2))}).empty());
}

TEST(Oracle, OneTruckInTenMayNeedItsReadCorrected) {
  std::vector<Performance> day(20, granted_exit());
  day[0].corrections = 2;
  day[1].corrections = 1;
  EXPECT_TRUE(judge_reading(day).empty());
  day[2].corrections = 1;
  EXPECT_EQ(judge_reading(day).size(), 1U);
}

TEST(Oracle, WantsAReceiptForEveryEventAndNothingParkedOrRefused) {
  ports::LinkReport report;
  EXPECT_TRUE(judge_link(report).empty());
  report.outbox = 3;
  report.parked_in = 1;
  EXPECT_EQ(judge_link(report), (std::vector<std::string>{"3 events without a receipt",
                                                          "1 changes of the platform could not be applied"}));
}

}  // namespace
}  // namespace world
