// The journal's write-ahead log is folded in between decisions, and never grows without an end.
#include <filesystem>

#include <gtest/gtest.h>

#include "sync/journal/writer.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

constexpr std::uintmax_t kPage = 4096 + 24;

ports::JournalEntry entry(int number) {
  ports::JournalEntry entry;
  entry.case_json = std::string(8 * 4096, 'x');
  entry.passage = passage("P" + std::to_string(number));
  return entry;
}

TEST(TheLog, IsFoldedInWithTheRoomsOwnRhythm) {
  const TempFolder folder;
  Appliance appliance(folder.path());
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(appliance.commit(entry(i)));
    appliance.wait(Sync::tick_interval);
  }
  EXPECT_LT(std::filesystem::file_size(folder / "journal.db-wal"), 700 * kPage);
}

TEST(TheLog, IsFoldedInByADecisionWhereNobodyElseDid) {
  const TempFolder folder;
  const auto journal = JournalWriter::open(folder / "journal.db", at(0)).value();
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(journal->commit(entry(i)));
  EXPECT_LT(std::filesystem::file_size(folder / "journal.db-wal"), 4200 * kPage);
}

}  // namespace
