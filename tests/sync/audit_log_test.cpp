// The audit log as the appliance keeps it: vouched for, gone on with after a restart, and found out where
// somebody had a hand in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/audit/checkpoint.hpp"
#include "gate/audit/leaf.hpp"
#include "gate/audit/levels.hpp"
#include "sync/journal/retention.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::Contains;
using testing::HasSubstr;

namespace {

class AnAuditLog : public testing::Test {
 protected:
  void SetUp() override {
    appliance->connection(true);
    appliance.settle();
  }

  void write(int count) {
    for (int i = 0; i < count; ++i) {
      ports::JournalEntry entry;
      entry.events.emplace_back();
      entry.events.back().at = appliance.clock.now().wall;
      ASSERT_TRUE(appliance.commit(entry));
    }
  }

  /// Everything that was vouched for, opened, in the order of sending.
  std::vector<audit::Checkpoint> checkpoints() {
    const auto verifier = *audit::read_verifier(appliance->log_head("")->verifier);
    std::vector<audit::Checkpoint> all;
    for (const auto& message : appliance.sent_on<CheckpointMessage>(topics::checkpoints("T869", "a1")))
      all.push_back(audit::open_checkpoint(message.note, verifier).value());
    return all;
  }

  audit::Levels levels() {
    audit::Levels all;
    const auto leaves = appliance->leaves("", 0, 1000);
    for (const auto& leaf : *leaves) {
      const auto hash = audit::checked_hash(leaf);
      EXPECT_TRUE(hash) << hash.error().what;
      all.append(hash.value_or(audit::Hash{}));
    }
    return all;
  }

  /// What somebody with the file at hand does while the daemon is stopped.
  void meddle(const std::string& sql) {
    auto connection = open_writer(folder / "journal.db", journal_schema).value();
    connection->database().exec(sql);
  }

  /// What the next start says of it; the gate goes on all the same.
  std::string damage_after(const std::string& sql) {
    meddle(sql);
    appliance.restart();
    appliance->connection(true);
    write(1);
    const std::string damage = appliance->log_head("")->damage;
    if (!damage.empty()) {
      EXPECT_THAT(appliance.recorded(core::EventKind::alarm), Contains(HasSubstr("audit log: " + damage)));
    }
    return damage;
  }

  TempFolder folder;
  Appliance appliance{folder.path()};
};

TEST_F(AnAuditLog, IsVouchedForAtTheStartAndEveryFiveMinutesWhereItGrew) {
  appliance.wait(std::chrono::seconds(1));
  ASSERT_FALSE(checkpoints().empty());
  write(3);
  appliance.wait(Sync::checkpoint_interval);
  const audit::Checkpoint newest = checkpoints().back();
  EXPECT_EQ(newest.size, levels().size());
  EXPECT_EQ(newest.root, levels().root());
  EXPECT_EQ(newest.origin, "gatehouse/T869/a1/" + appliance->journal_id());
  const std::size_t before = checkpoints().size();
  appliance.wait(2 * Sync::checkpoint_interval);
  EXPECT_EQ(checkpoints().size(), before) << "nothing was written";
}

TEST_F(AnAuditLog, IsVouchedForAgainOnANewConnection) {
  write(2);
  appliance.wait(std::chrono::seconds(1));
  const auto before = checkpoints();
  appliance->connection(false);
  appliance->connection(true);
  ASSERT_EQ(checkpoints().size(), before.size() + 1);
  EXPECT_EQ(checkpoints().back(), before.back());
}

TEST_F(AnAuditLog, GoesOnAfterARestartFromItsCheckpoint) {
  for (int round = 0; round < 5; ++round) {
    write(3);
    appliance.wait(Sync::checkpoint_interval);
    write(2);
    appliance.restart();
    appliance->connection(true);
  }
  appliance.wait(Sync::checkpoint_interval);
  EXPECT_EQ(appliance->log_head("")->damage, "");
  for (const audit::Checkpoint& checkpoint : checkpoints())
    EXPECT_EQ(checkpoint.root, levels().root(0, checkpoint.size)) << checkpoint.size;
}

TEST_F(AnAuditLog, ThatWasCutBelowACheckpointIsFoundAtTheStart) {
  write(6);
  appliance.wait(std::chrono::seconds(1));
  EXPECT_THAT(damage_after("DELETE FROM leaves WHERE number > 3"), HasSubstr("it was cut: 3 leaves"));
}

TEST_F(AnAuditLog, WithALeafMissingOrEditedSinceItsCheckpointIsFoundAtTheStart) {
  appliance.wait(std::chrono::seconds(1));
  write(6);
  EXPECT_EQ(damage_after("SELECT 1"), "");
  EXPECT_THAT(damage_after("UPDATE leaves SET record = record || ' ' WHERE number = 5"),
              HasSubstr("leaf 5 was edited"));
}

TEST_F(AnAuditLog, WithALeafLeftOutSinceItsCheckpointIsFoundAtTheStart) {
  appliance.wait(std::chrono::seconds(1));
  write(6);
  EXPECT_THAT(damage_after("DELETE FROM leaves WHERE number = 5"), HasSubstr("leaf 5 is missing"));
}

TEST_F(AnAuditLog, WithItsCheckpointEditedIsFoundAtTheStart) {
  write(3);
  appliance.wait(std::chrono::seconds(1));
  EXPECT_THAT(damage_after("UPDATE checkpoints SET frontier = zeroblob(length(frontier))"),
              HasSubstr("was edited"));
}

TEST_F(AnAuditLog, KeepsTheLeafOfARecordThatHadItsTime) {
  write(4);
  appliance.wait(std::chrono::seconds(1));
  const audit::Checkpoint before = checkpoints().back();
  appliance.restart();
  {
    auto writer = JournalWriter::open(folder / "journal.db", at(0)).value();
    EXPECT_EQ(writer->erase_records(at(0), 100), 0) << "none is old yet";
    EXPECT_GT(*writer->erase_records(at(86400), 2), 0);
    EXPECT_GT(*writer->erase_records(at(86400), 100), 0) << "goes on where it stopped";
  }
  const auto leaves = *appliance->leaves("", 0, 1000);
  for (const audit::Leaf& leaf : leaves) {
    EXPECT_FALSE(leaf.record);
    EXPECT_FALSE(leaf.salt);
    EXPECT_EQ(leaf.erased, records_rule);
  }
  EXPECT_EQ(levels().root(0, before.size), before.root);
}

TEST(RetentionOfRecords, IsTheCalendarYearAndThreeMore) {
  using namespace std::chrono;
  EXPECT_EQ(records_kept_from(sys_days(2026y / 11 / 22)), sys_days(2023y / 1 / 1));
  EXPECT_EQ(records_kept_from(sys_days(2026y / 1 / 1)), sys_days(2023y / 1 / 1));
  EXPECT_EQ(records_kept_from(sys_days(2025y / 12 / 31)), sys_days(2022y / 1 / 1));
}

}  // namespace
