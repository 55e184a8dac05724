#include <nlohmann/json.hpp>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

using nlohmann::json;

class ConsoleBackup : public House {
 protected:
  Reply bring(const std::string& token_of, const std::string& bytes,
              const std::string& line = "POST /api/backup") {
    return ask(port(), line, token(token_of), bytes);
  }
};

std::string large_file(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 % 251);
  return bytes;
}

TEST_F(ConsoleBackup, AFileOfMegabytesComesThroughByteForByteAndPieceByPiece) {
  ports::BackupReport report;
  report.epoch = 4;
  report.sequence = 17;
  backups.answer(report);
  start();
  const std::string file = large_file(3'000'017);
  const Reply reply = bring(supervisor_token, file);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(json::parse(reply.body)["sequence"], 17);
  EXPECT_EQ(backups.taken(), file);
  EXPECT_EQ(backups.by(), "bob");
  EXPECT_GT(backups.pieces(), 10);
}

TEST_F(ConsoleBackup, OnlyASupervisorBringsOneAndNobodyElsesBytesAreRead) {
  start();
  for (const char* line : {"POST /api/backup", "POST /api/backup/inspect"}) {
    EXPECT_EQ(ask(port(), line, {}, "x\n").status, 401) << line;
    for (const char* other : {operator_token, technician_token, auditor_token})
      EXPECT_EQ(bring(other, "x\n", line).status, 403) << line;
  }
  EXPECT_EQ(backups.pieces(), 0);
  EXPECT_EQ(ask(control(), "POST /api/backup", {}, "x\n").status, 200);
  EXPECT_EQ(backups.by().substr(0, 4), "uid:");
}

TEST_F(ConsoleBackup, OneThatNeedsASecondPersonIsOnlyTakenNoteOf) {
  ports::BackupReport report;
  report.second_person_needed = true;
  backups.answer(report);
  start();
  const Reply reply = bring(supervisor_token, "line\n");
  EXPECT_EQ(reply.status, 202);
  EXPECT_EQ(json::parse(reply.body)["secondPersonNeeded"], true);
  EXPECT_TRUE(backups.is_named());
  ask(control(), "POST /api/backup", {}, "x\n");
  EXPECT_FALSE(backups.is_named()) << "an account of the machine may be anybody's";
}

TEST_F(ConsoleBackup, InspectingIsNoImport) {
  ports::BackupReport report;
  report.refusal = "older";
  backups.answer(report);
  start();
  const Reply reply = bring(supervisor_token, "line\n", "POST /api/backup/inspect");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json::parse(reply.body)["refusal"], "older");
  EXPECT_EQ(backups.taken(), "line\n");
  EXPECT_EQ(backups.by(), "");
}

TEST_F(ConsoleBackup, ARefusalSaysWhyAndWhatKindItIs) {
  start();
  const std::map<core::Fault, int> statuses = {{core::Fault::refused, 409},
                                               {core::Fault::corrupt, 422},
                                               {core::Fault::malformed, 400},
                                               {core::Fault::broken, 503}};
  for (const auto& [fault, status] : statuses) {
    backups.answer(core::fail(fault, "line 3: torn"));
    const Reply reply = bring(supervisor_token, "x\n");
    EXPECT_EQ(reply.status, status);
    EXPECT_EQ(json::parse(reply.body)["what"], "line 3: torn");
  }
}

TEST_F(ConsoleBackup, AFileLargerThanAllowedIsRefusedBeforeItIsRead) {
  console::Limits limits;
  limits.upload_bytes = 1000;
  start(limits);
  const Reply told = bring(supervisor_token, large_file(1001));
  EXPECT_EQ(told.status, 413);
  EXPECT_NE(told.body.find("at most 1000 bytes"), std::string::npos);
  EXPECT_EQ(backups.pieces(), 0);
  EXPECT_EQ(bring(supervisor_token, large_file(1000)).status, 200);
}

TEST_F(ConsoleBackup, AFileThatDoesNotSayItsLengthIsCutOffAtTheSameLimit) {
  console::Limits limits;
  limits.upload_bytes = 1000;
  start(limits);
  Headers headers = token(supervisor_token);
  headers.emplace("Transfer-Encoding", "chunked");
  Wire wire(port());
  wire.send(request_text(port(), "POST /api/backup", headers) + "258\r\n" + std::string(600, 'x') +
            "\r\n258\r\n" + std::string(600, 'x') + "\r\n0\r\n\r\n");
  const Reply reply = read_reply(wire);
  EXPECT_EQ(reply.status, 409);
  EXPECT_NE(reply.body.find("at most 1000 bytes"), std::string::npos);
  EXPECT_EQ(backups.taken(), "");
}

TEST_F(ConsoleBackup, OtherRoutesStillTakeNoMoreThanTheyDid) {
  board.show(referred_lane("out-1"));
  start();
  Headers headers = token(supervisor_token);
  headers.emplace("Content-Type", "application/json");
  EXPECT_EQ(ask(port(), "POST /api/lanes/out-1/decisions", headers, std::string(65'537, ' ')).status, 413);
  EXPECT_EQ(ask(port(), "POST /api/backup/other", headers, std::string(65'537, ' ')).status, 413);
}

TEST_F(ConsoleBackup, ADiskThatIsFullIsToldAtOnceAndTheConsoleGoesOn) {
  start();
  backups.fail_at(600'000);
  const Reply reply = bring(supervisor_token, large_file(1'500'000));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(json::parse(reply.body)["what"], "the disk is full");
  EXPECT_EQ(ask(port(), "GET /healthz").status, 200);
}

TEST_F(ConsoleBackup, AClientThatAsksFirstIsGivenLeaveAndOneThatMayNotIsTurnedAwayUnread) {
  start();
  Headers headers = token(supervisor_token);
  headers.emplace("Expect", "100-continue");
  headers.emplace("Content-Length", "5");
  Wire wire(port());
  wire.send(request_text(port(), "POST /api/backup", headers));
  EXPECT_EQ(wire.read_until("\r\n\r\n").substr(0, 12), "HTTP/1.1 100");
  wire.send("line\n");
  EXPECT_EQ(read_reply(wire).status, 200);
  headers["Authorization"] = "Bearer " + std::string(operator_token);
  Wire other(port());
  other.send(request_text(port(), "POST /api/backup", headers));
  EXPECT_EQ(read_reply(other).status, 403);
}

TEST_F(ConsoleBackup, AClientThatGoesAwayHalfwayLeavesNothing) {
  start();
  {
    Headers headers = token(supervisor_token);
    headers.emplace("Content-Length", "1000000");
    Wire wire(port());
    wire.send(request_text(port(), "POST /api/backup", headers) + large_file(300'000));
  }
  EXPECT_EQ(bring(supervisor_token, "line\n").status, 200);
  EXPECT_EQ(backups.taken(), "line\n");
}

TEST_F(ConsoleBackup, AConnectionGoesOnAfterAFile) {
  start();
  Wire wire(port());
  wire.send(request_text(port(), "POST /api/backup", token(supervisor_token), "line\n") +
            request_text(port(), "GET /healthz"));
  EXPECT_EQ(read_reply(wire).status, 200);
  EXPECT_EQ(json::parse(read_reply(wire).body)["status"], "ok");
}

}  // namespace
}  // namespace console_test
