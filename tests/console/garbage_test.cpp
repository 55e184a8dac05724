#include <random>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

class ConsoleGarbage : public House {
 protected:
  void SetUp() override {
    board.show(idle_lane("in-1"));
    console::Limits limits;
    limits.idle = std::chrono::milliseconds(300);
    limits.request = std::chrono::milliseconds(300);
    start(limits);
  }

  void expect_alive() { EXPECT_EQ(ask(port(), "GET /healthz").status, 200); }
};

TEST_F(ConsoleGarbage, WhatIsNoHttpIsRefusedAndNothingStops) {
  for (const std::string text :
       {"\r\n\r\n", "hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost\r\n\r\n", "\x16\x03\x01\x02\x01\xfc\x03\x03", "GET /\x01 HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 18446744073709551617\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n"}) {
    Wire wire(port());
    wire.send(text);
    const std::string answer = wire.read_to_end();
    EXPECT_TRUE(answer.empty() || answer.starts_with("HTTP/1.1 4")) << text << answer.substr(0, 60);
  }
  expect_alive();
}

TEST_F(ConsoleGarbage, RandomBytesAndBrokenRequestsDoNotStopIt) {
  std::mt19937 random(20261122);
  const std::string good =
      request_text(port(), "POST /api/lanes/in-1/decisions",
                   {{"Authorization", "Bearer x"}, {"Content-Type", "application/json"}}, "{}");
  for (int round = 0; round < 300; ++round) {
    std::string text = good;
    if (round % 3 == 0) text.assign(random() % 2000, '\0');
    for (auto changes = random() % 8 + (round % 3 == 0 ? 2000 : 0); changes > 0 && !text.empty(); --changes) {
      text[random() % text.size()] = static_cast<char>(random());
    }
    Wire wire(port());
    ASSERT_TRUE(wire.connected());
    wire.send(text.substr(0, random() % (text.size() + 1)));
  }
  expect_alive();
}

TEST_F(ConsoleGarbage, ABodyBeyondTheLimitIsTooLarge) {
  Headers headers = token(operator_token);
  headers.emplace("Content-Type", "application/json");
  EXPECT_EQ(ask(port(), "POST /api/lanes/in-1/decisions", headers, std::string(65 * 1024, ' ')).status, 413);
  headers.emplace("Content-Length", "99999999999");
  EXPECT_EQ(ask(port(), "POST /api/lanes/in-1/decisions", headers, "{").status, 413);
  Wire chunked(port());
  chunked.send("POST /api/lanes/in-1/decisions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  chunked.send("20000\r\n" + std::string(0x20000, ' ') + "\r\n");
  EXPECT_EQ(read_reply(chunked).status, 413);
  expect_alive();
}

TEST_F(ConsoleGarbage, ABodyOfExactlyTheLimitIsRead) {
  Headers headers = token(operator_token);
  headers.emplace("Content-Type", "application/json");
  EXPECT_EQ(ask(port(), "POST /api/lanes/in-1/decisions", headers, std::string(64 * 1024, ' ')).status, 400);
}

TEST_F(ConsoleGarbage, AHeaderBeyondTheLimitIsTooLarge) {
  EXPECT_EQ(ask(port(), "GET /healthz", {{"X-Long", std::string(17 * 1024, 'x')}}).status, 431);
  EXPECT_EQ(ask(port(), "GET /" + std::string(17 * 1024, 'x')).status, 431);
  expect_alive();
}

TEST_F(ConsoleGarbage, AClientThatDawdlesIsClosed) {
  Wire silent(port()), half(port()), body(port());
  half.send("GET /healthz HTTP/1.1\r\nHost:");
  body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  for (Wire* wire : {&silent, &half, &body}) EXPECT_EQ(wire->read_to_end(), "");
  expect_alive();
}

TEST_F(ConsoleGarbage, PathsLeadNowhereButToTheRoutes) {
  for (const std::string path : {"/page/../server.cpp", "/page/%2e%2e/x", "//", "/api/lanes/",
                                 "/api/lanes/in-1/", "/api/lanes/in-1%00", "/api/pictures/../../etc/passwd",
                                 "/api/lanes/in-1/decisions/x", "/API/lanes"}) {
    EXPECT_EQ(ask(port(), "GET " + path).status, 404) << path;
  }
}

TEST_F(ConsoleGarbage, MoreConnectionsThanAllowedAreClosedAndPlaceComesBack) {
  server.reset();
  console::Limits limits;
  limits.connections = 2;
  start(limits);
  {
    Wire one(port()), two(port());
    for (Wire* wire : {&one, &two}) {
      wire->send(request_text(port(), "GET /healthz"));
      EXPECT_EQ(read_reply(*wire).status, 200);
    }
    Wire three(port());
    EXPECT_EQ(three.read_to_end(), "");
  }
  Reply reply;
  while (reply.status != 200) reply = ask(port(), "GET /healthz");
}

}  // namespace
}  // namespace console_test
