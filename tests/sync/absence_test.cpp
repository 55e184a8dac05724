// Absence can lie too: what denies, and is no longer there, is noticed when the replica is opened.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/replica/replica.hpp"
#include "tests/sync/change_text.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;

namespace {

core::Restriction restriction(core::RestrictionKind kind, std::string reference, std::string plate) {
  return {.kind = kind,
          .reference = std::move(reference),
          .subject = core::RestrictionSubject::plate,
          .value = std::move(plate)};
}

class Absence : public testing::Test {
 protected:
  Absence() {
    open();
    SnapshotManifest manifest;
    manifest.epoch = 1;
    manifest.count = 1;
    manifest.issued_at = manifest.source_as_of = at(0);
    EXPECT_TRUE(replica_->begin_snapshot());
    EXPECT_TRUE(
        replica_->add_to_snapshot(1, {upsert(restriction(core::RestrictionKind::ban, "B1", "1ABC123"))}));
    EXPECT_TRUE(replica_->finish_snapshot(manifest));
    Change by_stay = change(ChangeKind::releaseRight, ChangeOp::block, "");
    by_stay.key.equipment_number = "MSKU9070323";
    by_stay.key.stay_number = "S2";
    next({upsert(right("R1")), upsert(restriction(core::RestrictionKind::hold, "H1", "1XYZ999")),
          change(ChangeKind::use, ChangeOp::upsert, "R1"), by_stay,
          change_of(R"({"kind":"ban","op":"upsert","key":{"reference":"B9"},"data":{}})")});
    EXPECT_TRUE(replica_->prove(at(60)));
  }

  void open() {
    replica_.reset();
    replica_ = Replica::open(folder_ / "replica.db", RowKey(32, 7)).value();
  }

  void next(std::vector<ReadChange> changes) {
    const auto sequence = replica_->stand().position.sequence;
    const Batch batch{.epoch = 1,
                      .first = sequence + 1,
                      .last = sequence + static_cast<std::int64_t>(changes.size()),
                      .changes = std::move(changes)};
    ASSERT_TRUE(replica_->apply(batch));
  }

  /// Why the replica was set aside after somebody, or a flipped bit, did this to its file.
  std::string after(const char* sql) {
    replica_.reset();
    {
      const auto other = open_writer(folder_ / "replica.db", replica_schema);
      EXPECT_GT((*other)->run(sql), 0) << sql;
    }
    open();
    return replica_->set_aside();
  }

  TempFolder folder_;
  std::unique_ptr<Replica> replica_;
};

}  // namespace

TEST_F(Absence, WhatWasWrittenIsFoundSound) {
  open();
  EXPECT_EQ(replica_->set_aside(), "");
  EXPECT_EQ(replica_->stand().position, (Position{1, 5}));
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123", "1XYZ999"}}).size(), 2u);
  ASSERT_TRUE(replica_->disprove());
  open();
  EXPECT_EQ(replica_->set_aside(), "");
}

class Edited : public Absence, public testing::WithParamInterface<const char*> {};

TEST_P(Edited, IsNoticedAndTheReplicaIsBuiltAnew) {
  EXPECT_THAT(after(GetParam()), HasSubstr("not what was written"));
  EXPECT_EQ(replica_->stand().position, Position{}) << "restricted until the platform has sent it again";
  open();
  EXPECT_EQ(replica_->set_aside(), "");
}

INSTANTIATE_TEST_SUITE_P(Replica, Edited,
                         testing::Values("DELETE FROM restrictions WHERE kind = 'ban'",
                                         "DELETE FROM restrictions WHERE kind = 'hold'", "DELETE FROM uses",
                                         "DELETE FROM unnamed_rights", "DELETE FROM unreadable_restrictions",
                                         "UPDATE unreadable_restrictions SET value = '1XYZ999'",
                                         "UPDATE stand SET vouched = '01M3250V00AYZFG8RF770863KQ'",
                                         "UPDATE restrictions SET value = '9ZZZ999' WHERE kind = 'ban'",
                                         "UPDATE unnamed_rights SET flags = 0",
                                         "UPDATE uses SET release_id = 'R2'",
                                         "INSERT INTO uses VALUES ('R9', '', '')",
                                         "UPDATE stand SET as_of = as_of + 1",
                                         "UPDATE stand SET sequence = sequence - 1",
                                         "UPDATE stand SET epoch = 2", "UPDATE stand SET seal = NULL"));

TEST_F(Absence, ARestrictionThatCannotBeReadIsDamage) {
  EXPECT_THAT(after("UPDATE restrictions SET subject = 'ship' WHERE kind = 'ban'"),
              HasSubstr("cannot be read"));
}

TEST_F(Absence, AReplicaUnderAnotherJournalsKeyIsBuiltAnew) {
  replica_.reset();
  replica_ = Replica::open(folder_ / "replica.db", RowKey(32, 8)).value();
  EXPECT_NE(replica_->set_aside(), "");
}

/// Whatever is added, replaced, taken away and taken up, the digest that is kept is that of what is there.
TEST_F(Absence, TheDigestFollowsEveryChange) {
  std::minstd_rand dice(7);
  const auto one_of = [&dice](int most) {
    return std::to_string(std::uniform_int_distribution<int>(1, most)(dice));
  };
  for (int round = 0; round < 40; ++round) {
    std::vector<ReadChange> changes;
    for (int i = 0; i < 10; ++i) {
      Change stay = change(ChangeKind::releaseRight, ChangeOp::block, "");
      Change use = change(ChangeKind::use, ChangeOp::upsert, one_of(3));
      stay.key.equipment_number = use.key.equipment_number = "CSQU3054383";
      stay.key.stay_number = use.key.stay_number = "S" + one_of(3);
      changes.push_back(stay);
      changes.push_back(use);
      changes.push_back(
          upsert(restriction(core::RestrictionKind::ban, "B" + one_of(4), "1ABC12" + one_of(9))));
      use.op = ChangeOp::erase;
      if (one_of(2) == "1") changes.push_back(use);
      if (one_of(2) == "1") changes.push_back(change(ChangeKind::ban, ChangeOp::erase, "B" + one_of(4)));
      if (one_of(2) == "1") changes.push_back(upsert(right("R" + one_of(3), "CSQU3054383", "S" + one_of(3))));
    }
    next(std::move(changes));
    open();
    ASSERT_EQ(replica_->set_aside(), "") << "round " << round;
  }
}
