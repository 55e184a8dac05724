#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/canon/json.hpp"
#include "gate/casefile/case.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/ctl/commands.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using ctl_test::Outcome;
using ctl_test::TinyServer;
using testing::HasSubstr;

/// A truck that nobody knows, after its time to answer is over.
casefile::Case some_case() {
  casefile::Case it;
  it.lane = "in-1";
  it.evidence.pictures = core::PicturesState::failed;
  it.evidence.prompt_expired = true;
  return it;
}

core::PassageRecord record_of(const casefile::Case& the_case) {
  const core::Verdict verdict = casefile::replay(the_case);
  core::PassageRecord record;
  record.id = "01ABC";
  record.lane = the_case.lane;
  record.decision = verdict.decision;
  record.reasons = verdict.reasons;
  return record;
}

Outcome explain(const core::PassageRecord& record, const std::vector<casefile::Case>& cases) {
  const TinyServer server({{"/api/passages/01ABC", {200, canon::write(record)}},
                           {"/api/passages/01ABC/cases", {200, canon::write(cases)}}});
  std::ostringstream out;
  std::ostringstream err;
  const int code = ctl::explain_passage_command(ctl::Client(server.socket()), "01ABC", {out, err});
  return {code, out.str(), err.str()};
}

TEST(Explain, ACaseInAFileIsDecidedAgain) {
  const TinyServer server({});
  const std::filesystem::path file = server.socket().parent_path() / "case.json";
  std::ofstream(file) << casefile::write(some_case()) << "\n";
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::explain_case_command(file, {out, err}), 0) << err.str();
  const nlohmann::json answer = nlohmann::json::parse(out.str());
  EXPECT_EQ(answer["verdict"], canon::to_json(casefile::replay(some_case())));
  EXPECT_FALSE(answer["verdict"]["checks"].empty());
  EXPECT_TRUE(server.asked().empty());
}

TEST(Explain, AFileThatIsNoCaseIsAnErrorThatNamesItAndTheKey) {
  const TinyServer server({});
  const std::filesystem::path file = server.socket().parent_path() / "case.json";
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::explain_case_command(file, {out, err}), 1);
  EXPECT_THAT(err.str(), HasSubstr("case.json: cannot be read"));
  std::ofstream(file) << R"({"rulesVersion":99})";
  EXPECT_EQ(ctl::explain_case_command(file, {out, err}), 1);
  EXPECT_THAT(err.str(), HasSubstr("case.json: rulesVersion: the case was decided under rules 99"));
  EXPECT_EQ(out.str(), "");
}

TEST(Explain, ARecordedPassageComesOutAsItWasRecorded) {
  const Outcome outcome = explain(record_of(some_case()), {some_case()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const nlohmann::json answer = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(answer["agrees"], true);
  EXPECT_EQ(answer["passage"], "01ABC");
  EXPECT_EQ(answer["cases"].size(), 1U);
  EXPECT_EQ(answer["recorded"]["decision"], answer["cases"][0]["verdict"]["decision"]);
}

TEST(Explain, AVerdictThatComesOutOtherwiseIsToldAndFails) {
  core::PassageRecord record = record_of(some_case());
  record.decision = core::Decision::grant;
  Outcome outcome = explain(record, {some_case()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["agrees"], false);
  EXPECT_THAT(outcome.err, HasSubstr("does not come out as it was recorded"));
  record = record_of(some_case());
  record.reasons.push_back(core::Reason::banned);
  EXPECT_EQ(explain(record, {some_case()}).code, 1);
}

TEST(Explain, ADecisionOfPeopleIsTheirsButTheReasonsStillHaveToAgree) {
  core::PassageRecord record = record_of(some_case());
  record.decision = core::Decision::grant;
  record.operators = {"anna", "ben"};
  EXPECT_EQ(explain(record, {some_case()}).code, 0);
  record.reasons.clear();
  EXPECT_EQ(explain(record, {some_case()}).code, 1);
}

TEST(Explain, AGrantThatCouldNotBeWrittenIsTheGatesOwnReferral) {
  core::PassageRecord record = record_of(some_case());
  record.decision = core::Decision::deny;  // whatever it was: not what the rules said
  record.reasons.push_back(core::Reason::record_failed);
  const Outcome outcome = explain(record, {some_case()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["decidedBy"], "gate");
}

TEST(Explain, TheLastCaseIsTheOneThatCounts) {
  casefile::Case first = some_case();
  first.evidence.prompt_expired = false;
  first.evidence.pictures = core::PicturesState::pending;
  const Outcome outcome = explain(record_of(some_case()), {first, some_case()});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out)["cases"].size(), 2U);
}

TEST(Explain, APassageWithoutACaseSaysSo) {
  EXPECT_THAT(explain(record_of(some_case()), {}).err, HasSubstr("no case is recorded"));
}

TEST(Explain, AnIdThatIsNoneNeverReachesTheDaemon) {
  const TinyServer server({});
  std::ostringstream out;
  std::ostringstream err;
  for (const char* id : {"", "../status", "a b", "x?y", "a/cases"}) {
    EXPECT_EQ(ctl::explain_passage_command(ctl::Client(server.socket()), id, {out, err}), 1);
  }
  EXPECT_THAT(err.str(), HasSubstr("not an id"));
  EXPECT_TRUE(server.asked().empty());
}

}  // namespace
