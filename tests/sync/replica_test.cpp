#include "sync/replica/replica.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/change_text.hpp"
#include "tests/sync/replica_file.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using core::RightState;

namespace {

TEST_F(ReplicaFile, ABatchAndItsNumberAreThereAfterARestart) {
  ASSERT_TRUE(next({upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}));
  open();
  EXPECT_EQ(replica_->stand().position, (Position{1, 2}));
  EXPECT_EQ(find("R1")->equipment_number, "CSQU3054383");
  EXPECT_EQ(replica_->rights({}, {"MSKU9070323"})->at(0).release_id, "R2");
}

TEST_F(ReplicaFile, ABatchBehindAGapIsRefusedWhole) {
  Batch batch{.epoch = 1, .first = 2, .last = 2, .changes = {upsert(right("R1"))}};
  EXPECT_EQ(replica_->apply(batch).error().fault, Fault::refused);
  batch.epoch = 2;
  batch.first = batch.last = 1;
  EXPECT_EQ(replica_->apply(batch).error().fault, Fault::refused);
  EXPECT_EQ(replica_->counts().rights, 0);
}

TEST_F(ReplicaFile, ABatchThatOverlapsIsAppliedFromWhereWeAre) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::block, "R1")}));
  const Batch overlapping{
      .epoch = 1,
      .first = 1,
      .last = 3,
      .changes = {upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::unblock, "R1"),
                  change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}};
  ASSERT_TRUE(replica_->apply(overlapping));
  EXPECT_EQ(state("R1"), RightState::revoked);
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::unblock, "R1")}));
  EXPECT_EQ(replica_->stand().position.sequence, 4);
}

TEST_F(ReplicaFile, EveryStateOfARightComesFromItsOperations) {
  const auto op = [this](ChangeOp what) {
    ASSERT_TRUE(next({change(ChangeKind::releaseRight, what, "R1")}));
  };
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::active);
  op(ChangeOp::dirty);
  EXPECT_EQ(state("R1"), RightState::dirty);
  op(ChangeOp::block);
  EXPECT_EQ(state("R1"), RightState::blocked);
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::blocked) << "new data are no unblocking";
  op(ChangeOp::unblock);
  EXPECT_EQ(state("R1"), RightState::active);
  op(ChangeOp::revoke);
  op(ChangeOp::unblock);
  EXPECT_EQ(state("R1"), RightState::revoked);
  op(ChangeOp::erase);
  EXPECT_EQ(state("R1"), RightState::deleted);
  Change stated = upsert(right("R1"));
  stated.state = RightState::active;
  ASSERT_TRUE(next({stated}));
  EXPECT_EQ(state("R1"), RightState::active) << "the platform states it";
}

TEST_F(ReplicaFile, ADenyForARightThatWeNeverSawIsKept) {
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::revoke, "R9")}));
  EXPECT_EQ(state("R9"), RightState::revoked);
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::dirty, "R8")}));
  EXPECT_EQ(state("R8"), RightState::dirty);
}

TEST_F(ReplicaFile, AContainerStayNamesTheSameRight) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  Change block = change(ChangeKind::releaseRight, ChangeOp::block, "");
  block.key.equipment_number = "CSQU3054383";
  block.key.stay_number = "S1";
  ASSERT_TRUE(next({block}));
  EXPECT_EQ(state("R1"), RightState::blocked);
}

TEST_F(ReplicaFile, ARightGetsItsStayNumberLater) {
  ASSERT_TRUE(next({upsert(right("R1", "CSQU3054383", std::nullopt))}));
  ASSERT_TRUE(next({upsert(right("R1", "CSQU3054383", "S5"))}));
  EXPECT_EQ(find("R1")->stay_number, "S5");
  EXPECT_EQ(replica_->counts().rights, 1);
}

TEST_F(ReplicaFile, AUseElsewhereIsSeenByEitherName) {
  Change by_stay = change(ChangeKind::use, ChangeOp::upsert, "");
  by_stay.key.equipment_number = "CSQU3054383";
  by_stay.key.stay_number = "S1";
  ASSERT_TRUE(next({upsert(right("R1")), by_stay}));
  EXPECT_TRUE(find("R1")->used_elsewhere);
  ASSERT_TRUE(
      next({upsert(right("R2", "MSKU9070323", "S2")), change(ChangeKind::use, ChangeOp::upsert, "R2")}));
  open();
  EXPECT_TRUE(find("R1")->used_elsewhere);
  EXPECT_TRUE(find("R2")->used_elsewhere);
  by_stay.op = ChangeOp::erase;
  ASSERT_TRUE(next({by_stay}));
  EXPECT_FALSE(find("R1")->used_elsewhere);
}

TEST_F(ReplicaFile, OneBadChangeIsParkedItsRowIsDirtyAndTheRestApplies) {
  ASSERT_TRUE(next({upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}));
  const auto bad = change_of(
      R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R1"},"data":{"equipmentNumber":1}})");
  ASSERT_TRUE(
      next({bad, change(ChangeKind::releaseRight, ChangeOp::block, "R2"), change_of("\"nonsense\"")}));
  EXPECT_EQ(replica_->stand().position.sequence, 5);
  EXPECT_EQ(state("R1"), RightState::dirty);
  EXPECT_EQ(state("R2"), RightState::blocked);
  EXPECT_EQ(replica_->counts().parked, 2);
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::active) << "put right";
  EXPECT_EQ(replica_->counts().parked, 1);
}

TEST_F(ReplicaFile, ASnapshotReplacesEverything) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  ASSERT_TRUE(snapshot(
      2, 40,
      {upsert(right("R2", "MSKU9070323", "S2")), change(ChangeKind::releaseRight, ChangeOp::block, "R2")}));
  EXPECT_EQ(find("R1"), std::nullopt);
  EXPECT_EQ(state("R2"), RightState::blocked);
  open();
  EXPECT_EQ(replica_->stand().position, (Position{2, 40}));
  EXPECT_EQ(state("R2"), RightState::blocked);
}

TEST_F(ReplicaFile, AnUnfinishedSnapshotChangesNothing) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  ASSERT_TRUE(replica_->begin_snapshot());
  ASSERT_TRUE(replica_->add_to_snapshot(2, {upsert(right("R2"))}));
  SnapshotManifest manifest;
  manifest.epoch = 2;
  manifest.sequence = 9;
  manifest.count = 2;
  EXPECT_EQ(replica_->finish_snapshot(manifest).error().fault, Fault::refused);
  EXPECT_EQ(state("R1"), RightState::active);
  open();
  EXPECT_EQ(replica_->stand().position, (Position{1, 1}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "replica.db.next"));
}

TEST_F(ReplicaFile, TheAgeOfTheDataOnlyMovesForward) {
  ASSERT_TRUE(replica_->prove(at(100)));
  ASSERT_TRUE(replica_->prove(at(50)));
  open();
  EXPECT_EQ(replica_->stand().as_of, at(100));
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(find("R1")->as_of, at(100)) << "a complete stream proves what it does not change";
  core::ReleaseRight stated = right("R2", "MSKU9070323", "S2");
  stated.as_of = at(20);
  ASSERT_TRUE(next({upsert(stated)}));
  EXPECT_EQ(find("R2")->as_of, at(20)) << "the platform states an older proof";
}

TEST_F(ReplicaFile, ADamagedFileIsSetAsideAndTheGateStartsEmpty) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  replica_.reset();
  std::filesystem::remove(folder_ / "replica.db-wal");
  std::ofstream(folder_ / "replica.db") << std::string(5000, 'x');
  open();
  EXPECT_NE(replica_->set_aside(), "");
  EXPECT_EQ(replica_->stand().position, Position{});
  EXPECT_TRUE(std::filesystem::exists(folder_ / "replica.db.bad"));
}

TEST_F(ReplicaFile, AnEditedRowIsFoundWhenItIsRead) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::block, "R1")}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 0");
  }
  EXPECT_EQ(replica_->rights({"R1"}, {}).error().fault, Fault::corrupt);
}

TEST_F(ReplicaFile, AnUpsertBelievesNoStateOfARowThatIsNotWhatWasWritten) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 0");
  }
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(replica_->rights({"R1"}, {}).error().fault, Fault::corrupt);
}

TEST_F(ReplicaFile, ADenialThatVanishesWhileItRunsIsMissedAtTheNextOne) {
  ASSERT_TRUE(next({upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                             .reference = "1",
                                             .subject = core::RestrictionSubject::plate,
                                             .value = "1ABC123"})}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("DELETE FROM restrictions");
  }
  const auto applied = next({upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                                      .reference = "2",
                                                      .subject = core::RestrictionSubject::plate,
                                                      .value = "1XYZ999"})});
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().fault, Fault::corrupt);
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123"}}).size(), 1u) << "what memory knew stays known";
}

TEST_F(ReplicaFile, EveryRestrictionIsFoundByWhatItNames) {
  using core::RestrictionSubject;
  std::vector<ReadChange> changes;
  int number = 0;
  for (const auto& [subject, value] :
       std::vector<std::pair<RestrictionSubject, std::string>>{{RestrictionSubject::driver, "k1:d"},
                                                               {RestrictionSubject::plate, "1ABC123"},
                                                               {RestrictionSubject::container, "CSQU3054383"},
                                                               {RestrictionSubject::haulier, "BE 0123.456"}})
    changes.push_back(upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                               .reference = std::to_string(++number),
                                               .subject = subject,
                                               .value = value}));
  ASSERT_TRUE(next(changes));
  open();
  core::HaulierIds ids;
  ids.tin = "be0123456";
  EXPECT_EQ(replica_->restrictions({.drivers = {"k1:d"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123", "1XYZ999"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.containers = {"CSQU3054383"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.hauliers = {ids}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.plates = {"1XYZ999"}}).size(), 0u);
  ASSERT_TRUE(next({change(ChangeKind::ban, ChangeOp::erase, "2")}));
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123"}}).size(), 0u);
}

TEST(BuildingAside, HoldsEveryPartAndGivesUpOnWhatIsNotComplete) {
  TempFolder folder;
  const auto replica = Replica::open(folder / "replica.db", RowKey(32, 7), {}, Building::aside).value();
  SnapshotManifest manifest;
  manifest.epoch = 1;
  manifest.count = 40;
  manifest.issued_at = manifest.source_as_of = at(0);
  const auto add = [&replica](int from, int to) {
    for (int part = from; part < to; ++part) {
      const std::string name = std::to_string(part);
      ASSERT_TRUE(replica->add_to_snapshot(1, {upsert(right("A" + name, "CSQU3054383", "A" + name)),
                                               upsert(right("B" + name, "CSQU3054383", name))}));
    }
  };
  ASSERT_TRUE(replica->begin_snapshot());
  add(0, 19);
  EXPECT_EQ(replica->finish_snapshot(manifest).error().fault, Fault::refused) << "the last part is not there";
  ASSERT_TRUE(replica->begin_snapshot());  // while another one may still be stored
  add(0, 20);
  ASSERT_TRUE(replica->finish_snapshot(manifest));
  EXPECT_EQ(replica->counts().rights, 40);
  EXPECT_EQ(replica->rights({"A0", "B19"}, {}).value().size(), 2u);
}

}  // namespace
