#include "gate/lane/scribe.hpp"

#include <deque>
#include <sstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include "drivers/sim/virtual_clock.hpp"

namespace {

namespace asio = boost::asio;

/// A disk that can be full, and a rule that can be broken.
struct Paper final : ports::Journal {
  asio::awaitable<core::Result<void>> commit(ports::JournalEntry entry) override {
    if (full) co_return core::fail(core::Fault::broken, "full");
    if (entry.passage && entry.passage->id == "contradiction")
      co_return core::fail(core::Fault::refused, "held");
    written.push_back(entry.passage ? entry.passage->id : entry.events.at(0).text.value_or(""));
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

/// What is logged as an error while it lives.
class Errors {
 public:
  Errors() {
    auto logger =
        std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_st>(text_));
    logger->set_pattern("%l: %v");
    spdlog::set_default_logger(std::move(logger));
  }
  ~Errors() { spdlog::set_default_logger(before_); }
  Errors(const Errors&) = delete;
  Errors& operator=(const Errors&) = delete;

  [[nodiscard]] int count() const {
    int number = 0;
    std::istringstream lines(text_.str());
    for (std::string line; std::getline(lines, line);) number += line.starts_with("error: ") ? 1 : 0;
    return number;
  }

 private:
  std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
  std::ostringstream text_;
};

TEST_F(AScribe, LosesNothingInSilence) {
  const Errors errors;
  paper.full = true;
  for (std::size_t i = 0; i < lane::Scribe::most_kept; ++i) write("old");
  clock.run_until_idle(io);
  EXPECT_EQ(errors.count(), 0);
  EXPECT_EQ(trouble.find("lost"), std::string::npos);
  write("a");
  write("b");
  clock.run_until_idle(io);
  EXPECT_EQ(errors.count(), 1) << "once a burst";
  EXPECT_NE(trouble.find("2 entries are lost"), std::string::npos);
  paper.full = false;
  write("c");
  clock.run_until_idle(io);
  ASSERT_EQ(paper.written.size(), lane::Scribe::most_kept + 2);
  EXPECT_NE(paper.written.front().find("2 entries are lost"), std::string::npos);
  EXPECT_EQ(paper.written.back(), "c");
  EXPECT_EQ(trouble, "");
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
