// A replica that is put back from an old copy while nobody is there to say what it lacks: what was revoked
// since must not be granted, however fresh the copy calls itself.
#include <filesystem>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Mode;
using testing::HasSubstr;

namespace {

/// R1 is granted at sequence 0 and revoked at sequence 3. `copies` hold the replica as of each start.
class PutBack : public testing::Test {
 protected:
  PutBack() {
    start();
    appliance_->head(1, 0);
    appliance_->snapshot(1, 0, {upsert(right("R1"))});
    appliance_->head(1, 0);
    keep("at-0");
    start();
    for (const char* other : {"R8", "R9"}) say(change(ChangeKind::releaseRight, ChangeOp::dirty, other));
    keep("at-2");
    start();
    say(change(ChangeKind::releaseRight, ChangeOp::revoke, "R1"));
    keep("at-3");
  }

  void start() { appliance_.emplace(folder_.path()); }
  void keep(const char* copy) {
    appliance_.reset();
    std::filesystem::copy_file(folder_ / "replica.db", folder_ / copy,
                               std::filesystem::copy_options::overwrite_existing);
  }
  void put_back(const char* copy) {
    appliance_.reset();
    for (const char* suffix : {"-wal", "-shm"})
      std::filesystem::remove((folder_ / "replica.db").string() + suffix);
    std::filesystem::copy_file(folder_ / copy, folder_ / "replica.db",
                               std::filesystem::copy_options::overwrite_existing);
    start();
  }
  void lose() {
    appliance_.reset();
    for (const char* name : {"replica.db", "replica.db-wal", "replica.db-shm"})
      std::filesystem::remove(folder_ / name);
    start();
  }

  /// The next change of the stream.
  void say(const Change& change) { appliance_->updates(1, appliance_->report().sequence + 1, {change}); }

  bool bring(const char* person) {
    const auto taken =
        appliance_->carry_out((**appliance_).import_backup(folder_ / "brought", {person, true}, "x"));
    EXPECT_TRUE(taken) << taken.error().what;
    return taken && !taken->second_person_needed;
  }
  /// The platform's state as of then, by two persons.
  void import(std::int64_t sequence) {
    put(folder_ / "brought",
        text_of(sealed_backup({.epoch = 1, .sequence = sequence, .as_of = at(0)}, {upsert(right("R1"))})));
    EXPECT_FALSE(bring("bob"));
    EXPECT_TRUE(bring("carol"));
  }

  Mode mode() { return (**appliance_).standing(appliance_->clock.now()).mode; }

  TempFolder folder_;
  std::optional<Appliance> appliance_;
};

}  // namespace

TEST_F(PutBack, DecidesNothingUntilItHasCaughtUpHoweverFreshItIs) {
  start();
  ASSERT_EQ(mode(), Mode::online) << "the newest one";
  put_back("at-0");
  EXPECT_EQ(mode(), Mode::restricted) << "R1 is revoked, and this one does not know";
  EXPECT_THAT(appliance_->recorded(core::EventKind::alarm),
              testing::Contains(HasSubstr("this gate has been at epoch 1, sequence 3")));
  start();
  EXPECT_EQ(mode(), Mode::restricted);
  for (const char* other : {"R8", "R9"}) say(change(ChangeKind::releaseRight, ChangeOp::dirty, other));
  EXPECT_EQ(mode(), Mode::restricted) << "not all of it";
  say(change(ChangeKind::releaseRight, ChangeOp::revoke, "R1"));
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(PutBack, IsReplacedByAnOlderBackupThatTwoPersonsBringAndByNoOtherCopyAfterwards) {
  put_back("at-2");
  import(1);
  EXPECT_EQ(appliance_->report().sequence, 1);
  EXPECT_EQ(mode(), Mode::online);
  keep("vouched-1");
  start();
  EXPECT_EQ(mode(), Mode::online) << "what they decided holds after a restart";
  for (const char* other : {"at-0", "at-2"}) {
    put_back(other);
    EXPECT_EQ(mode(), Mode::restricted) << other << ": nobody stood up for this one";
  }
  put_back("vouched-1");
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(PutBack, OfWhatTwoPersonsStoodUpForIsAnOldCopyOnceTheStreamHasGoneOn) {
  lose();
  import(0);
  keep("vouched-0");
  start();
  say(change(ChangeKind::releaseRight, ChangeOp::dirty, "R7"));
  EXPECT_EQ(mode(), Mode::online) << "no worse than what they stood up for";
  keep("vouched-1");
  put_back("vouched-0");
  EXPECT_EQ(mode(), Mode::restricted);
  put_back("vouched-1");
  EXPECT_EQ(mode(), Mode::online);
  for (const char* other : {"R8", "R9"}) say(change(ChangeKind::releaseRight, ChangeOp::dirty, other));
  EXPECT_EQ(mode(), Mode::online) << "up to the floor";
  put_back("vouched-1");
  EXPECT_EQ(mode(), Mode::restricted) << "what they stood up for is over";
}

TEST_F(PutBack, IsNotTakenForVouchedForByAnEditOfTheJournal) {
  put_back("at-0");
  appliance_.reset();
  {
    const auto replica = open_writer(folder_ / "replica.db", replica_schema).value();
    ASSERT_EQ(replica->run("UPDATE stand SET vouched = 'T'"), 1);
    const auto journal = open_writer(folder_ / "journal.db", journal_schema).value();
    ASSERT_EQ(journal->run("INSERT INTO vouched VALUES (1, 'T', 1, 0)"), 1);
  }
  start();
  EXPECT_EQ(mode(), Mode::restricted);
  EXPECT_EQ(appliance_->report().epoch, 0) << "set aside";
  EXPECT_FALSE(appliance_->report().journal_sound);
}

TEST_F(PutBack, IsKnownAlsoWhereTheDiskTookTheFloorOnlyLater) {
  const auto log = std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(1000);
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", log));
  const auto told = [&log] {
    const auto lines = log->last_formatted();
    return std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
      return line.find("moving the floor") != std::string::npos;
    });
  };
  start();
  {
    std::optional<FullDisk> full;  // once the replica has committed, and before the journal is written
    boost::asio::post(appliance_->context(), [&full] { full.emplace(); });
    say(change(ChangeKind::releaseRight, ChangeOp::revoke, "R2"));
    appliance_->wait(std::chrono::seconds(2));
    EXPECT_EQ(told(), 1) << "not with every tick";
  }
  appliance_->wait(Sync::tick_interval);
  keep("at-4");
  put_back("at-3");
  EXPECT_EQ(mode(), Mode::restricted);
  spdlog::set_default_logger(before);
}
