#include "tests/console/house.hpp"

namespace console_test {
namespace {

class ConsoleMetrics : public House {
 protected:
  /// Asks until the metrics hold this line; the test's own time limit ends a wait in vain.
  void expect_line(const std::string& line) {
    std::string text;
    for (int i = 0; i < 2000 && text.find(line + "\n") == std::string::npos; ++i) {
      text = ask(port(), "GET /metrics").body;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_NE(text.find(line + "\n"), std::string::npos) << line << "\n" << text;
  }
};

TEST_F(ConsoleMetrics, CountEachPassageOnceByLaneDecisionAndEnding) {
  ports::LaneView view = referred_lane("out-1");
  core::PassageRecord record = view.passage;
  record.ending = core::Ending::passed;
  record.decision = core::Decision::grant;
  record.verdict_ms = 1200;
  ledger.add(record);
  start();
  board.show(view);
  view.revision = 8;
  board.show(view);
  board.show(idle_lane("out-1"));
  board.show(idle_lane("out-1"));
  expect_line(R"(gatehouse_passages_total{decision="grant",ending="passed",lane="out-1"} 1)");
  expect_line(R"(gatehouse_verdict_seconds_bucket{lane="out-1",le="1"} 0)");
  expect_line(R"(gatehouse_verdict_seconds_bucket{lane="out-1",le="1.5"} 1)");
}

TEST_F(ConsoleMetrics, SayHowTheLinkStands) {
  start();
  expect_line(R"(gatehouse_link_state{state="up"} 1)");
  expect_line(R"(gatehouse_link_state{state="down"} 0)");
  expect_line(R"(gatehouse_mode{mode="online"} 1)");
  expect_line("gatehouse_data_age_seconds 3");
  expect_line("gatehouse_outbox_events 2");
  expect_line("gatehouse_refused_messages 7");
  expect_line("gatehouse_replica_rights 500");
}

TEST_F(ConsoleMetrics, SayWhichLaneIsInTrouble) {
  ports::LaneView view = referred_lane("out-1");
  view.trouble = "barrier: time-out";
  board.show(view);
  start();
  expect_line(R"(gatehouse_lane_trouble{lane="out-1"} 1)");
  expect_line(R"(gatehouse_lane_state{lane="out-1",state="referred"} 1)");
  expect_line(R"(gatehouse_lane_state{lane="out-1",state="idle"} 0)");
}

TEST_F(ConsoleMetrics, HaveTheTypeThatPrometheusReads) {
  start();
  ask(port(), "GET /nothing");
  const Reply reply = ask(port(), "GET /metrics");
  EXPECT_EQ(reply.headers.at("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_NE(reply.body.find(R"(gatehouse_build_info{version="0.1.0-test"} 1)"), std::string::npos);
  EXPECT_NE(reply.body.find(R"(gatehouse_console_answers_total{status="404"} 1)"), std::string::npos);
}

}  // namespace
}  // namespace console_test
