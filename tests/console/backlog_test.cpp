#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleBacklog : public House {};

TEST_F(ConsoleBacklog, ParkedChangesComeWithPositionKindKeyAndReason) {
  start();
  const Reply reply = ask(port(), "GET /api/sync/parked", token(technician_token));
  ASSERT_EQ(reply.status, 200);
  const json parked = json::parse(reply.body);
  EXPECT_EQ(parked["total"], 2);
  ASSERT_EQ(parked["changes"].size(), 2U);
  EXPECT_EQ(parked["changes"][0]["sequence"], 17);
  EXPECT_EQ(parked["changes"][0]["kind"], "releaseRight");
  EXPECT_EQ(parked["changes"][0]["key"], "R1");
  EXPECT_EQ(parked["changes"][0]["reason"], "change.data.lights: an object is expected");
  EXPECT_EQ(parked["changes"][1]["inSnapshot"], 3);
  EXPECT_FALSE(parked["changes"][1].contains("sequence"));
  EXPECT_EQ(
      json::parse(ask(port(), "GET /api/sync/parked?limit=1", token(auditor_token)).body)["changes"].size(),
      1U);
}

TEST_F(ConsoleBacklog, TheOutboxSaysWhatWaitsAndWhatWasRefused) {
  start();
  const json outbox = json::parse(ask(port(), "GET /api/outbox", token(operator_token)).body);
  EXPECT_EQ(outbox["pending"], 2);
  EXPECT_EQ(outbox["parked"], 1);
  EXPECT_EQ(outbox["oldest"]["number"], 8);
  EXPECT_EQ(outbox["oldest"]["kind"], "gate_out");
  EXPECT_EQ(outbox["refused"][0]["reason"], "no such release");
}

TEST_F(ConsoleBacklog, IsForPeopleWithAToken) {
  start();
  for (const char* line : {"GET /api/sync/parked", "GET /api/outbox"}) {
    EXPECT_EQ(ask(port(), line).status, 401) << line;
    EXPECT_EQ(ask(control(), line).status, 200) << line;
  }
}

TEST_F(ConsoleBacklog, ALimitThatIsNoneIsRefused) {
  start();
  for (const char* limit : {"0", "501", "x", ""}) {
    const Reply reply = ask(port(), "GET /api/outbox?limit=" + std::string(limit), token(operator_token));
    EXPECT_EQ(reply.status, 400) << limit;
    EXPECT_NE(reply.body.find("1 to 500"), std::string::npos) << limit;
  }
}

}  // namespace
}  // namespace console_test
