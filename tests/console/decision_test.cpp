#include <future>

#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleDecisions : public House {
 protected:
  void SetUp() override {
    board.show(referred_lane("out-1"));
    start();
  }

  Reply decide(const json& body, const std::string& lane = "out-1") { return send(body.dump(), lane); }
  Reply send(const std::string& body, const std::string& lane = "out-1") {
    Headers headers = token(operator_token);
    headers.emplace("Content-Type", "application/json");
    return ask(port(), "POST /api/lanes/" + lane + "/decisions", headers, body);
  }

  json deny = {{"passage", "01KAE0000000000000000000R1"}, {"revision", 7}, {"action", "deny"}};
};

TEST_F(ConsoleDecisions, ACorrectionReachesTheDeskOnItsOwnThreadWithNormalisedReads) {
  const Reply reply = decide({{"passage", "01KAE0000000000000000000R1"},
                              {"revision", 7},
                              {"action", "correct"},
                              {"plate", "1-abc-123"},
                              {"container", "csqu 305438-3"},
                              {"replaces", "CSQU3054388"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json::parse(reply.body)["answer"], "accepted");
  ASSERT_EQ(desk.asked().size(), 1U);
  const core::OperatorDecision decision = desk.asked().front();
  EXPECT_EQ(decision.lane, "out-1");
  EXPECT_EQ(decision.revision, 7);
  EXPECT_EQ(decision.action, core::OperatorAction::correct);
  EXPECT_EQ(decision.by, "ann");
  EXPECT_TRUE(decision.named);
  EXPECT_EQ(decision.plate, "1ABC123");
  EXPECT_EQ(decision.container, "CSQU3054383");
  EXPECT_EQ(decision.replaces, "CSQU3054388");
  EXPECT_EQ(desk.thread(), lanes_thread.get_id());
}

TEST_F(ConsoleDecisions, AProposalSaysThatASecondPersonIsNeeded) {
  desk.answer(core::DecisionAnswer::second_person_needed);
  json grant = deny;
  grant["action"] = "grant";
  grant["reason"] = "documents_checked";
  const Reply reply = decide(grant);
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(json::parse(reply.body)["answer"], "second_person_needed");
}

TEST_F(ConsoleDecisions, AStaleDecisionIsAConflictThatSaysWhy) {
  desk.answer(core::fail(core::Fault::refused, "revision 7 is stale: the lane is at 9"));
  const Reply reply = decide(deny);
  EXPECT_EQ(reply.status, 409);
  EXPECT_EQ(json::parse(reply.body)["error"], "refused");
  EXPECT_EQ(json::parse(reply.body)["what"], "revision 7 is stale: the lane is at 9");
}

TEST_F(ConsoleDecisions, EachFaultOfTheDeskHasItsStatus) {
  const std::map<core::Fault, int> statuses = {{core::Fault::timeout, 504},
                                               {core::Fault::not_found, 404},
                                               {core::Fault::malformed, 400},
                                               {core::Fault::broken, 503},
                                               {core::Fault::corrupt, 500}};
  for (const auto& [fault, status] : statuses) {
    desk.answer(core::fail(fault, "why"));
    EXPECT_EQ(decide(deny).status, status);
  }
}

TEST_F(ConsoleDecisions, AnUnknownLaneIsNotFoundAndTheDeskIsNotAsked) {
  EXPECT_EQ(decide(deny, "out-9").status, 404);
  EXPECT_TRUE(desk.asked().empty());
}

TEST_F(ConsoleDecisions, WhoDecidesIsNeverTakenFromTheMessage) {
  json forged = deny;
  forged["by"] = "bob";
  EXPECT_EQ(decide(forged).status, 400);
  json elsewhere = deny;
  elsewhere["lane"] = "in-1";
  EXPECT_EQ(decide(elsewhere).status, 400);
  json somebody = deny;
  somebody["named"] = true;
  EXPECT_EQ(decide(somebody).status, 400);
  EXPECT_TRUE(desk.asked().empty());
}

TEST_F(ConsoleDecisions, ABodyThatIsNoDecisionIsRefusedAndSaysWhatIsWrong) {
  json unknown_key = deny, unknown_action = deny, text_number = deny, wordless = deny, long_text = deny,
       stray = deny;
  unknown_key["colour"] = "green";
  unknown_action["action"] = "open";
  text_number["revision"] = "7";
  wordless["action"] = "grant";
  long_text["text"] = std::string(501, 'x');
  stray["plate"] = "1ABC123";
  for (const std::string& body :
       {std::string(""), std::string("{"), std::string("[]"), std::string("null"), std::string("7"),
        std::string("{}"), std::string(40'000, '['), std::string("\xff\xfe"),
        std::string(R"({"revision":1e999})"), unknown_key.dump(), unknown_action.dump(), text_number.dump(),
        wordless.dump(), long_text.dump(), stray.dump(),
        std::string(R"({"passage":"x","passage":"y","revision":7,"action":"deny"})")}) {
    const Reply reply = send(body);
    EXPECT_EQ(reply.status, 400) << body.substr(0, 80);
    EXPECT_FALSE(json::parse(reply.body)["what"].get<std::string>().empty()) << body.substr(0, 80);
  }
  EXPECT_TRUE(desk.asked().empty());
}

TEST_F(ConsoleDecisions, OnlyJsonIsTaken) {
  Headers headers = token(operator_token);
  headers.emplace("Content-Type", "text/plain");
  EXPECT_EQ(ask(port(), "POST /api/lanes/out-1/decisions", headers, deny.dump()).status, 415);
}

TEST_F(ConsoleDecisions, StoppingWaitsForADecisionThatTheLanesHold) {
  std::promise<void> entered, release;
  desk.before([&entered, held = release.get_future().share()] {
    entered.set_value();
    held.wait();
  });
  auto answered = std::async(std::launch::async, [this] { return decide(deny).status; });
  entered.get_future().wait();
  auto stopped = std::async(std::launch::async, [this] { server->stop(); });
  EXPECT_EQ(stopped.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
  release.set_value();
  stopped.get();
  answered.get();
  EXPECT_EQ(desk.asked().size(), 1U);
}

}  // namespace
}  // namespace console_test
