// The badge reader's line when it misbehaves. Each test names the mistake that makes it fail.
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "drivers/badge/reader.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/world/devices/reader_server.hpp"

namespace badge {

namespace {

using core::Fault;

class BadgeReader : public testing::Test {
 protected:
  BadgeReader() {
    reader.emplace(io.get_executor(), clock, config::Reader{.line = {"127.0.0.1", server.port()}}, key);
  }

  void turn_until(const std::function<bool()>& holds) {
    contract::turn_until(contract::real_turn(io), holds);
  }

  void await_line() {
    turn_until([this] { return reader->connected() && server.listeners() == 1; });
  }

  core::Result<ports::IdentityRead> next() {
    return contract::run(io, contract::real_turn(io), reader->next());
  }

  std::string next_tar() {
    const auto read = next();
    return read && std::holds_alternative<ports::TarRead>(*read) ? std::get<ports::TarRead>(*read).tar
                                                                 : "no TAR";
  }

  IdentityKey key = *IdentityKey::from_hex(std::string(64, 'a'), "k1");
  boost::asio::io_context io;
  wallclock::WallClock clock{[] { return true; }};
  world::ReaderServer server;
  std::optional<Reader> reader;
};

}  // namespace

// Fails when a long line is kept until its end (memory), is reported for each piece, or ends the reader.
TEST_F(BadgeReader, ALineOfTenKilobytesIsRefusedOnceAndTheNextLineIsRead) {
  await_line();
  server.say("BADGE " + std::string(10'000, '7') + "\n");
  server.give_tar("TAR-1");
  const auto refused = next();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::malformed);
  EXPECT_NE(refused.error().what.find("256 bytes"), std::string::npos) << refused.error().what;
  EXPECT_EQ(refused.error().what.find("777"), std::string::npos);
  EXPECT_EQ(next_tar(), "TAR-1");
}

// Fails when any of these is taken for a read, is quoted, or ends the reader.
TEST_F(BadgeReader, NonsenseOfEveryKindIsMalformedOnceEachAndNeverQuoted) {
  using namespace std::string_literals;
  await_line();
  for (const auto& line :
       {"HELLO 98765\n"s, "BADGE 98765\0\n"s, "BADGE 98765\xC3\xA9\n"s, "BADGE 987\n"s, "\n"s}) {
    server.say(line);
    const auto read = next();
    ASSERT_FALSE(read) << line;
    EXPECT_EQ(read.error().fault, Fault::malformed);
    EXPECT_EQ(read.error().what.find("98765"), std::string::npos);
    EXPECT_NE(read.error().what.find("127.0.0.1"), std::string::npos);
  }
  server.present_badge("98765");
  ASSERT_TRUE(next());
}

// Fails when every failed attempt is reported, or when the reader gives up.
TEST_F(BadgeReader, ALineThatStaysAwayIsReportedOnceAndUsedAgainWhenItIsBack) {
  await_line();
  server.listen(false);
  const auto lost = next();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().fault, Fault::broken);
  const auto end = clock.now().steady + std::chrono::milliseconds(1200);  // several attempts
  turn_until([&] { return clock.now().steady > end; });
  server.listen(true);
  await_line();
  server.give_tar("TAR-1");
  EXPECT_EQ(next_tar(), "TAR-1");  // and no second report before it
}

// Fails when the capture time is taken at delivery, when the queue has no bound, or when it keeps the oldest.
TEST_F(BadgeReader, ReadsThatNobodyWaitsForAreKeptWithTheirTimeTheOldestGivingWay) {
  await_line();
  for (int i = 0; i < 11; ++i) server.give_tar("TAR-" + std::to_string(i));
  turn_until([this] { return reader->dropped() == 3; });
  const auto arrived = clock.now().steady;
  turn_until([&] { return clock.now().steady > arrived + std::chrono::milliseconds(20); });
  const auto first = next();
  ASSERT_TRUE(first);
  EXPECT_EQ(std::get<ports::TarRead>(*first).tar, "TAR-3");
  EXPECT_LE(std::get<ports::TarRead>(*first).captured.steady, arrived);
}

// Fails when a device that talks without end is listened to without end, whether what it says is a read or
// not.
TEST_F(BadgeReader, ADeviceThatTalksWithoutEndIsHungUpOnAndListenedToEverMoreRarely) {
  await_line();
  std::string flood;
  for (int i = 0; i < 5000; ++i) flood += "x\nTAR A1\n";
  const auto end = clock.now().steady + std::chrono::milliseconds(2000);
  int reads = 0;
  bool said = false;
  while (clock.now().steady < end) {
    server.say(flood);
    turn_until([&] { return !reader->connected() || clock.now().steady >= end; });
    while (reader->waiting() > 0) {
      const auto read = next();
      said = said || (!read && read.error().what.find("hung up") != std::string::npos);
      ++reads;
    }
    turn_until([&] { return reader->connected() || clock.now().steady >= end; });
  }
  EXPECT_TRUE(said);
  EXPECT_LE(server.connections(), 8) << "the pauses grow";
  EXPECT_LE(reads, 8 * 8);
  EXPECT_GT(reader->dropped(), 0);
}

// Fails when hanging up on a device that talked too much is for ever.
TEST_F(BadgeReader, AfterAFloodTheReaderWorksAgain) {
  await_line();
  std::string flood;
  for (int i = 0; i < 100; ++i) flood += "TAR A1\n";
  server.say(flood);
  turn_until([&] { return !reader->connected(); });
  turn_until([&] { return reader->connected() && server.listeners() == 1; });
  while (reader->waiting() > 0) static_cast<void>(next());
  turn_until([&] {
    server.give_tar("NEW");
    const auto end = clock.now().steady + std::chrono::milliseconds(500);
    turn_until([&] { return reader->waiting() > 0 || clock.now().steady >= end; });
    return reader->waiting() > 0 && next_tar() == "NEW";
  });
}

// Fails when half a line that was cut off by a lost connection is joined with the first one after it.
TEST_F(BadgeReader, HalfALineDiesWithItsConnection) {
  await_line();
  server.say("TAR OLD-");
  const auto end = clock.now().steady + std::chrono::milliseconds(50);
  turn_until([&] { return clock.now().steady > end; });
  server.hang_up();
  ASSERT_FALSE(next());
  await_line();
  server.give_tar("NEW");
  EXPECT_EQ(next_tar(), "NEW");
}

// Fails when the destructor leaves the next attempt to connect waiting.
TEST_F(BadgeReader, LeavesNothingRunningWhenItIsDestroyedWithoutALine) {
  server.listen(false);
  ASSERT_FALSE(next());
  reader.reset();
  io.restart();
  io.run();
}

// Fails when the destructor leaves the line open, or a coroutine waiting for ever.
TEST_F(BadgeReader, HangsUpWhenItIsDestroyedAndLeavesNothingRunning) {
  await_line();
  reader.reset();
  io.restart();
  io.run();  // returns: nothing waits any more
  turn_until([this] { return server.listeners() == 0; });
}

}  // namespace badge
