// The inbox: what lies there finished is taken, what is not is left alone, and what became of it can be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::AllOf;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

class InTheInbox : public testing::Test {
 protected:
  fs::path inbox() { return folder_ / "inbox"; }

  static std::string good(std::int64_t sequence = 3) {
    return text_of(
        sealed_backup({.epoch = 1, .sequence = sequence}, {upsert(right("R1")), upsert(right("R2"))}));
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

TEST_F(InTheInbox, AFinishedFileIsTakenAndMovedWithWhatBecameOfIt) {
  put(inbox() / "night.gatebackup.part", good());
  appliance_.wait(seconds(10));
  EXPECT_EQ(appliance_.report().rights, 0) << "it is not finished";
  fs::rename(inbox() / "night.gatebackup.part", inbox() / "night.gatebackup");
  appliance_.wait(seconds(10));
  EXPECT_EQ(appliance_.report().rights, 2);
  EXPECT_FALSE(fs::exists(inbox() / "night.gatebackup"));
  EXPECT_EQ(slurp(inbox() / "taken/night.gatebackup").size(), good().size());
  EXPECT_THAT(slurp(inbox() / "taken/night.gatebackup.why"),
              AllOf(HasSubstr("taken over at 2026-"), HasSubstr("epoch 1, sequence 3, data as of 2026-")));
  EXPECT_THAT(appliance_.recorded(core::EventKind::alarm).at(0), HasSubstr("night.gatebackup"));
}

TEST_F(InTheInbox, ABadFileIsMovedAsideWithTheReasonAndTheNextOneIsTaken) {
  put(inbox() / "a.gatebackup", good().substr(0, 1000));
  put(inbox() / "b.gatebackup", good());
  appliance_.wait(seconds(20));
  EXPECT_THAT(slurp(inbox() / "refused/a.gatebackup.why"),
              AllOf(HasSubstr("refused at 2026-"), HasSubstr("torn")));
  EXPECT_TRUE(fs::exists(inbox() / "refused/a.gatebackup"));
  EXPECT_TRUE(fs::exists(inbox() / "taken/b.gatebackup"));
  EXPECT_EQ(appliance_.report().rights, 2);
}

TEST_F(InTheInbox, OlderThanTheReplicaIsMovedAsideWithBothAgesNamed) {
  put(inbox() / "new.gatebackup", good(9));
  appliance_.wait(seconds(10));
  put(inbox() / "old.gatebackup", good(2));
  appliance_.wait(seconds(10));
  EXPECT_THAT(slurp(inbox() / "refused/old.gatebackup.why"),
              AllOf(HasSubstr("epoch 1, sequence 2 as of"), HasSubstr("epoch 1, sequence 9 as of")));
  EXPECT_EQ(appliance_.report().sequence, 9);
}

TEST_F(InTheInbox, WhatHasAnotherNameIsLeftAlone) {
  for (const char* name : {"x.part", "x.gatebackup.part", ".x.gatebackup", "x.gatebackup.tmp", "readme.txt"})
    put(inbox() / name, good());
  appliance_.wait(seconds(30));
  EXPECT_EQ(appliance_.report().rights, 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(inbox()), fs::directory_iterator()), 7) << "and two folders";
}

TEST_F(InTheInbox, AFileThatStillGrowsIsWaitedFor) {
  const std::string whole = good();
  for (std::size_t size = 100; size < whole.size(); size += 500) {
    put(inbox() / "slow.gatebackup", whole.substr(0, size));
    appliance_.wait(Sync::inbox_interval);
    ASSERT_TRUE(fs::exists(inbox() / "slow.gatebackup")) << size;
  }
  put(inbox() / "slow.gatebackup", whole);
  appliance_.wait(seconds(10));
  EXPECT_TRUE(fs::exists(inbox() / "taken/slow.gatebackup"));
}

TEST_F(InTheInbox, LinksPipesAndFoldersAreMovedAsideAndNeverFollowedOrWaitedFor) {
  put(folder_ / "elsewhere", good());
  fs::create_symlink(folder_ / "elsewhere", inbox() / "link.gatebackup");
  ASSERT_EQ(::mkfifo((inbox() / "pipe.gatebackup").c_str(), 0600), 0);
  fs::create_directory(inbox() / "folder.gatebackup");
  appliance_.wait(seconds(30));
  EXPECT_EQ(appliance_.report().rights, 0);
  EXPECT_THAT(slurp(inbox() / "refused/link.gatebackup.why"), HasSubstr("is a link"));
  EXPECT_THAT(slurp(inbox() / "refused/pipe.gatebackup.why"), HasSubstr("no regular file"));
  EXPECT_THAT(slurp(inbox() / "refused/folder.gatebackup.why"), HasSubstr("no regular file"));
  EXPECT_TRUE(fs::exists(folder_ / "elsewhere"));
}

TEST_F(InTheInbox, OnAFullDiskAGoodFileStaysAndIsTakenOnceThereIsRoom) {
  put(inbox() / "x.gatebackup", good());
  appliance_.settle();
  {
    const FullDisk full;
    appliance_.wait(seconds(20));
    EXPECT_EQ(appliance_.report().rights, 0);
  }
  EXPECT_TRUE(fs::exists(inbox() / "x.gatebackup"));
  appliance_.wait(seconds(90));
  EXPECT_EQ(appliance_.report().rights, 2);
  EXPECT_TRUE(fs::exists(inbox() / "taken/x.gatebackup"));
}

TEST_F(InTheInbox, WhatWasPutAwayDoesNotGrowWithoutBound) {
  for (int i = 0; i < 12; ++i) {
    put(inbox() / ("n" + std::to_string(i) + ".gatebackup"), "none\n");
    appliance_.wait(seconds(6));
  }
  const auto left = std::distance(fs::directory_iterator(inbox() / "refused"), fs::directory_iterator());
  EXPECT_EQ(left, 2 * static_cast<std::ptrdiff_t>(Inbox::kept)) << "each with its reason";
}

TEST_F(InTheInbox, AStopBetweenTakingOverAndMovingIsMadeGoodAtTheNextStart) {
  put(inbox() / "x.gatebackup", good());
  ASSERT_TRUE(appliance_.carry_out(appliance_->import_backup(inbox() / "x.gatebackup", {}, "x")));
  appliance_.restart();
  appliance_.wait(seconds(10));
  EXPECT_TRUE(fs::exists(inbox() / "taken/x.gatebackup"));
  EXPECT_EQ(appliance_.report().sequence, 3);
}

}  // namespace
