// A ban or hold that cannot be read whole: it may ban anybody, and must neither be passed over nor stop the
// gate for longer than it takes to be put right.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/appliance.hpp"
#include "tests/sync/change_text.hpp"
#include "tests/sync/replica_file.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Mode;
using testing::Contains;
using testing::HasSubstr;

namespace {

/// `more`: what stands beside the kind and the key.
ReadChange unreadable(const std::string& more, const std::string& key = R"({"reference":"B1"})") {
  return change_of(R"({"kind":"ban","key":)" + key + "," + more + "}");
}
ReadChange nobody_knows_whom() { return unreadable(R"("op":"upsert","data":{"subject":"plate"})"); }

core::Restriction ban(std::string reference, std::string plate) {
  return {.kind = core::RestrictionKind::ban,
          .reference = std::move(reference),
          .subject = core::RestrictionSubject::plate,
          .value = std::move(plate)};
}

class UnreadableBan : public ReplicaFile {
 protected:
  std::size_t bans_on(const std::string& plate) {
    open();
    EXPECT_EQ(replica_->set_aside(), "");
    EXPECT_TRUE(replica_->unreadable().names.empty());
    return replica_->restrictions({.plates = {plate}}).size();
  }
};

class DoubtfulBans : public testing::Test {
 protected:
  DoubtfulBans() {
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(ban("B1", "1ABC123"))});
    appliance_.head(1, 0);
    EXPECT_EQ(mode(), Mode::online);
  }

  Mode mode() {
    appliance_.wait(Sync::tick_interval);
    return appliance_->standing(appliance_.clock.now()).mode;
  }

  void say(ReadChange change) {
    appliance_.updates(1, ++said_, {std::move(change)});
    appliance_.head(1, said_);
    ASSERT_EQ(appliance_.report().sequence, said_);
  }

  /// How often a snapshot was asked for, after a while.
  std::ptrdiff_t snapshots_asked_for() {
    appliance_.wait(std::chrono::seconds(30));
    appliance_.head(1, said_);
    const auto requests = appliance_.requests();
    return std::count_if(requests.begin(), requests.end(),
                         [](const Request& one) { return one.kind == RequestKind::snapshot; });
  }

  bool is_banned(const std::string& plate) {
    core::Evidence evidence;
    evidence.plate.emplace().plate = plate;
    return !appliance_->gather(evidence).value().restrictions.empty();
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
  std::int64_t said_ = 0;
};

}  // namespace

TEST_F(UnreadableBan, NamesWhatItsValueNamesHoweverItIsWrong) {
  for (const auto& [more, key] : std::vector<std::pair<std::string, std::string>>{
           {R"("op":"upsert","data":{"subject":"tractor","value":"1-abc-123"})", R"({"reference":"B1"})"},
           {R"("op":"upsert","data":{"value":"1ABC123"})", R"({"reference":"B1"})"},
           {R"("op":"upsert","data":{"subject":"plate","value":"1ABC123"})", R"({"reference":7})"},
           {R"("op":"upsert","data":{"subject":"plate","value":"1ABC123","active":"yes"})",
            R"({"reference":"B1"})"},
           {R"("op":"forbid","data":{"subject":"plate","value":"1ABC123"})", R"({"reference":"B1"})"}}) {
    ASSERT_TRUE(snapshot(1, 0, {}));
    ASSERT_TRUE(next({unreadable(more, key)}));
    EXPECT_EQ(bans_on("1ABC123"), 1u) << more;
    EXPECT_EQ(bans_on("1XYZ999"), 0u) << more;
    EXPECT_EQ(replica_->counts().parked, 1) << more;
  }
}

TEST_F(UnreadableBan, OnANumberIsABanOnItsDigits) {
  ASSERT_TRUE(next({unreadable(R"("op":"upsert","data":{"subject":"plate","value":1234567})")}));
  EXPECT_EQ(bans_on("1234567"), 1u);
}

TEST_F(UnreadableBan, IsOverOnceTheSameReferenceIsSaidAgainOrTakenBack) {
  const auto wrong = unreadable(R"("op":"upsert","data":{"value":"1ABC123"})");
  ASSERT_TRUE(next({wrong, upsert(ban("B1", "1XYZ999"))}));
  EXPECT_EQ(bans_on("1ABC123"), 0u);
  EXPECT_EQ(bans_on("1XYZ999"), 1u);
  ASSERT_TRUE(next({wrong, change(ChangeKind::ban, ChangeOp::erase, "B1")}));
  EXPECT_EQ(bans_on("1ABC123"), 0u);
  EXPECT_EQ(bans_on("1XYZ999"), 0u);
  EXPECT_EQ(replica_->counts().parked, 0);
}

TEST_F(UnreadableBan, LeavesInForceWhatWasSaidBefore) {
  ASSERT_TRUE(next({upsert(ban("B1", "1ABC123")), unreadable(R"("op":"upsert","data":{"value":"1XYZ999"})"),
                    unreadable(R"("op":"delete","active":false)", R"({"reference":1})")}));
  EXPECT_EQ(bans_on("1ABC123"), 1u);
  EXPECT_EQ(bans_on("1XYZ999"), 1u);
}

TEST_F(DoubtfulBans, ReferUntilTheSameReferenceIsSaidAgainAndTellEverybody) {
  say(nobody_knows_whom());
  EXPECT_EQ(mode(), Mode::restricted);
  EXPECT_TRUE(is_banned("1ABC123")) << "nobody said that this is over";
  EXPECT_THAT(appliance_.recorded(core::EventKind::alarm), Contains(HasSubstr("ban B1: cannot be read")));
  appliance_.restart();
  EXPECT_EQ(mode(), Mode::restricted) << "also from the disk";
  say(upsert(right("R1")));
  EXPECT_EQ(mode(), Mode::restricted) << "the stream goes on";
  say(upsert(ban("B1", "1XYZ999")));
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_banned("1ABC123"));
  EXPECT_TRUE(is_banned("1XYZ999"));
  EXPECT_THAT(appliance_.recorded(core::EventKind::alarm), Contains(HasSubstr("can be read again")));
}

TEST_F(DoubtfulBans, ArePutRightByASnapshotThatIsAskedForAndNotOvertaken) {
  say(nobody_knows_whom());
  EXPECT_GT(snapshots_asked_for(), 0);
  const auto sealed = appliance_.seal(1, said_, {upsert(ban("B1", "1XYZ999"))}, 1);
  appliance_.part(sealed, 0);
  const std::int64_t meanwhile = said_ + 1;
  appliance_.updates(1, meanwhile, {upsert(right("R1"))});
  appliance_.part(sealed, 1);
  appliance_.settle();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_TRUE(is_banned("1XYZ999"));
  say(upsert(right("R1")));
  const auto asked = snapshots_asked_for();
  EXPECT_EQ(snapshots_asked_for(), asked) << "not again";
}

TEST_F(DoubtfulBans, ThatTheSnapshotItselfSaysAreNotAskedForOverAndOver) {
  appliance_.head(2, 5);
  appliance_.snapshot(2, 5, {nobody_knows_whom()});
  appliance_.head(2, 5);
  EXPECT_EQ(mode(), Mode::restricted);
  const auto asked = appliance_.requests().size();
  appliance_.wait(std::chrono::minutes(5));
  EXPECT_EQ(appliance_.requests().size(), asked);
  appliance_.updates(2, 6, {change(ChangeKind::ban, ChangeOp::erase, "B1")});
  appliance_.head(2, 6);
  EXPECT_EQ(mode(), Mode::online);
}

/// Of a known kind, and of a row that cannot be told.
TEST_F(DoubtfulBans, AreNoWorseThanARevocationOrAUseOfNobodyKnowsWhat) {
  std::int64_t epoch = 1;
  for (const char* text :
       {R"({"kind":"releaseRight","op":"revoke","key":{"releaseId":5}})",
        R"({"kind":"releaseRight","op":"upsert","key":{"equipmentNumber":"CSQU3054383"}})",
        R"({"kind":"use","op":"upsert"})", R"({"kind":"driver","op":"delete","key":{"driverIdHash":""}})",
        R"({"kind":"appointment","op":"dirty","key":[]})"}) {
    appliance_.updates(epoch, ++said_, {change_of(text)});
    appliance_.head(epoch, said_);
    EXPECT_EQ(mode(), Mode::restricted) << text;
    EXPECT_GT(snapshots_asked_for(), 0) << text;
    appliance_.snapshot(++epoch, said_, {upsert(right("R1"))});
    appliance_.head(epoch, said_);
    EXPECT_EQ(mode(), Mode::online) << text;
  }
}

TEST_F(DoubtfulBans, AreNotWhatNamesNothingAndDeniesNothing) {
  say(change_of(R"({"kind":"use","op":"delete","key":{}})"));
  EXPECT_EQ(mode(), Mode::online) << "a use given back";
  say(change_of(R"({"kind":"weather","op":"upsert","key":{"place":"quay"}})"));
  EXPECT_EQ(mode(), Mode::online) << "a kind that later versions may know";
  say(change_of(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R9"},"data":7})"));
  EXPECT_EQ(mode(), Mode::online) << "it names its row, and only that one is in doubt";
  const auto in_a_snapshot = [this](std::int64_t epoch, const char* text) {
    appliance_.snapshot(epoch, said_, {change_of(text)});
    appliance_.head(epoch, said_);
    return mode();
  };
  EXPECT_EQ(in_a_snapshot(2, R"({"kind":"releaseRight","op":"upsert","key":{}})"), Mode::online)
      << "a right that is not there lets nobody in";
  EXPECT_EQ(in_a_snapshot(3, R"({"kind":"use","op":"upsert","key":{}})"), Mode::restricted);
}
