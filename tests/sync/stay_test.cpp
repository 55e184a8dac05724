// Changes that name a right by its container stay, also while nobody has told us the right itself yet.
#include <filesystem>

#include <gtest/gtest.h>

#include "sync/replica/replica.hpp"
#include "tests/sync/change_text.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::RightState;

namespace {

class ByStay : public testing::Test {
 protected:
  ByStay() {
    open();
    snapshot(1, {});
  }

  void open() {
    replica_.reset();
    replica_ = Replica::open(folder_ / "replica.db", RowKey(32, 7)).value();
  }

  void snapshot(std::int64_t epoch, const std::vector<ReadChange>& changes) {
    SnapshotManifest manifest;
    manifest.epoch = epoch;
    manifest.count = static_cast<std::int64_t>(changes.size());
    manifest.issued_at = manifest.source_as_of = at(0);
    ASSERT_TRUE(replica_->begin_snapshot());
    ASSERT_TRUE(replica_->add_to_snapshot(epoch, changes));
    ASSERT_TRUE(replica_->finish_snapshot(manifest));
  }

  void next(std::vector<ReadChange> changes) {
    const Position at = replica_->stand().position;
    const Batch batch{.epoch = at.epoch,
                      .first = at.sequence + 1,
                      .last = at.sequence + static_cast<std::int64_t>(changes.size()),
                      .changes = std::move(changes)};
    const auto applied = replica_->apply(batch);
    ASSERT_TRUE(applied) << applied.error().what;
  }

  static Change by_stay(ChangeOp op, const std::string& stay = "S1") {
    Change change = syncing::change(ChangeKind::releaseRight, op, "");
    change.key.equipment_number = "CSQU3054383";
    change.key.stay_number = stay;
    return change;
  }

  RightState state(const std::string& id = "R1") { return replica_->rights({id}, {}).value().at(0).state; }

  TempFolder folder_;
  std::unique_ptr<Replica> replica_;
};

}  // namespace

TEST_F(ByStay, ADenyForARightThatWeNeverSawIsKept) {
  for (const auto& [op, expected] :
       std::vector<std::pair<ChangeOp, RightState>>{{ChangeOp::block, RightState::blocked},
                                                    {ChangeOp::revoke, RightState::revoked},
                                                    {ChangeOp::erase, RightState::deleted}}) {
    snapshot(replica_->stand().position.epoch + 1, {});
    next({by_stay(op)});
    EXPECT_TRUE(replica_->rights({}, {"CSQU3054383"}).value().empty()) << "nothing there that could grant";
    open();
    next({upsert(right("R1"))});
    EXPECT_EQ(state(), expected);
    next({upsert(right("R1"))});
    EXPECT_EQ(state(), expected) << "new data are no unblocking";
  }
}

TEST_F(ByStay, ADenyWithinOneBatchHoldsWhateverTheOrder) {
  next({by_stay(ChangeOp::block), upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::blocked);
}

TEST_F(ByStay, ADenyTakenBackBeforeTheRightIsKnownIsNone) {
  next({by_stay(ChangeOp::block), by_stay(ChangeOp::unblock), upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::active);
  next({by_stay(ChangeOp::block)});
  EXPECT_EQ(state(), RightState::blocked);
}

TEST_F(ByStay, ADenyIsForItsOwnStayAlone) {
  next({by_stay(ChangeOp::revoke, "S2"), upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::active);
}

TEST_F(ByStay, ADenyByEitherNameHolds) {
  next({by_stay(ChangeOp::block), change(ChangeKind::releaseRight, ChangeOp::revoke, "R1"),
        upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::revoked);
}

TEST_F(ByStay, ThePlatformMayStateThatTheDenyIsOver) {
  Change stated = upsert(right("R1"));
  stated.state = RightState::active;
  next({by_stay(ChangeOp::block), stated});
  EXPECT_EQ(state(), RightState::active);
  next({upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::active);
}

TEST_F(ByStay, ANewerSnapshotReplacesWhatWasKept) {
  next({by_stay(ChangeOp::block)});
  snapshot(2, {upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::active);
  snapshot(3, {by_stay(ChangeOp::block), upsert(right("R1"))});
  EXPECT_EQ(state(), RightState::blocked) << "also while a snapshot is built";
}

TEST_F(ByStay, AnUnreadableChangeIsParkedUntilTheRightOfThatStayIsPutRight) {
  next({change_of(
      R"({"kind":"releaseRight","op":"unheard-of","key":{"equipmentNumber":"CSQU3054383","stayNumber":"S1"}})")});
  EXPECT_EQ(replica_->counts().parked, 1);
  next({upsert(right("R1"))});
  EXPECT_EQ(replica_->counts().parked, 0);
  EXPECT_EQ(state(), RightState::active);
}
