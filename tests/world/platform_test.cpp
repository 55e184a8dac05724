#include <gtest/gtest.h>

#include "tests/world/platform/event_book.hpp"
#include "tests/world/platform/stream_book.hpp"

namespace world {
namespace {

syncing::EventMessage event(std::int64_t number, const std::string& ulid, const std::string& journal = "J1") {
  syncing::EventMessage message;
  message.appliance = "gate-1";
  message.journal_id = journal;
  message.number = number;
  message.ulid = ulid;
  return message;
}

std::vector<std::string> ulids(const EventBook& book) {
  std::vector<std::string> all;
  for (const auto& message : book.events()) all.push_back(message.ulid);
  return all;
}

TEST(EventBook, ThePlatformTakesAnEventOnceHoweverOftenItComes) {
  EventBook book;
  EXPECT_TRUE(book.take(event(1, "A")).is_new);
  EXPECT_FALSE(book.take(event(1, "A")).is_new);
  EXPECT_EQ(ulids(book), std::vector<std::string>{"A"});
  EXPECT_EQ(book.repeated(), 1);
}

TEST(EventBook, AReceiptCoversANumberOnlyOnceAllBeforeItHaveCome) {
  EventBook book;
  EXPECT_EQ(book.take(event(1, "A")).receipt.up_to, 1);
  EXPECT_EQ(book.take(event(3, "C")).receipt.up_to, 1);
  EXPECT_EQ(book.holes(), std::vector<std::string>{"J1: 2"});
  EXPECT_EQ(book.take(event(2, "B")).receipt.up_to, 3);
  EXPECT_TRUE(book.holes().empty());
  EXPECT_EQ(ulids(book), (std::vector<std::string>{"A", "B", "C"}));
}

TEST(EventBook, ARepeatedEventIsReceiptedAgain) {
  EventBook book;
  book.take(event(1, "A"));
  book.take(event(2, "B"));
  const auto again = book.take(event(1, "A"));
  EXPECT_EQ(again.receipt.up_to, 2);
  EXPECT_EQ(again.receipt.journal_id, "J1");
  EXPECT_EQ(again.receipt.appliance, "gate-1");
}

TEST(EventBook, AnotherEventUnderATakenNumberIsRefusedAndBlocksNothing) {
  EventBook book;
  book.take(event(1, "A"));
  const auto other = book.take(event(1, "Z"));
  EXPECT_FALSE(other.is_new);
  ASSERT_EQ(other.receipt.refused.size(), 1U);
  EXPECT_EQ(other.receipt.refused[0].number, 1);
  EXPECT_EQ(book.take(event(2, "B")).receipt.up_to, 2);
  EXPECT_EQ(book.conflicts().size(), 1U);
  EXPECT_EQ(ulids(book), (std::vector<std::string>{"A", "B"}));
}

TEST(EventBook, TheSameEventUnderANewNumberHasNoSecondEffect) {
  EventBook book;
  book.take(event(1, "A"));
  EXPECT_FALSE(book.take(event(2, "A")).is_new);
  EXPECT_EQ(book.take(event(3, "C")).receipt.up_to, 3);
  EXPECT_EQ(ulids(book), (std::vector<std::string>{"A", "C"}));
}

TEST(EventBook, ANewJournalCountsFromOneAgain) {
  EventBook book;
  book.take(event(1, "A"));
  book.take(event(2, "B"));
  const auto taken = book.take(event(1, "C", "J2"));
  EXPECT_TRUE(taken.is_new);
  EXPECT_EQ(taken.receipt.up_to, 1);
  EXPECT_EQ(taken.receipt.journal_id, "J2");
  EXPECT_EQ(ulids(book), (std::vector<std::string>{"A", "B", "C"}));
}

Records two_rights() {
  Records two;
  two.rights.resize(2);
  two.rights[0].release_id = "R-1";
  two.rights[0].equipment_number = "MSKU9070323";
  two.rights[0].driver_id_hash = "k1:aa";
  two.rights[1].release_id = "R-2";
  two.appointments.resize(1);
  two.appointments[0].tar = "11";
  two.appointments[0].tractor_plate = "1ABC123";
  two.appointments[0].jobs.resize(1);
  two.appointments[0].jobs[0].release_id = "R-1";
  return two;
}

TEST(StreamBook, EveryChangeTakesOneNumberWithoutHoles) {
  StreamBook book;
  book.begin(7, changes_of(two_rights()));
  EXPECT_EQ(book.sequence(), 0);
  const auto revoke = syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, "R-1");
  const auto first = book.append({revoke, revoke});
  const auto second = book.append({revoke});
  EXPECT_EQ(std::pair(first.first, first.last), std::pair(std::int64_t{1}, std::int64_t{2}));
  EXPECT_EQ(std::pair(second.first, second.last), std::pair(std::int64_t{3}, std::int64_t{3}));
  EXPECT_EQ(book.epoch(), 7);
}

TEST(StreamBook, AMissingRangeIsSentAgainAsItWasNumbered) {
  StreamBook book;
  book.begin(7, {});
  for (int i = 0; i < 5; ++i) {
    book.append({syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::dirty,
                                 "R-" + std::to_string(i))});
  }
  const auto batches = book.since(2, 3);
  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].first, 2);
  EXPECT_EQ(batches[0].last, 4);
  EXPECT_EQ(std::get<syncing::Change>(batches[1].changes.at(0)).key.id, "R-4");
  EXPECT_TRUE(book.since(6).empty());
}

TEST(StreamBook, ASnapshotHoldsARevokedRightAsRevoked) {
  StreamBook book;
  book.begin(7, changes_of(two_rights()));
  book.append({syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, "R-2")});
  int revoked = 0;
  for (const auto& one : book.content()) {
    const auto& change = std::get<syncing::Change>(one);
    if (change.key.id == "R-2") revoked += change.state == core::RightState::revoked ? 1 : 0;
  }
  EXPECT_EQ(revoked, 1);
  EXPECT_EQ(book.content().size(), 3U);
}

TEST(StreamBook, ARefreshAnswersWithTheAppointmentAndTheRightsOfItsJobs) {
  StreamBook book;
  book.begin(7, changes_of(two_rights()));
  syncing::Refresh refresh;
  refresh.plates = {"1ABC123"};
  const core::WallTime now{std::chrono::hours(5)};
  const auto changes = book.named_by(refresh, now);
  ASSERT_EQ(changes.size(), 2U);
  const auto* right = std::get_if<core::ReleaseRight>(&changes[0].data);
  ASSERT_TRUE(right);
  EXPECT_EQ(right->release_id, "R-1");
  EXPECT_EQ(right->assignment_as_of, now);
  EXPECT_TRUE(book.named_by(syncing::Refresh{}, now).empty());
}

}  // namespace
}  // namespace world
