#include "sync/follower.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/window.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using core::LinkState;

namespace {

Head head(std::int64_t epoch, std::int64_t sequence, std::int64_t second, std::int64_t source_lag = 0) {
  Head head;
  head.epoch = epoch;
  head.sequence = sequence;
  head.issued_at = at(second);
  head.source_as_of = at(second - source_lag);
  return head;
}

Batch batch(std::int64_t epoch, std::int64_t first, std::int64_t last) {
  Batch batch{.epoch = epoch, .first = first, .last = last};
  for (auto i = first; i <= last; ++i)
    batch.changes.push_back(change(ChangeKind::use, ChangeOp::upsert, std::to_string(i)));
  return batch;
}

SnapshotManifest manifest(std::int64_t epoch, std::int64_t sequence, int parts = 1) {
  SnapshotManifest manifest;
  manifest.ulid = make_ulid(at(sequence));
  manifest.epoch = epoch;
  manifest.sequence = sequence;
  for (int i = 0; i < parts; ++i) manifest.parts.push_back({.sha256 = "d" + std::to_string(i), .count = 0});
  return manifest;
}

class Following : public testing::Test {
 protected:
  static Follower make(Position stand, Position floor = {}) {
    return Follower(std::chrono::seconds(5), stand, floor, 1);
  }

  /// The question that is asked by `until`, looking every quarter of a second.
  std::optional<Question> asked(Follower& follower, std::int64_t from, std::int64_t until) {
    for (auto now = moment(from); now.wall <= at(until);) {
      if (auto question = follower.question(now)) {
        asked_at_ = now.wall;
        return question;
      }
      now.wall += core::Milliseconds(250);
      now.steady += core::Milliseconds(250);
    }
    return std::nullopt;
  }

  core::WallTime asked_at_{};
};

TEST_F(Following, AnEmptyReplicaAsksForASnapshotAsSoonAsItSeesAHead) {
  Follower follower = make({});
  EXPECT_EQ(asked(follower, 0, 60), std::nullopt) << "nobody there to ask";
  ASSERT_TRUE(follower.on_head(head(1, 5, 60), moment(60)));
  const auto question = asked(follower, 60, 61);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->kind, RequestKind::snapshot);
}

TEST_F(Following, AnUnansweredQuestionIsAskedAgainEverMoreRarely) {
  Follower follower = make({});
  ASSERT_TRUE(follower.on_head(head(1, 5, 0), moment(0)));
  std::vector<core::Milliseconds> waits;
  core::WallTime last{};
  for (int i = 0; i < 9; ++i) {
    const auto from =
        i == 0 ? 0 : std::chrono::duration_cast<std::chrono::seconds>(asked_at_ - at(0)).count() + 1;
    ASSERT_TRUE(asked(follower, from, from + 200));
    if (i > 0) waits.push_back(asked_at_ - last);
    last = asked_at_;
  }
  EXPECT_LT(waits.front(), std::chrono::seconds(6));
  EXPECT_GT(waits[4], waits[0]);
  EXPECT_GE(waits.back(), std::chrono::seconds(60));
  EXPECT_LE(waits.back(), std::chrono::seconds(92));
}

TEST_F(Following, AGapIsAskedForFromTheNextNumber) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 10, 0), moment(0)));
  EXPECT_EQ(follower.on_batch(batch(1, 13, 14), moment(1)), BatchFate::gap);
  const auto question = asked(follower, 1, 2);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->kind, RequestKind::updates);
  EXPECT_EQ(question->from, 11);
  EXPECT_EQ(question->epoch, 1);
}

TEST_F(Following, UpdatesThatTheHeadCountsAreGivenAMomentToArrive) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 12, 0), moment(0)));
  EXPECT_EQ(asked(follower, 0, 0), std::nullopt);
  follower.stands_at({1, 12}, moment(1));
  EXPECT_EQ(asked(follower, 1, 60), std::nullopt);
}

TEST_F(Following, ABatchIsJudgedByItsNumbers) {
  Follower follower = make({2, 10});
  EXPECT_EQ(follower.on_batch(batch(2, 11, 12), moment(0)), BatchFate::apply);
  EXPECT_EQ(follower.on_batch(batch(2, 9, 11), moment(0)), BatchFate::apply);
  EXPECT_EQ(follower.on_batch(batch(2, 9, 10), moment(0)), BatchFate::duplicate);
  EXPECT_EQ(follower.on_batch(batch(2, 12, 12), moment(0)), BatchFate::gap);
  EXPECT_EQ(follower.on_batch(batch(1, 11, 12), moment(0)), BatchFate::other_epoch);
  EXPECT_EQ(follower.on_batch(batch(3, 1, 1), moment(0)), BatchFate::other_epoch);
}

TEST_F(Following, DataAgeCountsFromTheOlderOfIssueTimeAndSource) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 10, 100, 30), moment(100)));
  EXPECT_EQ(follower.proven(), at(70));
}

TEST_F(Following, DataAgeCountsOnlyFromHeadsWeHaveCaughtUpWith) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 10, 100), moment(100)));
  ASSERT_TRUE(follower.on_head(head(1, 11, 105), moment(105)));
  ASSERT_TRUE(follower.on_head(head(1, 13, 110), moment(110)));
  EXPECT_EQ(follower.proven(), at(100));
  EXPECT_EQ(follower.behind(), 3);
  follower.stands_at({1, 12}, moment(111));
  EXPECT_EQ(follower.proven(), at(105)) << "the head at 11 is covered, the one at 13 is not";
  follower.stands_at({1, 13}, moment(112));
  EXPECT_EQ(follower.proven(), at(110));
  EXPECT_EQ(follower.behind(), 0);
}

TEST_F(Following, DataAgeNeverMovesBack) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 10, 100), moment(100)));
  ASSERT_TRUE(follower.on_head(head(1, 10, 105, 60), moment(105))) << "the bridge lost the platform";
  EXPECT_EQ(follower.proven(), at(100));
}

TEST_F(Following, AReplayedHeadProvesNothing) {
  Follower follower = make({1, 10});
  ASSERT_TRUE(follower.on_head(head(1, 10, 0), moment(0)));
  ASSERT_TRUE(follower.on_head(head(1, 10, 5), moment(5)));
  EXPECT_EQ(follower.link().state(moment(6).steady), LinkState::up);
  for (int second = 10; second < 100; second += 5)
    ASSERT_TRUE(follower.on_head(head(1, 10, 5), moment(second)));
  EXPECT_EQ(follower.link().state(moment(100).steady), LinkState::down);
  EXPECT_EQ(follower.proven(), at(5));
}

TEST_F(Following, AHeadThatGoesBackIsRefused) {
  Follower follower = make({2, 10});
  ASSERT_TRUE(follower.on_head(head(2, 10, 0), moment(0)));
  EXPECT_EQ(follower.on_head(head(2, 9, 5), moment(5)).error().fault, Fault::refused);
  EXPECT_EQ(follower.on_head(head(1, 99, 6), moment(6)).error().fault, Fault::refused);
}

TEST_F(Following, LinkStateHasHysteresis) {
  Follower follower = make({1, 0});
  EXPECT_EQ(follower.link().state(moment(0).steady), LinkState::down);
  ASSERT_TRUE(follower.on_head(head(1, 0, 0), moment(0)));
  EXPECT_EQ(follower.link().state(moment(0).steady), LinkState::suspect) << "one head is not yet a link";
  ASSERT_TRUE(follower.on_head(head(1, 0, 5), moment(5)));
  EXPECT_EQ(follower.link().state(moment(20).steady), LinkState::up);
  EXPECT_EQ(follower.link().state(moment(21).steady), LinkState::suspect);
  EXPECT_EQ(follower.link().state(moment(65).steady), LinkState::suspect);
  EXPECT_EQ(follower.link().state(moment(66).steady), LinkState::down);
  ASSERT_TRUE(follower.on_head(head(1, 0, 70), moment(70)));
  EXPECT_EQ(follower.link().state(moment(70).steady), LinkState::suspect);
}

TEST_F(Following, ASnapshotOlderThanTheFloorIsRefusedAndAnEqualOneIsTaken) {
  Follower follower = make({}, {2, 10});
  EXPECT_EQ(follower.on_manifest(manifest(2, 9), moment(0)).error().fault, Fault::refused);
  EXPECT_EQ(follower.on_manifest(manifest(1, 99), moment(0)).error().fault, Fault::refused);
  EXPECT_EQ(follower.on_manifest(manifest(2, 10), moment(0)), true);
}

TEST_F(Following, ASnapshotThatBringsNothingNewIsLeftAlone) {
  Follower follower = make({2, 10});
  EXPECT_EQ(follower.on_manifest(manifest(2, 10), moment(0)), false);
  EXPECT_EQ(follower.on_manifest(manifest(2, 11), moment(0)), false) << "the stream brings that";
  EXPECT_EQ(follower.on_manifest(manifest(3, 0), moment(0)), true) << "another epoch does not";
  Follower damaged = make({2, 10});
  damaged.distrust(moment(0));
  EXPECT_EQ(damaged.on_manifest(manifest(2, 10), moment(0)), true);
}

TEST_F(Following, PartsAreTakenInOrderAndByTheirDigest) {
  Follower follower = make({});
  const auto offered = manifest(1, 5, 2);
  ASSERT_EQ(follower.on_manifest(offered, moment(0)), true);
  const auto part = [&offered](int number) { return SnapshotPart{.ulid = offered.ulid, .part = number}; };
  EXPECT_EQ(follower.on_part(part(2), "d1", moment(0)), PartFate::ignore);
  EXPECT_EQ(follower.on_part({.ulid = make_ulid(at(9)), .part = 1}, "d0", moment(0)), PartFate::ignore);
  EXPECT_EQ(follower.on_part(part(1), "d0", moment(0)), PartFate::add);
  EXPECT_EQ(follower.on_part(part(1), "d0", moment(0)), PartFate::ignore);
  EXPECT_EQ(follower.on_part(part(2), "d1", moment(0)), PartFate::finished);
}

TEST_F(Following, APartThatWasNotPromisedEndsTheBuild) {
  Follower follower = make({});
  const auto offered = manifest(1, 5, 2);
  ASSERT_EQ(follower.on_manifest(offered, moment(0)), true);
  EXPECT_EQ(follower.on_part({.ulid = offered.ulid, .part = 1}, "another", moment(0)).error().fault,
            Fault::corrupt);
  EXPECT_FALSE(follower.building());
}

TEST_F(Following, APartThatDoesNotComeIsAskedFor) {
  Follower follower = make({});
  ASSERT_TRUE(follower.on_head(head(1, 5, 0), moment(0)));
  const auto offered = manifest(1, 5, 3);
  ASSERT_EQ(follower.on_manifest(offered, moment(0)), true);
  ASSERT_EQ(follower.on_part({.ulid = offered.ulid, .part = 1}, "d0", moment(0)), PartFate::add);
  const auto question = asked(follower, 1, 30);
  ASSERT_TRUE(question);
  EXPECT_EQ(question->snapshot, offered.ulid);
  EXPECT_EQ(question->part, 2);
}

TEST(Sending, GoesInOrderInAWindowAndAgainWhenNoReceiptComes) {
  Window window;
  auto slice = window.next(1, moment(0).steady);
  EXPECT_EQ(slice.after, 0);
  EXPECT_EQ(slice.most, Window::size);
  for (int i = 1; i <= Window::size; ++i) window.sent(i, moment(0).steady);
  EXPECT_EQ(window.next(1, moment(1).steady).most, 0) << "the window is full";
  slice = window.next(11, moment(2).steady);
  EXPECT_EQ(slice.after, Window::size);
  EXPECT_EQ(slice.most, 10) << "ten were receipted";
  slice = window.next(11, moment(30).steady);
  EXPECT_EQ(slice.after, 10) << "no receipt for long: again from the first without one";
  EXPECT_EQ(window.next(0, moment(31).steady).most, 0) << "nothing pending";
}

TEST(Sending, BeginsAgainOnANewConnection) {
  Window window;
  static_cast<void>(window.next(1, moment(0).steady));
  window.sent(1, moment(0).steady);
  window.begin_again();
  EXPECT_EQ(window.next(1, moment(0).steady).after, 0);
}

}  // namespace
