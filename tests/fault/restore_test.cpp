// A journal that is not the newest one of this gate: put back from an old copy, or begun in the place of one
// that was put aside. It gets a name of its own, refers, and decides again once the platform has told what
// was used.
#include <gmock/gmock.h>

#include "gate/audit/tree.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/store/database.hpp"
#include "tests/fault/restored_journal.hpp"

using namespace fault;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(ARestoredJournal, RefersUntilThePlatformHasToldWhatWasUsedAndThenDecidesAgain) {
  use(1);
  talk();
  ASSERT_EQ(mode(), Mode::online);
  const std::string first = journal();
  stop();
  keep();
  start();
  use(2);
  admit(3);
  talk();
  stop();
  put_back();
  start();
  talk(false);
  EXPECT_NE(journal(), first);
  EXPECT_EQ(mode(), Mode::restricted) << "R2 was used, and neither journal nor replica know";
  EXPECT_FALSE(appliance->report().journal_told);
  EXPECT_TRUE(appliance->report().journal_sound);
  ASSERT_TRUE(status && status->restored);
  EXPECT_EQ(status->restored->knows.at(0).journal_id, first);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_TRUE(appliance->report().journal_told);
  EXPECT_FALSE(status->restored);
  EXPECT_FALSE(is_free(1)) << "used, and in the copy";
  EXPECT_FALSE(is_free(2)) << "used, and told by the platform";
  EXPECT_FALSE(is_free(3)) << "a truck may be inside with it";
  EXPECT_TRUE(is_free(4));
  EXPECT_THAT(book.conflicts(), IsEmpty());
  EXPECT_THAT(book.holes(), IsEmpty());
  EXPECT_EQ(appliance->report().outbox, 0);
  start();
  talk(false);
  EXPECT_EQ(mode(), Mode::online) << "once is enough";
  EXPECT_FALSE(is_free(2));
}

/// The whole folder is put back: nothing here knows. What was written since has the numbers of what is lost.
TEST_F(ARestoredJournal, IsKnownByThePlatformWhereNothingHereRemembersHoweverFarItHasGone) {
  for (const int written : {0, 1, 2, 3}) {
    SCOPED_TRACE(written);
    use(1);
    talk();
    stop();
    keep();
    fs::copy_file(folder / "journal.db.mark", folder / "kept.mark", fs::copy_options::overwrite_existing);
    start();
    use(2);
    talk();
    stop();
    put_back();
    fs::copy_file(folder / "kept.mark", folder / "journal.db.mark", fs::copy_options::overwrite_existing);
    undetected = true;
    start();
    const std::string first = journal();
    for (int i = 0; i < written; ++i) {
      ports::JournalEntry entry;
      entry.events = {event(EventKind::truck_detected, "since " + std::to_string(i))};
      ASSERT_TRUE(appliance->commit(entry));
    }
    talk();
    EXPECT_NE(journal(), first);
    EXPECT_FALSE(is_free(2));
    EXPECT_TRUE(is_free(4));
    int since = 0;
    for (const auto& one : book.events()) since += one.event.text.value_or("").starts_with("since") ? 1 : 0;
    EXPECT_EQ(since, written) << "each once, under whatever number";
    EXPECT_EQ(appliance->report().outbox, 0);
    begin_again();
  }
}

TEST_F(ARestoredJournal, WithEventsThatReachedNobodyGoesOnReferring) {
  use(1);
  talk();
  stop();
  keep();
  start();
  talk();
  (**appliance).connection(false);
  use(2);  // while the link is down, and then the disk dies
  appliance.reset();
  put_back();
  start();
  talk();
  EXPECT_EQ(mode(), Mode::restricted) << "nobody knows that R2 was used";
  EXPECT_THAT((**appliance).refusals(), Contains(HasSubstr("reached nobody")));
}

TEST_F(ARestoredJournal, WithoutEventsOfRightsThatReachedNobodyComesOut) {
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  (**appliance).connection(false);
  ports::JournalEntry entry;
  entry.events = {event(EventKind::alarm, "nothing about a right")};
  ASSERT_TRUE(appliance->commit(entry));
  appliance.reset();
  put_back();
  start();
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(2));
}

TEST_F(ARestoredJournal, ThatWasBegunInPlaceOfADamagedOneIsToldAllOfIt) {
  use(1);
  use(2);
  talk();
  const std::string first = journal();
  stop();
  put_aside();
  start();
  EXPECT_NE(journal(), first);
  EXPECT_THAT(appliance->recorded(EventKind::alarm), Contains(HasSubstr("put aside")));
  talk(false);
  EXPECT_EQ(mode(), Mode::restricted);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
  EXPECT_FALSE(is_free(2));
  EXPECT_TRUE(is_free(4));
}

TEST_F(ARestoredJournal, TwiceGetsANameEachTimeAndIsToldOfAll) {
  talk();
  stop();
  keep();
  start();
  use(1);
  talk();
  stop();
  put_back();
  start();
  talk();
  const std::string second = journal();
  use(2);
  talk();
  stop();
  put_back();
  start();
  talk();
  EXPECT_NE(journal(), second);
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
  EXPECT_FALSE(is_free(2));
  EXPECT_TRUE(is_free(4));
  EXPECT_THAT(book.conflicts(), IsEmpty());
}

TEST_F(ARestoredJournal, IsNotToldByAnEmptyWordAndNotByOneForAnotherJournal) {
  use(1);
  talk();
  const std::string first = journal();
  stop();
  keep();
  start();
  use(2);
  talk();
  stop();
  put_back();
  start();
  talk(false);
  Receipt word{.appliance = "a1", .journal_id = journal(), .up_to = 0};
  word.told = Told{1, 0, {}};
  say(word);
  EXPECT_EQ(mode(), Mode::restricted) << "it does not say that it knows what is lacking";
  word.journal_id = first;
  word.told->knows = book.known();
  say(word);
  EXPECT_EQ(mode(), Mode::restricted);
  word.journal_id = journal();
  word.told->sequence = 5;
  say(word);
  appliance->head(1, 0);
  EXPECT_EQ(mode(), Mode::restricted) << "the replica is not there yet";
}

TEST_F(ARestoredJournal, CannotBeMadeToForgetThatItLacksSomething) {
  use(1);
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  stop();
  put_back();
  start();
  for (const char* edit : {"DELETE FROM lack", "UPDATE lack SET epoch = 1, sequence = 0", "DELETE FROM lacks",
                           "UPDATE lacks SET events = 1"}) {
    stop();
    TempFolder kept;
    fs::copy(folder.path(), kept.path(), fs::copy_options::recursive);
    open_writer(folder / "journal.db", journal_schema).value()->run(edit);
    start();
    appliance->head(1, 0);
    EXPECT_EQ(mode(), Mode::restricted) << edit;
    EXPECT_FALSE(appliance->report().journal_sound) << edit;
    appliance.reset();
    fs::remove_all(folder.path());
    fs::copy(kept.path(), folder.path(), fs::copy_options::recursive);
    start();
  }
}

TEST_F(ARestoredJournal, BeginsALogThatNamesTheOneBeforeWhichStaysAsItWas) {
  use(1);
  talk();
  stop();
  keep();
  start();
  const std::string first = journal();
  use(2);
  talk();
  const std::string beyond = (**appliance).log_head("")->checkpoints.at(0);
  stop();
  put_back();
  start();
  talk();
  const auto head = (**appliance).log_head("").value();
  EXPECT_THAT(head.earlier, testing::ElementsAre(first));
  const auto newest = audit::read_checkpoint(head.checkpoints.at(0));
  EXPECT_TRUE(newest->origin.ends_with("/" + journal()));
  audit::Tree tree;
  std::map<std::uint64_t, audit::Hash> roots;
  const auto old = (**appliance).leaves(first, 0, 1000).value();
  for (const auto& leaf : old) {
    tree.append(audit::checked_hash(leaf).value());
    roots[tree.size()] = tree.root();
  }
  const auto vouched = (**appliance).log_head(first).value().checkpoints;
  EXPECT_FALSE(vouched.empty());
  for (const auto& note : vouched) {
    const auto checkpoint = audit::read_checkpoint(note);
    EXPECT_EQ(roots.at(checkpoint->size), checkpoint->root) << "what was vouched for stays so";
  }
  EXPECT_GT(audit::read_checkpoint(beyond)->size, old.size()) << "and what is lost is seen to be";
  const auto leaf = (**appliance).leaves("", 0, 1).value().at(0);
  EXPECT_EQ(leaf.number, 1);
  EXPECT_THAT(*leaf.record, HasSubstr("\"leaves\":" + std::to_string(old.size())));
  EXPECT_THAT(*leaf.record, HasSubstr(bytes::to_hex(bytes::view(tree.root()))));
  EXPECT_EQ((**appliance).leaves("another", 0, 1).error().fault, core::Fault::not_found);
}

/// Every place where the way out may be cut off.
TEST_F(ARestoredJournal, ThatIsStoppedAtAnyWriteOfTheWayOutComesOutAllTheSame) {
  use(1);
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  appliance->clock.advance(std::chrono::seconds(1));
  stop();
  put_back();
  const TempFolder before;
  fs::copy(folder.path(), before.path(), fs::copy_options::recursive);
  const auto book_then = book;
  const auto stream_then = stream;
  bool reached = true;
  int runs = 0;
  for (int n = 1; reached; n += n < 60 ? 1 : 5, ++runs) {
    fs::remove_all(folder.path());
    fs::copy(before.path(), folder.path(), fs::copy_options::recursive);
    book = book_then;
    stream = stream_then;
    status.reset();
    receipts.clear();
    reached = cut_off(n, "", [this] { talk(); });
    start();
    EXPECT_FALSE(is_free(2)) << "after access " << n;
    talk();
    EXPECT_EQ(mode(), Mode::online) << "after access " << n;
    EXPECT_FALSE(is_free(1)) << "after access " << n;
    EXPECT_FALSE(is_free(2)) << "after access " << n;
    EXPECT_TRUE(is_free(4)) << "after access " << n;
    EXPECT_THAT(book.conflicts(), IsEmpty());
    appliance.reset();
  }
  EXPECT_GT(runs, 40);
}
