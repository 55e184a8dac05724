#include "gate/console/control_socket.hpp"

#include <fstream>

#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ControlSocket : public House {
 protected:
  std::string own_name() const { return "uid:" + std::to_string(::getuid()); }
};

TEST_F(ControlSocket, ServesTheSameRoutesToItsOwnUserByName) {
  board.show(referred_lane("out-1"));
  ledger.add(ended_passage("01B", "in-1"));
  start();
  EXPECT_EQ(json::parse(ask(control(), "GET /api/status").body)["site"], "K913");
  EXPECT_EQ(json::parse(ask(control(), "GET /api/person").body)["name"], own_name());
  EXPECT_EQ(ask(control(), "GET /api/passages/01B/cases").status, 200);
  const Reply reply =
      ask(control(), "POST /api/lanes/out-1/decisions", {{"Content-Type", "application/json"}},
          R"({"passage":"01KAE0000000000000000000R1","revision":7,"action":"deny"})");
  EXPECT_EQ(reply.status, 200);
  ASSERT_EQ(desk.asked().size(), 1U);
  EXPECT_EQ(desk.asked()[0].by, own_name());
  EXPECT_FALSE(desk.asked()[0].named);
}

TEST_F(ControlSocket, ATokenNamesThePersonAlsoHere) {
  start();
  EXPECT_EQ(json::parse(ask(control(), "GET /api/person", token(auditor_token)).body)["name"], "eve");
  EXPECT_EQ(ask(control(), "GET /api/person", token("nobodys-token-000001")).status, 401);
}

TEST_F(ControlSocket, IsForItsOwnerAndGroupAlone) {
  start();
  struct stat status {};
  ASSERT_EQ(::lstat(control().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0660U);
  EXPECT_TRUE(S_ISSOCK(status.st_mode));
}

TEST_F(ControlSocket, AStrangerIsClosedWithoutAWord) {
  if (::getuid() != 0) GTEST_SKIP() << "only root can become a stranger";
  start();
  // The file's mode keeps strangers out already; what is shown here is that the daemon does too.
  ::chmod(control().c_str(), 0666);
  std::filesystem::permissions(folder, std::filesystem::perms::all);
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(3);
    Wire wire(control());
    if (!wire.connected()) ::_exit(4);
    wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    ::_exit(wire.read_to_end().empty() ? 0 : 5);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ControlSocket, WhatADeadDaemonLeftIsReplaced) {
  {
    asio::io_context context;
    auto left = console::listen_on(control(), context.get_executor());
    ASSERT_TRUE(left);
  }
  ASSERT_TRUE(std::filesystem::exists(control()));
  start();
  EXPECT_EQ(ask(control(), "GET /healthz").status, 200);
}

TEST_F(ControlSocket, ALivingDaemonsSocketIsLeftAlone) {
  start();
  console::Server second(options, asked());
  const auto started = second.start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().fault, core::Fault::refused);
  second.stop();
  EXPECT_EQ(ask(control(), "GET /healthz").status, 200);
}

TEST_F(ControlSocket, AnythingElseUnderItsNameIsLeftAlone) {
  std::ofstream(control()) << "precious";
  console::Server refused(options, asked());
  EXPECT_FALSE(refused.start());
  std::string text;
  std::ifstream(control()) >> text;
  EXPECT_EQ(text, "precious");
}

TEST_F(ControlSocket, IsRemovedWhenTheDaemonStops) {
  start();
  server->stop();
  EXPECT_FALSE(std::filesystem::exists(control()));
}

}  // namespace
}  // namespace console_test
