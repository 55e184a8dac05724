// Data older than what this gate has known: nobody loads them alone, and nobody into a sound replica.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Mode;
using testing::HasSubstr;

namespace {

using std::chrono::minutes;
using Report = core::Result<ports::BackupReport>;

/// The replica stood at epoch 1, sequence 1, and is gone; R2 was used.
class BelowTheFloor : public testing::Test {
 protected:
  BelowTheFloor() {
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
    appliance_.updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
    appliance_.head(1, 1);
    ports::JournalEntry entry;
    entry.claims = {claim("R2", "V1", core::ClaimState::used, "MSKU9070323", "S2")};
    EXPECT_TRUE(appliance_.commit(entry));
    for (const char* name : {"replica.db", "replica.db-wal", "replica.db-shm"})
      std::filesystem::remove(folder_ / name);
    appliance_.restart();
    appliance_.clock.advance(minutes(30));
  }

  Report import(const std::string& text, const ports::Bringer& by) {
    put(folder_ / "brought", text);
    return appliance_.carry_out(appliance_->import_backup(folder_ / "brought", by, "x.gatebackup"));
  }

  static std::string why_not(const Report& report) { return report ? "taken" : report.error().what; }

  Mode mode() { return appliance_->standing(appliance_.clock.now()).mode; }

  core::Dossier about(const std::string& container) {
    core::Evidence evidence;
    evidence.containers.resize(1);
    evidence.containers[0].code = container;
    return appliance_->gather(evidence).value();
  }
  bool is_empty() { return about("CSQU3054383").rights.empty(); }

  std::vector<std::string> operators() {
    auto reader = JournalReader::open(folder_ / "journal.db").value();
    std::vector<std::string> all;
    const auto events = reader->pending(0, 100).value();
    for (const auto& one : events)
      for (const auto& name : one.event.operators) all.push_back(name);
    return all;
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
  std::string old_ = text_of(sealed_backup({.epoch = 1, .sequence = 0, .as_of = at(0)},
                                           {upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}));
};

TEST_F(BelowTheFloor, IsLoadedByTwoPersonsIntoAReplicaThatCannotBeUsedAndItsAgeCounts) {
  const Report first = import(old_, {"bob", true});
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_TRUE(first->second_person_needed);
  EXPECT_TRUE(is_empty()) << "nothing was taken over yet";
  const Report second = import(old_, {"carol", true});
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_FALSE(second->second_person_needed);
  EXPECT_FALSE(is_empty());
  EXPECT_EQ(mode(), Mode::backup);
  EXPECT_EQ(appliance_->standing(appliance_.clock.now()).data_as_of, at(0));
  EXPECT_EQ(operators(), (std::vector<std::string>{"bob", "bob", "carol"}));
  appliance_.restart();
  EXPECT_EQ(mode(), Mode::backup) << "two persons said so, and it is no older copy";
  EXPECT_EQ(about("MSKU9070323").claims.at(0).state, core::ClaimState::used) << "as the journal knows";
  appliance_.restart();
  EXPECT_EQ(mode(), Mode::backup);
  appliance_->connection(true);
  appliance_.head(1, 1);
  EXPECT_NE(mode(), Mode::online) << "the stream knows more";
  EXPECT_EQ(appliance_.report().behind, 1);
}

TEST_F(BelowTheFloor, IsNotLoadedByOnePersonOrByAnAccountOfTheMachine) {
  EXPECT_THAT(why_not(import(old_, {"uid:0", false})), HasSubstr("two supervisors"));
  EXPECT_THAT(why_not(import(old_, {})), HasSubstr("two supervisors")) << "the inbox";
  ASSERT_TRUE(import(old_, {"bob", true}));
  EXPECT_THAT(why_not(import(old_, {"bob", true})), HasSubstr("another supervisor"));
  EXPECT_FALSE(import(old_, {"uid:0", false}));
  EXPECT_TRUE(is_empty());
}

TEST_F(BelowTheFloor, IsLoadedOnlyIfBothBringTheSameFileWithinHalfAnHour) {
  ASSERT_TRUE(import(old_, {"bob", true}));
  const std::string other = text_of(sealed_backup({.epoch = 1, .as_of = at(-1)}, {upsert(right("R1"))}));
  EXPECT_TRUE(import(other, {"carol", true})->second_person_needed) << "another file, a first person";
  EXPECT_TRUE(import(old_, {"bob", true})->second_person_needed);
  appliance_.clock.advance(minutes(30));
  EXPECT_TRUE(import(old_, {"carol", true})->second_person_needed) << "too late";
  EXPECT_TRUE(is_empty());
}

TEST_F(BelowTheFloor, IsRefusedWhateverPeopleSayWhereTheReplicaIsSound) {
  ASSERT_TRUE(import(text_of(sealed_backup({.epoch = 1, .sequence = 1}, {upsert(right("R1"))})), {}));
  EXPECT_THAT(why_not(import(old_, {"bob", true})), HasSubstr("older than the replica"));
  EXPECT_THAT(why_not(import(old_, {"carol", true})), HasSubstr("older than the replica"));
}

}  // namespace
