// What the link could not bring to an end, as people are told of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/change_text.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;

namespace {

class Behind : public testing::Test {
 protected:
  /// A change whose stay says what it is not, as it comes off the wire.
  static ReadChange unreadable(const std::string& id) {
    return change_of(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":")" + id +
                     R"("},"data":{"equipmentNumber":7}})");
  }

  void refuse(std::int64_t number, const std::string& reason, std::int64_t up_to) {
    Receipt receipt;
    receipt.appliance = "a1";
    receipt.journal_id = appliance_->journal_id();
    receipt.up_to = up_to;
    receipt.refused.push_back({number, reason});
    appliance_.say(topics::receipts("T869", "a1"), receipt);
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

TEST_F(Behind, ParkedChangesAreListedWithPositionKindKeyAndReason) {
  appliance_.snapshot(2, 4, {upsert(right("R1")), unreadable("R2")});
  appliance_.updates(2, 5, {unreadable("R3"), upsert(right("R4")), unreadable("R5")});
  const auto report = appliance_->parked(10);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->total, 3);
  ASSERT_EQ(report->changes.size(), 3u);
  EXPECT_EQ(report->changes[0].key, "R5");
  EXPECT_EQ(report->changes[0].sequence, 7);
  EXPECT_EQ(report->changes[1].sequence, 5);
  EXPECT_EQ(report->changes[1].epoch, 2);
  EXPECT_EQ(report->changes[1].kind, "releaseRight");
  EXPECT_THAT(report->changes[1].reason, HasSubstr("equipmentNumber"));
  EXPECT_EQ(report->changes[2].key, "R2");
  EXPECT_EQ(report->changes[2].in_snapshot, 2);
  EXPECT_FALSE(report->changes[2].sequence);
  EXPECT_EQ(appliance_->parked(1)->changes.size(), 1u);
  EXPECT_EQ(appliance_->parked(1)->total, 3);
  appliance_.updates(2, 8, {upsert(right("R3"))});
  EXPECT_EQ(appliance_->parked(10)->total, 2) << "it was put right";
}

TEST_F(Behind, TheOutboxSaysWhatWaitsTheOldestOfItAndWhatThePlatformRefused) {
  ports::JournalEntry entry;
  for (int i = 0; i < 5; ++i) entry.events.push_back(event(core::EventKind::truck_detected));
  entry.events[1].lane = "in-1";
  ASSERT_TRUE(appliance_.commit(entry));
  refuse(2, "no such lane", 3);
  const auto report = appliance_->outbox(10);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->journal_id, appliance_->journal_id());
  EXPECT_EQ(report->last, 5);
  EXPECT_EQ(report->pending, 2);
  EXPECT_EQ(report->parked, 1);
  ASSERT_TRUE(report->oldest);
  EXPECT_EQ(report->oldest->number, 4);
  EXPECT_EQ(report->oldest->at, at(0));
  EXPECT_FALSE(report->oldest->reason);
  ASSERT_EQ(report->refused.size(), 1u);
  EXPECT_EQ(report->refused[0].number, 2);
  EXPECT_EQ(report->refused[0].lane, "in-1");
  EXPECT_EQ(report->refused[0].reason, "no such lane");
}

TEST_F(Behind, AnEmptyOutboxHasNoOldest) {
  const auto report = appliance_->outbox(10);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->oldest);
  EXPECT_EQ(report->last, 0);
}

TEST_F(Behind, ALimitThatIsNoneIsRefused) {
  for (const int limit : {0, 501, -1}) {
    EXPECT_EQ(appliance_->parked(limit).error().fault, core::Fault::malformed);
    EXPECT_EQ(appliance_->outbox(limit).error().fault, core::Fault::malformed);
  }
}

}  // namespace
