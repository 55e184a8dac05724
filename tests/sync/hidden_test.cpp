// A right that a damaged index does not show: what is said of it by its container stay goes past it, and it
// must not be granted all the same.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/replica_file.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;

namespace {

class Hidden : public ReplicaFile {
 protected:
  /// Turns a bit of this entry of the index of stays, on the disk; once more turns it back.
  void flip(const std::string& release_id) {
    replica_.reset();  // folds the log into the file
    const auto file = folder_ / "replica.db";
    std::string bytes = slurp(file);
    // As the index has it, and no row: the container, the stay and then the right.
    const auto at = bytes.find("SQU3054383S1" + release_id);
    ASSERT_NE(at, std::string::npos);
    bytes[at - 1] = static_cast<char>(bytes[at - 1] ^ 4);
    put(file, bytes);
    open();
    EXPECT_EQ(replica_->set_aside(), "");
  }

  void block_by_stay() {
    Change block = change(ChangeKind::releaseRight, ChangeOp::block, "");
    block.key.equipment_number = "CSQU3054383";
    block.key.stay_number = "S1";
    ASSERT_TRUE(next({block}));
  }

  /// By either name.
  void expect_damage(const std::string& release_id) {
    for (const auto& found :
         {replica_->rights({release_id}, {}), replica_->rights({release_id}, {"CSQU3054383"})}) {
      ASSERT_FALSE(found) << "granted";
      EXPECT_EQ(found.error().fault, Fault::corrupt);
    }
  }
};

}  // namespace

TEST_F(Hidden, RightThatABlockByStayWentPastIsNotGranted) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  flip("R1");
  block_by_stay();
  expect_damage("R1");
}

TEST_F(Hidden, RightIsNotGrantedWhereTheIndexIsWholeAgain) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  flip("R1");
  block_by_stay();
  flip("R1");
  expect_damage("R1");
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::blocked) << "the block was kept, and the right takes it over";
}

TEST_F(Hidden, RightBesideAnotherOfTheSameStayIsNotGranted) {
  ASSERT_TRUE(next({upsert(right("R1")), upsert(right("R2"))}));
  flip("R2");
  block_by_stay();
  EXPECT_EQ(state("R1"), RightState::blocked);
  expect_damage("R2");
}
