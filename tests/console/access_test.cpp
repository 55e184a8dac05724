#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

class ConsoleAccess : public House {
 protected:
  void SetUp() override {
    board.show(referred_lane("out-1"));
    ledger.add(ended_passage("01B", "in-1"));
  }

  /// A decision that is in order, but for the headers.
  Reply decide(Headers headers) {
    headers.emplace("Content-Type", "application/json");
    return ask(port(), "POST /api/lanes/out-1/decisions", headers,
               R"({"passage":"01KAE0000000000000000000R1","revision":7,"action":"deny"})");
  }
};

TEST_F(ConsoleAccess, WithoutATokenNobodyDecides) {
  start();
  const Reply reply = decide({});
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(reply.headers.at("www-authenticate"), "Bearer");
  EXPECT_TRUE(desk.asked().empty());
}

TEST_F(ConsoleAccess, ATokenThatIsNobodysIsRefusedEverywhere) {
  start();
  for (const std::string value :
       {"Bearer operator-token-0002", "Bearer ", "Basic YW5uOng=", "operator-token-0001",
        "Bearer operator-token-000", "bearer operator-token-0001 x"}) {
    EXPECT_EQ(decide({{"Authorization", value}}).status, 401) << value;
  }
  EXPECT_EQ(ask(port(), "GET /api/status", token("wrong-token-00000001")).status, 401);
}

TEST_F(ConsoleAccess, OnlyOperatorAndSupervisorDecide) {
  start();
  EXPECT_EQ(decide(token(technician_token)).status, 403);
  EXPECT_EQ(decide(token(auditor_token)).status, 403);
  EXPECT_TRUE(desk.asked().empty());
  EXPECT_EQ(decide(token(operator_token)).status, 200);
  EXPECT_EQ(decide(token(supervisor_token)).status, 200);
  ASSERT_EQ(desk.asked().size(), 2U);
  EXPECT_EQ(desk.asked()[0].by, "ann");
  EXPECT_EQ(desk.asked()[1].by, "bob");
}

TEST_F(ConsoleAccess, WithoutTokensNobodyDecidesOverHttp) {
  options.tokens = {};
  start();
  EXPECT_EQ(decide(token(operator_token)).status, 401);
}

TEST_F(ConsoleAccess, CasesAndTheAuditLogAreForSupervisorsAndAuditorsAlone) {
  start();
  for (const char* line : {"GET /api/passages/01B/cases", "GET /api/audit/log", "GET /api/audit/leaves"}) {
    EXPECT_EQ(ask(port(), line).status, 401);
    EXPECT_EQ(ask(port(), line, token(operator_token)).status, 403);
    EXPECT_EQ(ask(port(), line, token(technician_token)).status, 403);
    EXPECT_EQ(ask(port(), line, token(supervisor_token)).status, 200);
    EXPECT_EQ(ask(port(), line, token(auditor_token)).status, 200);
  }
}

TEST_F(ConsoleAccess, ATokenTellsWhoseItIs) {
  start();
  EXPECT_EQ(ask(port(), "GET /api/person").status, 401);
  const auto person = nlohmann::json::parse(ask(port(), "GET /api/person", token(operator_token)).body);
  EXPECT_EQ(person["name"], "ann");
  EXPECT_EQ(person["role"], "operator");
}

TEST_F(ConsoleAccess, ANameThatWasMadeToPointAtUsIsTurnedAway) {
  start();
  const std::string number = std::to_string(port());
  for (const std::string& host :
       {std::string("evil.example"), "evil.example:" + number, std::string("127.0.0.1:1"),
        std::string("127.0.0.1"), "127.0.0.1:" + number + "0", "localhost.evil.example:" + number,
        "0.0.0.0:" + number, "127.0.0.1:" + number + "@evil.example"}) {
    const Reply reply = ask(port(), "GET /api/status", {{"Host", host}});
    EXPECT_TRUE(reply.status == 421 || reply.status == 400) << host << " " << reply.status;
    EXPECT_EQ(reply.body.find("K913"), std::string::npos) << host;
  }
  for (const std::string name : {"127.0.0.1:", "localhost:", "[::1]:"}) {
    EXPECT_EQ(ask(port(), "GET /api/status", {{"Host", name + number}}).status, 200) << name;
  }
}

TEST_F(ConsoleAccess, ARequestNamesItsHostExactlyOnce) {
  start();
  EXPECT_EQ(ask(port(), "GET /api/status", {{"Host", ""}}).status, 400);
  const std::string own = "127.0.0.1:" + std::to_string(port());
  EXPECT_EQ(ask(port(), "GET /api/status", {{"Host", own + "\r\nHost: evil.example"}}).status, 400);
}

TEST_F(ConsoleAccess, APageOfAnotherOriginIsRefusedEvenWithAToken) {
  start();
  const std::string number = std::to_string(port());
  for (const std::string& origin :
       {std::string("http://evil.example"), std::string("null"), "https://127.0.0.1:" + number,
        std::string("http://127.0.0.1:1"), "http://localhost:" + number}) {
    Headers headers = token(operator_token);
    headers.emplace("Origin", origin);
    EXPECT_EQ(decide(headers).status, 403) << origin;
    EXPECT_EQ(ask(port(), "GET /api/lanes", {{"Origin", origin}}).status, 403) << origin;
  }
  EXPECT_TRUE(desk.asked().empty());
  Headers own = token(operator_token);
  own.emplace("Origin", "http://127.0.0.1:" + number);
  EXPECT_EQ(decide(own).status, 200);
}

TEST_F(ConsoleAccess, OnlyTheLoopbackIsBound) {
  for (const std::string host : {"0.0.0.0", "::", "192.0.2.1", "example.org", ""}) {
    console::Options other = options;
    other.host = host;
    other.control_socket.clear();
    console::Server refused(other, asked());
    const auto started = refused.start();
    ASSERT_FALSE(started) << host;
    EXPECT_EQ(started.error().fault, core::Fault::refused) << host;
  }
}

}  // namespace
}  // namespace console_test
