#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleLive : public House {
 protected:
  /// The data of the next event of this name.
  static json next(Wire& wire, const std::string& event) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (;;) {
      const std::string text = wire.read_until("\n\n");
      if (!text.ends_with("\n\n") || std::chrono::steady_clock::now() > end) {
        throw std::runtime_error("the stream had no " + event);
      }
      const std::string head = "event: " + event + "\ndata: ";
      if (text.starts_with(head)) return json::parse(text.substr(head.size()));
    }
  }

  void listen(Wire& wire, const std::string& path = "/api/live") {
    wire.send(request_text(port(), "GET " + path));
    const Reply head = read_reply(wire, true);
    ASSERT_EQ(head.status, 200);
    ASSERT_EQ(head.headers.at("content-type"), "text/event-stream");
  }
};

TEST_F(ConsoleLive, AListenerHearsAtOnceHowEverythingStands) {
  board.show(idle_lane("in-1"));
  board.show(referred_lane("out-1"));
  start();
  Wire wire(port());
  listen(wire);
  EXPECT_EQ(next(wire, "link")["mode"], "online");
  EXPECT_EQ(next(wire, "lane")["lane"], "in-1");
  EXPECT_EQ(next(wire, "lane")["state"], "referred");
}

TEST_F(ConsoleLive, AChangeOfALaneReachesEveryListener) {
  board.show(idle_lane("out-1"));
  start();
  Wire one(port()), two(port());
  listen(one);
  listen(two);
  EXPECT_EQ(next(one, "lane")["state"], "idle");
  EXPECT_EQ(next(two, "lane")["state"], "idle");
  board.show(referred_lane("out-1"));
  for (Wire* wire : {&one, &two}) {
    json lane = next(*wire, "lane");
    while (lane["state"] == "idle") lane = next(*wire, "lane");
    EXPECT_EQ(lane["explained"][0]["reason"], "container_unsure");
    EXPECT_EQ(next(*wire, "passage")["id"], "01KAE0000000000000000000R1");
  }
}

TEST_F(ConsoleLive, APassageThatLeftItsLaneIsToldAsTheLedgerHasIt) {
  ports::LaneView view = referred_lane("out-1");
  board.show(view);
  start();
  Wire wire(port());
  listen(wire);
  next(wire, "lane");
  core::PassageRecord record = view.passage;
  record.ending = core::Ending::passed;
  record.decision = core::Decision::grant;
  ledger.add(record);
  board.show(idle_lane("out-1"));
  json passage = next(wire, "passage");
  while (passage["ending"] == "open") passage = next(wire, "passage");
  EXPECT_EQ(passage["ending"], "passed");
  EXPECT_EQ(passage["id"], record.id);
}

TEST_F(ConsoleLive, AnEndThatTheJournalHasOnlyLaterIsToldThen) {
  ports::LaneView view = referred_lane("out-1");
  board.show(view);
  ledger.add(view.passage);
  start();
  Wire wire(port());
  listen(wire);
  board.show(idle_lane("out-1"));
  while (next(wire, "lane")["state"] != "idle") continue;
  core::PassageRecord record = view.passage;
  record.ending = core::Ending::backed_out;
  ledger.add(record);
  json passage = next(wire, "passage");
  while (passage["ending"] == "open") passage = next(wire, "passage");
  EXPECT_EQ(passage["ending"], "backed_out");
}

TEST_F(ConsoleLive, AChangeOfTheLinkIsTold) {
  start();
  Wire wire(port());
  listen(wire);
  EXPECT_EQ(next(wire, "link")["link"]["link"], "up");
  ports::LinkReport report;
  report.link = core::LinkState::down;
  report.standing.mode = core::Mode::backup;
  ledger.set(report);
  json link = next(wire, "link");
  while (link["link"]["link"] == "up") link = next(wire, "link");
  EXPECT_EQ(link["mode"], "backup");
}

TEST_F(ConsoleLive, AQuietStreamBeats) {
  console::Limits limits;
  limits.heartbeat = std::chrono::milliseconds(20);
  start(limits);
  Wire wire(port());
  listen(wire, "/api/live");
  EXPECT_TRUE(wire.read_until(": still here\n\n").ends_with(": still here\n\n"));
  EXPECT_TRUE(wire.read_until(": still here\n\n").ends_with(": still here\n\n"));
}

TEST_F(ConsoleLive, ASlowClientIsDroppedAndTheOthersGoOn) {
  console::Limits limits;
  limits.live_events = 8;
  board.show(idle_lane("in-1"));
  start(limits);
  Wire slow(port(), 4096), good(port());
  listen(slow);
  listen(good);
  ports::LaneView large = idle_lane("in-1");
  large.trouble = std::string(300'000, 'x');
  bool dropped = false;
  for (int i = 1; i <= 500 && !dropped; ++i) {
    large.revision = i;
    board.show(large);
    while (next(good, "lane")["revision"] != i) continue;
    dropped = ask(port(), "GET /metrics").body.find("gatehouse_console_live_dropped 1") != std::string::npos;
  }
  EXPECT_TRUE(dropped);
  const std::string rest = slow.read_to_end();
  EXPECT_LT(rest.size(), 300'000U * 40) << "what waits for one client is bounded";
  large.trouble = "still served";
  board.show(large);
  while (next(good, "lane")["trouble"] != "still served") continue;
}

TEST_F(ConsoleLive, OnlySoManyMayListen) {
  console::Limits limits;
  limits.live_clients = 2;
  limits.heartbeat = std::chrono::milliseconds(20);
  start(limits);
  Wire one(port());
  listen(one);
  {
    Wire two(port());
    listen(two);
    const Reply third = ask(port(), "GET /api/live");
    EXPECT_EQ(third.status, 503);
    EXPECT_EQ(third.headers.at("retry-after"), "5");
  }
  Reply again{503, {}, {}};
  while (again.status == 503) {  // until the heartbeat has found that the second is gone
    Wire wire(port());
    wire.send(request_text(port(), "GET /api/live"));
    again = read_reply(wire, true);
  }
  EXPECT_EQ(again.status, 200);
}

TEST_F(ConsoleLive, HeadDoesNotListen) {
  console::Limits limits;
  limits.live_clients = 0;
  start(limits);
  Wire wire(port());
  wire.send(request_text(port(), "HEAD /api/live"));
  EXPECT_EQ(read_reply(wire, true).status, 200);
}

TEST_F(ConsoleLive, StoppingEndsTheStreams) {
  start();
  Wire wire(port());
  listen(wire);
  next(wire, "link");
  server->stop();
  wire.read_to_end();
  EXPECT_TRUE(wire.closed());
}

TEST_F(ConsoleLive, TheWatchdogSeesProgress) {
  clock.advance(std::chrono::seconds(5));
  start();
  EXPECT_EQ(server->last_progress(), clock.now().steady);
  clock.advance(std::chrono::seconds(60));
  while (server->last_progress() != clock.now().steady) std::this_thread::yield();
}

}  // namespace
}  // namespace console_test
