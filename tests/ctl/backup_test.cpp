#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/ctl/commands.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using ctl_test::Answer;
using ctl_test::Outcome;
using ctl_test::TinyServer;
using testing::HasSubstr;

const std::string report =
    R"({"terminal":"T869","env":"uat","ulid":"01","epoch":1,"sequence":42,"issuedAt":"2026-11-22T14:05:09.123Z",)"
    R"("sourceAsOf":"2026-11-22T14:05:00.000Z","count":7,"parts":2,"bytes":9,"encryptedTo":"t1","signedBy":"p1"})";

int import(const ctl::Client& client, const std::filesystem::path& file, ctl::Streams streams) {
  return ctl::backup_import_command(client, file, {}, streams);
}

class BackupCommand : public testing::Test {
 protected:
  std::filesystem::path file(const TinyServer& server, const std::string& text) {
    const std::filesystem::path path = server.socket().parent_path() / "x.gatebackup";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  template <class Command>
  Outcome carry_out(Command command, const TinyServer& server, const std::filesystem::path& path) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = command(ctl::Client(server.socket()), path, ctl::Streams{out, err});
    return {code, out.str(), err.str()};
  }
};

TEST_F(BackupCommand, SendsTheFileByteForByteAndSaysWhatWasTakenOver) {
  std::string bytes(2'000'003, 'x');  // more than libcurl sends without asking first
  bytes[1'000'000] = '\0';
  const TinyServer server({{"/api/backup", {200, report}}});
  const auto path = file(server, bytes);
  const Outcome outcome = carry_out(import, server, path);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            path.string() +
                ": taken over, epoch 1, sequence 42, data as of 2026-11-22T14:05:00.000Z, 7 changes "
                "in 2 parts\n");
  EXPECT_EQ(server.body(), bytes);
}

TEST_F(BackupCommand, InspectHandsOnTheDaemonsReport) {
  const TinyServer server({{"/api/backup/inspect", {200, report}}});
  EXPECT_EQ(carry_out(ctl::backup_inspect_command, server, file(server, "x\n")).out, report + "\n");
}

TEST_F(BackupCommand, ARefusalNamesTheFileAndTheDaemonsReason) {
  const TinyServer server(
      {{"/api/backup", {409, R"({"error":"refused","what":"older than \u001b[31mthe replica"})"}}});
  const auto path = file(server, "x\n");
  const Outcome outcome = carry_out(import, server, path);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, path.string() + ": older than ?[31mthe replica\n") << "nothing acts on the terminal";
}

TEST_F(BackupCommand, AFileThatCannotBeReadNeverReachesTheDaemon) {
  const TinyServer server({});
  const Outcome outcome = carry_out(import, server, "/nowhere/x.gatebackup");
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("/nowhere/x.gatebackup: cannot be read"));
  EXPECT_EQ(carry_out(import, server, server.socket().parent_path()).code, 1);
  EXPECT_TRUE(server.asked().empty());
}

TEST_F(BackupCommand, WithoutADaemonTheErrorNamesTheSocket) {
  const TinyServer server({});
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(ctl::backup_inspect_command(ctl::Client("/nowhere/s"), file(server, "x\n"), {out, err}), 1);
  EXPECT_THAT(err.str(), HasSubstr("control socket /nowhere/s: there is none"));
}

}  // namespace
