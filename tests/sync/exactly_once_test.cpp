// However the network repeats, reorders and loses batches: what was applied is what was sent, once.
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sync/follower.hpp"
#include "sync/replica/replica.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

constexpr int kRights = 6;

/// Random changes of a few rights; each upsert carries its own number, so that order shows.
std::vector<ReadChange> random_stream(std::size_t length) {
  std::vector<ReadChange> stream;
  for (std::size_t i = 0; i < length; ++i) {
    const std::string id = "R" + std::to_string(*rc::gen::inRange(0, kRights));
    const int what = *rc::gen::inRange(0, 5);
    if (what <= 1) {
      core::ReleaseRight one = right(id, "CSQU3054383", "S" + id);
      one.release_identification = std::to_string(i);
      stream.push_back(upsert(one));
    } else {
      stream.push_back(change(ChangeKind::releaseRight, static_cast<ChangeOp>(what), id));
    }
  }
  return stream;
}

/// What a reader who saw every change once, in order, would know.
struct Reference {
  std::string text;
  bool blocked = false, revoked = false, dirty = false;

  [[nodiscard]] core::RightState state() const {
    if (revoked) return core::RightState::revoked;
    if (blocked) return core::RightState::blocked;
    return dirty ? core::RightState::dirty : core::RightState::active;
  }
};

std::map<std::string, Reference> reference_of(const std::vector<ReadChange>& stream) {
  std::map<std::string, Reference> rights;
  for (const auto& read : stream) {
    const auto& one = std::get<Change>(read);
    const bool known = rights.contains(one.key.id);
    Reference& row = rights[one.key.id];
    if (!known) row.dirty = true;  // only the name is known
    switch (one.op) {
      case ChangeOp::upsert:
        row.text = *std::get<core::ReleaseRight>(one.data).release_identification;
        row.dirty = false;
        break;
      case ChangeOp::dirty:
        row.dirty = true;
        break;
      case ChangeOp::revoke:
        row.revoked = true;
        break;
      case ChangeOp::block:
        row.blocked = true;
        break;
      case ChangeOp::unblock:
        row.blocked = false;
        break;
      case ChangeOp::erase:
        break;
    }
  }
  return rights;
}

/// Cuts [first, last] of the stream into one batch.
Batch cut(const std::vector<ReadChange>& stream, std::int64_t first, std::int64_t last) {
  return {.epoch = 1,
          .first = first,
          .last = last,
          .changes = {stream.begin() + (first - 1), stream.begin() + last}};
}

TEST(ExactlyOnce, HoldsUnderRepetitionReorderingLossAndRestarts) {
  const bool held = rc::check([] {
    const TempFolder folder;
    const RowKey key(32, 1);
    auto replica = Replica::open(folder / "replica.db", key).value();
    RC_ASSERT(replica->begin_snapshot().has_value());
    SnapshotManifest empty;
    empty.epoch = 1;
    RC_ASSERT(replica->finish_snapshot(empty).has_value());
    Follower follower(std::chrono::seconds(5), replica->stand().position, {}, 1);

    const auto stream = random_stream(static_cast<std::size_t>(*rc::gen::inRange(1, 40)));
    const auto size = static_cast<std::int64_t>(stream.size());
    const auto deliver = [&](const Batch& batch) {
      if (follower.on_batch(batch, moment(0)) != BatchFate::apply) return;
      RC_ASSERT(replica->apply(batch).has_value());
      follower.stands_at(replica->stand().position, moment(0));
    };
    const int deliveries = *rc::gen::inRange(0, 30);
    for (int i = 0; i < deliveries; ++i) {
      const auto first = *rc::gen::inRange<std::int64_t>(1, size + 1);
      const auto last = *rc::gen::inRange<std::int64_t>(first, size + 1);
      deliver(cut(stream, first, last));
      if (*rc::gen::inRange(0, 10) == 0) {
        replica.reset();
        replica = Replica::open(folder / "replica.db", key).value();
        follower = Follower(std::chrono::seconds(5), replica->stand().position, {}, 1);
      }
    }
    // In the end the platform answers "send from sequence N".
    const auto next = follower.stand().sequence + 1;
    if (next <= size) deliver(cut(stream, next, size));

    RC_ASSERT(replica->stand().position == (Position{1, size}));
    const auto expected = reference_of(stream);
    RC_ASSERT(replica->counts().rights == static_cast<std::int64_t>(expected.size()));
    for (const auto& [id, row] : expected) {
      const auto found = replica->rights({id}, {}).value();
      RC_ASSERT(found.size() == 1u);
      RC_ASSERT(found[0].state == row.state());
      RC_ASSERT(found[0].release_identification.value_or("") == row.text);
    }
  });
  EXPECT_TRUE(held);
}

}  // namespace
