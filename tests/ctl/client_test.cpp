#include "gate/ctl/client.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/ctl/commands.hpp"
#include "gate/ctl/event_stream.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using ctl_test::TinyServer;
using testing::AllOf;
using testing::HasSubstr;

const std::string status =
    R"({"site":"ANT1","version":"0.1.0","now":"2026-11-22T14:05:09.123Z","clockTrusted":true,)"
    R"("mode":"backup","dataAgeMs":840000,"link":{"link":"down","standing":{"mode":"backup",)"
    R"("dataAsOf":"2026-11-22T13:51:09.123Z","reconciling":false},"epoch":1,"sequence":42,"behind":0,)"
    R"("outbox":3,"parkedIn":0,"parkedOut":1,"refused":2,"rights":7},"lanes":[{"lane":"in-1",)"
    R"("direction":"entry","state":"idle","trouble":""},{"lane":"out-10","direction":"exit",)"
    R"("state":"faulted","trouble":"barrier: no answer"}],"newKey":{"of":"a later daemon"}})";

TEST(Client, TheBodyOfAGetComesBack) {
  const TinyServer server({{"/api/status", {200, "hello"}}});
  EXPECT_EQ(ctl::Client(server.socket()).get("/api/status"), "hello");
}

TEST(Client, WithoutADaemonTheErrorNamesTheSocketAndHowToStartIt) {
  const auto answer = ctl::Client("/nowhere/control.sock").get("/api/status");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().fault, core::Fault::broken);
  EXPECT_THAT(answer.error().what, AllOf(HasSubstr("/nowhere/control.sock: there is none"),
                                         HasSubstr("systemctl start gatehoused"), HasSubstr("--socket")));
}

TEST(Client, ASocketThatADeadDaemonLeftBehindIsToldApart) {
  const TinyServer server({});
  const std::filesystem::path left = server.socket().parent_path() / "left.sock";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  left.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ::close(made);
  EXPECT_THAT(ctl::Client(left).get("/").error().what, HasSubstr("nobody listens"));
}

TEST(Client, TheDaemonsOwnErrorIsHandedOn) {
  const TinyServer server(
      {{"/api/x", {404, R"({"error":"not_found","what":"no such passage"})"}}, {"/api/y", {500, "<html>"}}});
  const auto error = ctl::Client(server.socket()).get("/api/x").error();
  EXPECT_EQ(error.fault, core::Fault::not_found);
  EXPECT_EQ(error.what, "no such passage");
  EXPECT_EQ(ctl::Client(server.socket()).get("/api/y").error().what, "the daemon answered with status 500");
}

TEST(Status, IsShownForPeople) {
  const TinyServer server({{"/api/status", {200, status}}});
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::status_command(ctl::Client(server.socket()), false, {out, err}), 0) << err.str();
  EXPECT_EQ(out.str(),
            "site    ANT1, gatehoused 0.1.0\n"
            "clock   trusted\n"
            "mode    backup, data 14min old\n"
            "link    down, epoch 1, sequence 42 (0 behind), 7 rights\n"
            "events  3 without a receipt, 1 refused by the platform\n"
            "inbound 0 changes parked, 2 messages refused\n"
            "lane    in-1    entry  idle\n"
            "lane    out-10  exit   faulted: barrier: no answer\n");
}

TEST(Status, SaysWhereTheJournalIsDamaged) {
  std::string damaged = status;
  damaged.insert(damaged.find(R"("rights":7)"), R"("journalSound":false,)");
  const TinyServer server({{"/api/status", {200, damaged}}});
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::status_command(ctl::Client(server.socket()), false, {out, err}), 0) << err.str();
  EXPECT_THAT(out.str(), HasSubstr("journal damaged"));
}

TEST(Status, IsHandedOnForMachines) {
  const TinyServer server({{"/api/status", {200, status}}});
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::status_command(ctl::Client(server.socket()), true, {out, err}), 0);
  EXPECT_EQ(out.str(), status + "\n");
}

TEST(Status, AnAnswerThatIsNoStatusIsAnErrorThatSaysWhere) {
  const TinyServer server({{"/api/status", {200, R"({"site":"ANT1"})"}}});
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::status_command(ctl::Client(server.socket()), false, {out, err}), 1);
  EXPECT_EQ(err.str(), "the daemon's status: version: missing\n");
}

TEST(EventStream, EventsComeOutWhateverThePieces) {
  const std::string text =
      ": hello\nevent: lane\ndata: {\ndata: }\n\nid: 7\r\nevent:passage\r\ndata:x\r\n\r\ndata: y\n\nevent: "
      "none\n\n";
  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    ctl::EventStream stream;
    std::vector<ctl::ServerEvent> events;
    for (std::size_t at = 0; at < text.size(); at += piece) {
      for (auto& event : stream.feed(std::string_view(text).substr(at, piece))) events.push_back(event);
    }
    ASSERT_EQ(events.size(), 3U) << piece;
    EXPECT_EQ(events[0].name, "lane");
    EXPECT_EQ(events[0].data, "{\n}");
    EXPECT_EQ(events[1].name, "passage");
    EXPECT_EQ(events[1].data, "x");
    EXPECT_EQ(events[2].name, "message");
    EXPECT_EQ(events[2].data, "y");
  }
}

TEST(Models, TheNamedFolderWinsThenTheInstalledOneThenTheSourceTree) {
  EXPECT_EQ(ctl::models_folder("/some/models", "/usr/bin/gatectl"), "/some/models");
  const TinyServer server({});
  const std::filesystem::path root = server.socket().parent_path();
  std::filesystem::create_directories(root / "share/gatehouse/models");
  EXPECT_EQ(ctl::models_folder(nullptr, root / "bin/gatectl"), root / "share/gatehouse/models");
  EXPECT_EQ(ctl::models_folder("", root / "other/bin/gatectl"), GATEHOUSE_SOURCE "/drivers/reader/models");
}

}  // namespace
