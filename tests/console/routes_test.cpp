#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleRoutes : public House {};

TEST_F(ConsoleRoutes, StatusSaysHowTheApplianceStands) {
  board.show(idle_lane("in-1"));
  auto broken = idle_lane("out-1");
  broken.trouble = "camera rear: time-out";
  board.show(broken);
  start();
  const Reply reply = ask(port(), "GET /api/status");
  ASSERT_EQ(reply.status, 200);
  const json status = json::parse(reply.body);
  EXPECT_EQ(status["site"], "K913");
  EXPECT_EQ(status["version"], "0.1.0-test");
  EXPECT_EQ(status["mode"], "online");
  EXPECT_EQ(status["dataAgeMs"], 3000);
  EXPECT_EQ(status["link"]["link"], "up");
  EXPECT_EQ(status["link"]["outbox"], 2);
  EXPECT_EQ(status["link"]["sequence"], 1234);
  EXPECT_EQ(status["lanes"][1]["trouble"], "camera rear: time-out");
}

TEST_F(ConsoleRoutes, TheAgeOfTheDataIsLeftOutWhereThereIsNoReplica) {
  ledger.set({});
  start();
  const json status = json::parse(ask(port(), "GET /api/status").body);
  EXPECT_FALSE(status.contains("dataAgeMs"));
  EXPECT_EQ(status["mode"], "restricted");
}

TEST_F(ConsoleRoutes, LanesComeByNameWithTheFactsOfTheirReasons) {
  board.show(referred_lane("out-1"));
  board.show(idle_lane("in-1"));
  start();
  const json shown = json::parse(ask(port(), "GET /api/lanes").body);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0]["lane"], "in-1");
  const json& lane = shown[1];
  EXPECT_EQ(lane["state"], "referred");
  EXPECT_EQ(lane["revision"], 7);
  EXPECT_EQ(lane["reads"][0]["alternatives"][0], "CSQU3054383");
  ASSERT_EQ(lane["explained"].size(), 1U);
  EXPECT_EQ(lane["explained"][0]["reason"], "container_unsure");
  EXPECT_EQ(lane["explained"][0]["text"], core::facts(core::Reason::container_unsure).operator_text);
  EXPECT_EQ(lane["explained"][0]["contact"], "operator_desk");
  EXPECT_EQ(json::parse(ask(port(), "GET /api/lanes/out-1").body), lane);
}

TEST_F(ConsoleRoutes, ALaneThatDoesNotExistIsNotFound) {
  start();
  for (const char* line : {"GET /api/lanes/nowhere", "GET /driver/nowhere", "GET /api/driver/nowhere/live"}) {
    const Reply reply = ask(port(), line);
    EXPECT_EQ(reply.status, 404) << line;
    EXPECT_EQ(json::parse(reply.body)["error"], "not_found") << line;
  }
}

TEST_F(ConsoleRoutes, PassagesComeLatestFirstAndPageBack) {
  for (const char* id : {"01A", "01B", "01C"}) ledger.add(ended_passage(id, "in-1"));
  start();
  const json first = json::parse(ask(port(), "GET /api/passages?limit=2").body);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0]["id"], "01C");
  const json rest = json::parse(ask(port(), "GET /api/passages?limit=2&before=01B").body);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0]["id"], "01A");
  EXPECT_EQ(rest[0]["verdictMs"], 1200);
}

TEST_F(ConsoleRoutes, ALimitThatIsNoneIsRefusedWithWhatIsAllowed) {
  start();
  for (const char* limit : {"0", "501", "-1", "ten", "", "5x", "99999999999999999999"}) {
    const Reply reply = ask(port(), "GET /api/passages?limit=" + std::string(limit));
    EXPECT_EQ(reply.status, 400) << limit;
    EXPECT_NE(reply.body.find("1 to 500"), std::string::npos) << limit;
  }
}

TEST_F(ConsoleRoutes, OnePassageIsFoundByItsId) {
  ledger.add(ended_passage("01B", "in-1"));
  start();
  EXPECT_EQ(json::parse(ask(port(), "GET /api/passages/01B").body)["plate"], "1ABC123");
  EXPECT_EQ(ask(port(), "GET /api/passages/01X").status, 404);
}

TEST_F(ConsoleRoutes, APictureComesByteForByteUnderItsOwnType) {
  const std::string jpeg("\xff\xd8\xff\x00\x01<script>", 13);
  const std::string digest(64, 'a');
  ledger.keep(digest, jpeg);
  ledger.keep(std::string(64, 'b'), "<html>");
  start();
  const Reply reply = ask(port(), "GET /api/pictures/" + digest);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, jpeg);
  EXPECT_EQ(reply.headers.at("content-type"), "image/jpeg");
  EXPECT_EQ(ask(port(), "GET /api/pictures/" + std::string(64, 'b')).headers.at("content-type"),
            "application/octet-stream");
  EXPECT_EQ(ask(port(), "GET /api/pictures/" + std::string(64, 'c')).status, 404);
  EXPECT_EQ(ask(port(), "GET /api/pictures/..").status, 400);
}

TEST_F(ConsoleRoutes, CasesComeAsTheyAreKept) {
  ledger.add(ended_passage("01B", "in-1"));
  start();
  const Reply reply = ask(port(), "GET /api/passages/01B/cases", token(auditor_token));
  EXPECT_EQ(reply.body, R"([{"confidential":1},{"confidential":2}])");
  EXPECT_EQ(ask(port(), "GET /api/passages/01X/cases", token(auditor_token)).status, 404);
}

TEST_F(ConsoleRoutes, TheAuditLogIsPagedThroughByNumber) {
  start();
  const auto leaves = [this](const std::string& query) {
    return ask(port(), "GET /api/audit/leaves" + query, token(auditor_token));
  };
  EXPECT_EQ(nlohmann::json::parse(leaves("").body).size(), 5U);
  const auto two = nlohmann::json::parse(leaves("?after=2&limit=2").body);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0]["number"], 3);
  EXPECT_EQ(two[0]["record"], "{}");
  EXPECT_EQ(leaves("?after=-1").status, 400);
  EXPECT_EQ(leaves("?limit=1001").status, 400);
  EXPECT_EQ(leaves("?limit=x").status, 400);
  const Reply head = ask(port(), "GET /api/audit/log", token(auditor_token));
  EXPECT_EQ(nlohmann::json::parse(head.body)["checkpoints"][0], "a note");
}

TEST_F(ConsoleRoutes, PagesAndTheirFilesComeWithTheirTypes) {
  board.show(idle_lane("in-1"));
  start();
  const std::map<std::string, std::string> types = {{"/", "text/html; charset=utf-8"},
                                                    {"/driver/in-1", "text/html; charset=utf-8"},
                                                    {"/page/app.js", "text/javascript; charset=utf-8"},
                                                    {"/page/style.css", "text/css; charset=utf-8"},
                                                    {"/page/driver.js", "text/javascript; charset=utf-8"},
                                                    {"/page/driver.css", "text/css; charset=utf-8"},
                                                    {"/page/icon.svg", "image/svg+xml; charset=utf-8"}};
  for (const auto& [path, type] : types) {
    const Reply reply = ask(port(), "GET " + path);
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_EQ(reply.headers.at("content-type"), type) << path;
    EXPECT_GT(reply.body.size(), 100U) << path;
  }
  EXPECT_EQ(ask(port(), "GET /page/server.cpp").status, 404);
}

TEST_F(ConsoleRoutes, EveryAnswerForbidsSniffingFramingCachingAndForeignContent) {
  start();
  for (const char* line : {"GET /", "GET /api/status", "GET /nothing", "POST /api/status"}) {
    const Reply reply = ask(port(), line);
    EXPECT_EQ(reply.headers.at("x-content-type-options"), "nosniff") << line;
    EXPECT_EQ(reply.headers.at("cache-control"), "no-store") << line;
    EXPECT_EQ(reply.headers.at("content-security-policy").find("default-src 'none'"), 0U) << line;
    EXPECT_EQ(reply.headers.at("content-security-policy").find("unsafe"), std::string::npos) << line;
    EXPECT_NE(reply.headers.at("content-security-policy").find("frame-ancestors 'none'"), std::string::npos)
        << line;
    EXPECT_FALSE(reply.headers.contains("access-control-allow-origin")) << line;
  }
}

TEST_F(ConsoleRoutes, AnotherMethodIsRefusedWithWhatIsAllowed) {
  board.show(idle_lane("in-1"));
  start();
  const Reply deleted = ask(port(), "DELETE /api/lanes");
  EXPECT_EQ(deleted.status, 405);
  EXPECT_EQ(deleted.headers.at("allow"), "GET, HEAD");
  const Reply got = ask(port(), "GET /api/lanes/in-1/decisions");
  EXPECT_EQ(got.status, 405);
  EXPECT_EQ(got.headers.at("allow"), "POST");
  EXPECT_EQ(ask(port(), "OPTIONS /api/lanes").status, 405);
  EXPECT_EQ(ask(port(), "BREW /api/lanes").status, 405);
}

TEST_F(ConsoleRoutes, HeadSaysWhatGetWouldWithoutItsBody) {
  start();
  Wire wire(port());
  wire.send(request_text(port(), "HEAD /healthz"));
  const Reply head = read_reply(wire, true);
  EXPECT_EQ(head.status, 200);
  wire.send(request_text(port(), "GET /healthz"));
  const Reply get = read_reply(wire);
  EXPECT_EQ(get.status, 200) << "the connection goes on, and no body stood between";
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(get.body.size()));
  EXPECT_EQ(json::parse(get.body)["status"], "ok");
}

TEST_F(ConsoleRoutes, OneConnectionCarriesManyRequestsAlsoAheadOfTheirAnswers) {
  start();
  Wire wire(port());
  std::string all;
  for (int i = 0; i < 5; ++i) all += request_text(port(), "GET /healthz");
  wire.send(all + request_text(port(), "GET /healthz", {{"Connection", "close"}}));
  for (int i = 0; i < 6; ++i) EXPECT_EQ(read_reply(wire).status, 200) << i;
  EXPECT_EQ(wire.read_to_end(), "");
}

}  // namespace
}  // namespace console_test
