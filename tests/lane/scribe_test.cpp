#include "gate/lane/scribe.hpp"

#include <deque>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "drivers/sim/virtual_clock.hpp"

namespace {

namespace asio = boost::asio;

/// A disk that can be full, and a rule that can be broken.
struct Paper final : ports::Journal {
  asio::awaitable<core::Result<void>> commit(ports::JournalEntry entry) override {
    if (full) co_return core::fail(core::Fault::broken, "full");
    if (entry.passage && entry.passage->id == "contradiction")
      co_return core::fail(core::Fault::refused, "held");
    written.push_back(entry.passage->id);
    co_return core::Result<void>{};
  }
  asio::awaitable<core::Result<core::PictureRef>> keep(ports::Picture) override {
    co_return core::PictureRef{};
  }
  bool full = false;
  std::vector<std::string> written;
};

class AScribe : public ::testing::Test {
 protected:
  AScribe() {
    asio::co_spawn(io, scribe.work(), asio::detached);
    asio::co_spawn(io, scribe.retry(), asio::detached);
  }
  void write(const std::string& id, std::optional<int> awaited = {}) {
    ports::JournalEntry entry;
    entry.passage = core::PassageRecord{};
    entry.passage->id = id;
    scribe.write(std::move(entry), awaited);
  }

  asio::io_context io;
  sim::VirtualClock clock;
  Paper paper;
  std::vector<core::Event> told;
  std::string trouble;
  lane::Scribe scribe{io.get_executor(), paper, clock,
                      [this](core::Event event) { told.push_back(std::move(event)); },
                      [this](std::string why) { trouble = std::move(why); }};
};

TEST_F(AScribe, SaysRecordedOnlyAfterTheDiskTookIt) {
  write("a", 7);
  EXPECT_TRUE(told.empty());
  clock.run_until_idle(io);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(std::get<core::Recorded>(told[0]).revision, 7);
}

TEST_F(AScribe, KeepsWhatTheDiskDoesNotTakeAndWritesItFirstWhenItDoes) {
  paper.full = true;
  write("a");
  write("b");
  write("c", 3);
  clock.run_until_idle(io);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(std::get<core::RecordFailed>(told[0]).refused);
  EXPECT_NE(trouble.find("full"), std::string::npos);
  paper.full = false;
  write("d", 4);
  clock.run_until_idle(io);
  EXPECT_EQ(paper.written, (std::vector<std::string>{"a", "b", "d"}));
  EXPECT_EQ(trouble, "");
}

TEST_F(AScribe, AsksTheDiskAgainByItself) {
  paper.full = true;
  write("a");
  clock.run_until_idle(io);
  paper.full = false;
  clock.advance(io, lane::Scribe::retry_after);
  EXPECT_EQ(paper.written, std::vector<std::string>{"a"});
}

TEST_F(AScribe, SaysWhatTheJournalRefusesAndGoesOn) {
  write("contradiction", 1);
  write("contradiction");
  write("a", 2);
  clock.run_until_idle(io);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_TRUE(std::get<core::RecordFailed>(told[0]).refused);
  EXPECT_EQ(paper.written, std::vector<std::string>{"a"});
}

}  // namespace
