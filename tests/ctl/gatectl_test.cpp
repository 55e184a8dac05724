// The program itself, as terminal IT runs it.
#include <array>
#include <cstdio>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include "gate/casefile/case.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using testing::AllOf;
using testing::HasSubstr;

struct Outcome {
  int code;
  std::string text;  // standard output and standard error together
};

Outcome gatectl(const std::string& arguments) {
  FILE* pipe = ::popen((std::string(GATEHOUSE_BIN) + "/gatectl " + arguments + " 2>&1").c_str(), "r");
  Outcome outcome{-1, ""};
  std::array<char, 4096> part{};
  for (std::size_t count = 1; count > 0;) {
    count = std::fread(part.data(), 1, part.size(), pipe);
    outcome.text.append(part.data(), count);
  }
  const int status = ::pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

TEST(Gatectl, ChecksAConfigurationAndFailsWithEveryMistake) {
  const Outcome outcome = gatectl("config check " GATEHOUSE_SOURCE "/tests/config/mistakes.toml");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("mistakes.toml:4: site.terminal: "),
                                  HasSubstr("mistakes.toml:54: lane.name: ")));
}

TEST(Gatectl, ChecksWhatTheFilesOfAConfigurationHold) {
  const ctl_test::TinyServer server({});
  const std::filesystem::path folder = server.socket().parent_path();
  std::ifstream example(GATEHOUSE_SOURCE "/config/demo.toml");
  std::string text((std::istreambuf_iterator<char>(example)), std::istreambuf_iterator<char>());
  for (const std::string named : {"../build/demo-state", "../drivers/reader"})
    for (std::size_t at = 0; (at = text.find(named, at)) != text.npos;)
      text.replace(at, named.size(), folder.string());
  std::filesystem::create_directory(folder / "models");
  std::ofstream(folder / "tokens") << "ann operator too-short\n";
  std::filesystem::permissions(folder / "tokens", std::filesystem::perms(0600));
  std::ofstream(folder / "gate.toml") << text;
  const Outcome outcome = gatectl("config check " + (folder / "gate.toml").string());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.text, AllOf(HasSubstr("console.tokens: "), HasSubstr("tokens:1: a token has at least"),
                                  HasSubstr("site.models: "), HasSubstr("line-detector.onnx")));
}

TEST(Gatectl, ShowsAConfigurationOrItsMistakes) {
  const Outcome outcome = gatectl("config show " GATEHOUSE_SOURCE "/tests/config/mistakes.toml");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.text, HasSubstr("mistakes.toml:54: lane.name: "));
}

TEST(Gatectl, ExplainsACaseWithoutADaemon) {
  const ctl_test::TinyServer server({});
  const std::filesystem::path file = server.socket().parent_path() / "case.json";
  std::ofstream(file) << casefile::write(casefile::Case{});
  for (const std::string& arguments :
       {"explain --case " + file.string(), "explain --case - < " + file.string()}) {
    const Outcome outcome = gatectl(arguments);
    EXPECT_EQ(outcome.code, 0) << outcome.text;
    EXPECT_THAT(outcome.text, HasSubstr("\"verdict\": {"));
  }
}

TEST(Gatectl, SaysWhichSocketItTried) {
  EXPECT_THAT(gatectl("status --socket /nowhere/s").text,
              HasSubstr("control socket /nowhere/s: there is none"));
  EXPECT_THAT(gatectl("passages --socket /nowhere/s").text,
              HasSubstr("control socket /nowhere/s: there is none"));
  const ctl_test::TinyServer server({{"/api/passages?limit=3", {200, "[]"}}});
  EXPECT_EQ(gatectl("passages --json --limit 3 --socket " + server.socket().string()).code, 0);
}

TEST(Gatectl, ACommandLineThatMeansNothingIsRefusedWithWhatIsAllowed) {
  EXPECT_NE(gatectl("").code, 0);
  EXPECT_NE(gatectl("open --lane in-1").code, 0);
  EXPECT_THAT(gatectl("passages --limit 501").text, HasSubstr("not in range 1 to 500"));
  EXPECT_NE(gatectl("explain").code, 0);
  EXPECT_NE(gatectl("explain --case a --passage b").code, 0);
  EXPECT_NE(gatectl("camera judge").code, 0);
  EXPECT_THAT(gatectl("camera judge in-1 --pictures 21").text, HasSubstr("not in range 1 to 20"));
  EXPECT_NE(gatectl("read --region 0.1,0.2 x.jpg").code, 0);
}

TEST(Gatectl, ReadsARegionAsItIsGiven) {
  EXPECT_THAT(gatectl("read --region 0.5,0,0.6,1 x.jpg").text,
              HasSubstr("--region: reaches beyond the right edge"));
  EXPECT_THAT(gatectl("read --region 0.5,0,0.5,1 x.jpg y.jpg z.jpg").text,
              AllOf(HasSubstr("{\"file\":\"x.jpg\",\"error\":\"no such file\"}"), HasSubstr("y.jpg"),
                    HasSubstr("z.jpg")));
}

TEST(Gatectl, HelpNamesEveryCommand) {
  const Outcome outcome = gatectl("--help");
  EXPECT_EQ(outcome.code, 0);
  for (const char* command : {"status", "passages", "explain", "config", "read", "backup", "sync", "outbox",
                              "findings", "camera"}) {
    EXPECT_THAT(outcome.text, HasSubstr(command));
  }
}

TEST(Gatectl, BringsABackupFileToTheDaemonAndListsWhatTheLinkLeft) {
  const ctl_test::TinyServer server(
      {{"/api/backup",
        {200, R"({"epoch":1,"sequence":3,"sourceAsOf":"2026-11-22T14:05:09.123Z","count":2,"parts":1})"}},
       {"/api/backup/inspect", {200, R"({"epoch":1})"}},
       {"/api/sync/parked?limit=50", {200, R"({"total":0,"changes":[]})"}},
       {"/api/findings?limit=50", {200, R"({"total":0,"findings":[]})"}},
       {"/api/outbox?limit=7", {200, R"({"last":0})"}}});
  const std::string socket = " --socket " + server.socket().string();
  const std::filesystem::path file = server.socket().parent_path() / "x.gatebackup";
  std::ofstream(file) << "line\n";
  EXPECT_THAT(gatectl("backup import " + file.string() + socket).text,
              HasSubstr("taken over, epoch 1, sequence 3"));
  EXPECT_EQ(gatectl("backup inspect " + file.string() + socket).text, "{\"epoch\":1}\n");
  EXPECT_EQ(gatectl("sync parked" + socket).text, "0 changes parked\n");
  EXPECT_THAT(gatectl("findings" + socket).text, HasSubstr("0 grants"));
  EXPECT_EQ(gatectl("outbox --json --limit 7" + socket).text, "{\"last\":0}\n");
  for (const char* wrong : {"backup", "backup import", "sync", "outbox --limit 0"})
    EXPECT_NE(gatectl(wrong).code, 0);
}

TEST(Gatectl, APictureThatIsNoneIsToldAndFails) {
  const Outcome outcome = gatectl("read /nowhere/picture.jpg");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.text, HasSubstr("/nowhere/picture.jpg"));
}

}  // namespace
