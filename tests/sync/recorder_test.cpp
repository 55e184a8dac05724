// What the link has to say for itself while the disk refuses the journal: kept, in order, with its own time.
#include "sync/journal/recorder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/sync/appliance.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using core::EventKind;
using testing::HasSubstr;

namespace {

class Recording : public testing::Test {
 protected:
  Recording() { spdlog::set_level(spdlog::level::off); }
  ~Recording() override { spdlog::set_level(spdlog::level::info); }

  std::vector<core::GateEvent> written() {
    const auto reader = JournalReader::open(folder_ / "journal.db").value();
    std::vector<core::GateEvent> events;
    const auto pending = reader->pending(0, 10'000).value();
    for (const auto& one : pending) events.push_back(one.event);
    return events;
  }

  TempFolder folder_;
};

class RecordingAlone : public Recording {
 protected:
  void say(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      recorder_.add({event(EventKind::alarm, "word " + std::to_string(++said_))});
    }
  }

  std::unique_ptr<JournalWriter> writer_ = JournalWriter::open(folder_ / "journal.db", at(0)).value();
  Recorder recorder_{*writer_};
  std::size_t said_ = 0;
};

}  // namespace

TEST_F(Recording, AModeThatChangesWhileTheDiskIsFullIsWrittenLaterWithItsOwnTime) {
  Appliance appliance(folder_.path());
  appliance->connection(true);
  appliance.head(1, 0);
  appliance.snapshot(1, 0, {upsert(right("R1"))});
  appliance.head(1, 0);
  appliance.wait(std::chrono::seconds(1));
  ASSERT_EQ(appliance.report().standing.mode, core::Mode::online);
  const std::size_t before = written().size();
  const core::WallTime began = appliance.clock.now().wall;
  core::WallTime ended{};
  {
    const FullDisk full;
    appliance.wait(std::chrono::minutes(5));
    ended = appliance.clock.now().wall;
    ASSERT_EQ(appliance.report().standing.mode, core::Mode::backup);
    appliance.clock.advance(std::chrono::hours(13));
    appliance.wait(std::chrono::seconds(1));
  }
  EXPECT_EQ(written().size(), before);
  appliance.wait(std::chrono::seconds(10));
  const auto events = written();
  ASSERT_GE(events.size(), before + 2);
  EXPECT_EQ(events[before].text, "online -> backup");
  EXPECT_GT(events[before].at, began);
  EXPECT_LT(events[before].at, ended);
  EXPECT_EQ(events[before].standing.mode, core::Mode::backup);
  EXPECT_EQ(events[before + 1].text, "backup -> restricted") << "in the order in which they happened";
}

TEST_F(RecordingAlone, KeepsTheFirstOnesAndSaysHowManyAreMissing) {
  {
    const FullDisk full;
    say(Recorder::most + 30);
    EXPECT_FALSE(recorder_.write());
    say(7);
    EXPECT_FALSE(recorder_.write());
    EXPECT_TRUE(recorder_.waits());
  }
  ASSERT_TRUE(recorder_.write());
  EXPECT_FALSE(recorder_.waits());
  say(1);
  ASSERT_TRUE(recorder_.write());
  const auto events = written();
  ASSERT_EQ(events.size(), Recorder::most + 2);
  for (std::size_t i = 0; i < Recorder::most; ++i) EXPECT_EQ(events[i].text, "word " + std::to_string(i + 1));
  EXPECT_EQ(events[Recorder::most].kind, EventKind::alarm);
  EXPECT_THAT(*events[Recorder::most].text, HasSubstr("37 events"));
  EXPECT_THAT(*events[Recorder::most].text, HasSubstr("word " + std::to_string(Recorder::most + 37)));
  EXPECT_EQ(events.back().text, "word " + std::to_string(Recorder::most + 38));
}
