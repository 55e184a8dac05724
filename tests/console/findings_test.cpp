#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleFindings : public House {
 protected:
  ConsoleFindings() {
    for (const char* ulid : {"01KAE0000000000000000000F1", "01KAE0000000000000000000F2"})
      backlog.find({.ulid = ulid,
                    .at = clock.now().wall,
                    .equipment_number = "CSQU3054383",
                    .stay_number = "S1",
                    .plate = "1ABC123",
                    .visit = "01KAE0000000000000000000V1",
                    .text = "granted without fresh data: the right was revoked"});
    start();
  }

  Reply settle(const char* by) {
    return ask(port(), "POST /api/findings/01KAE0000000000000000000F1", by ? token(by) : Headers{});
  }
};

TEST_F(ConsoleFindings, AreShownToWhoeverSeesThePage) {
  const json found = json::parse(ask(port(), "GET /api/findings?limit=1").body);
  EXPECT_EQ(found["total"], 2);
  ASSERT_EQ(found["findings"].size(), 1U);
  EXPECT_EQ(found["findings"][0]["equipmentNumber"], "CSQU3054383");
  EXPECT_EQ(found["findings"][0]["text"], "granted without fresh data: the right was revoked");
  EXPECT_EQ(ask(port(), "GET /api/findings?limit=0").status, 400);
}

TEST_F(ConsoleFindings, AreDealtWithByOperatorsAndSupervisorsUnderTheirOwnName) {
  EXPECT_EQ(settle(nullptr).status, 401);
  EXPECT_EQ(settle(auditor_token).status, 403);
  EXPECT_EQ(settle(technician_token).status, 403);
  EXPECT_TRUE(backlog.settled().empty());
  EXPECT_EQ(settle(operator_token).status, 200);
  EXPECT_EQ(backlog.settled().at(0), "01KAE0000000000000000000F1 by ann");
  EXPECT_EQ(settle(supervisor_token).status, 404) << "once";
  EXPECT_EQ(json::parse(ask(port(), "GET /api/findings").body)["total"], 1);
}

}  // namespace
}  // namespace console_test
