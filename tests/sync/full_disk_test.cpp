// A disk that is full or may not be written, when the daemon starts: nobody may be told to move the journal
// away for that, for every claim would go with it.
#include "tests/sync/full_disk.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/journal/writer.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using testing::HasSubstr;
using testing::Not;

namespace {

namespace fs = std::filesystem;

void expect_no_advice_to_move_it(const core::Error& error) {
  EXPECT_EQ(error.fault, Fault::broken);
  EXPECT_THAT(error.what, Not(HasSubstr("move it away")));
  EXPECT_THAT(error.what, HasSubstr("journal.db"));
  EXPECT_THAT(error.what, HasSubstr("free space"));
  EXPECT_THAT(error.what, HasSubstr("do not touch the journal"));
}

}  // namespace

TEST(JournalAtStart, OnAFullDiskSaysToFreeSpaceAndToLeaveTheJournalAlone) {
  const TempFolder folder;
  { const auto writer = JournalWriter::open(folder / "journal.db", at(0)).value(); }
  {
    const FullDisk full;
    const auto writer = JournalWriter::open(folder / "journal.db", at(0));
    ASSERT_FALSE(writer);
    expect_no_advice_to_move_it(writer.error());
  }
  EXPECT_TRUE(JournalWriter::open(folder / "journal.db", at(0)));
}

TEST(JournalAtStart, ThatCannotBeCreatedSaysSoAndNothingAboutMoving) {
  const TempFolder folder;
  const FullDisk full;
  const auto writer = JournalWriter::open(folder / "journal.db", at(0));
  ASSERT_FALSE(writer);
  expect_no_advice_to_move_it(writer.error());
}

TEST(JournalAtStart, ThatCannotBeOpenedSaysSoAndNothingAboutMoving) {
  const TempFolder folder;
  fs::create_directory(folder / "journal.db");
  const auto writer = JournalWriter::open(folder / "journal.db", at(0));
  ASSERT_FALSE(writer);
  expect_no_advice_to_move_it(writer.error());
}

TEST(JournalAtStart, ThatIsDamagedIsToBeRestored) {
  const TempFolder folder;
  { const auto writer = JournalWriter::open(folder / "journal.db", at(0)).value(); }
  fs::resize_file(folder / "journal.db", 9000);
  const auto writer = JournalWriter::open(folder / "journal.db", at(0));
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().fault, Fault::corrupt);
  EXPECT_THAT(writer.error().what, HasSubstr("restore it from a back-up"));
  EXPECT_THAT(writer.error().what, HasSubstr("forgets every claim"));
}

TEST(JournalAtStart, OfANewerVersionAsksForThatVersionAndNotForAnEmptyJournal) {
  const TempFolder folder;
  {
    const auto journal = open_writer(folder / "journal.db", journal_schema);
    (*journal)->database().exec("PRAGMA user_version = 9999");
  }
  const auto writer = JournalWriter::open(folder / "journal.db", at(0));
  ASSERT_FALSE(writer);
  EXPECT_THAT(writer.error().what, HasSubstr("newer version"));
  EXPECT_THAT(writer.error().what, Not(HasSubstr("move it away")));
}
