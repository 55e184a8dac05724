// The file beside the journal by which an old copy in its place is known.
#include "sync/journal/mark.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/sync/fixture.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

class AMark : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "journal.db.mark"; }

  std::string text() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void put(const std::string& bytes) const { std::ofstream(file(), std::ios::binary) << bytes; }

  const Mark::Entry entry_{"01J5Z0000000000000000000AB", 7, std::string(64, 'a'), 5};
  const std::vector<EventsUpTo> lacks_{{"01J5Z0000000000000000000AA", 12}, {"01J5Z0000000000000000000A9", 0}};
  TempFolder folder_;
};

}  // namespace

TEST_F(AMark, SaysWhatWasWrittenAlsoWhereItIsLessThanBefore) {
  {
    Mark mark(file());
    EXPECT_EQ(mark.found(), Mark::Found::nothing);
    ASSERT_TRUE(mark.set(entry_, lacks_));
  }
  {
    Mark mark(file());
    ASSERT_EQ(mark.found(), Mark::Found::mark);
    EXPECT_EQ(mark.newest().journal_id, entry_.journal_id);
    EXPECT_EQ(mark.newest().number, 7);
    EXPECT_EQ(mark.newest().leaf, entry_.leaf);
    EXPECT_EQ(mark.newest().events, 5);
    ASSERT_EQ(mark.lacks().size(), 2u);
    EXPECT_EQ(mark.lacks()[0].journal_id, lacks_[0].journal_id);
    EXPECT_EQ(mark.lacks()[0].up_to, 12);
    ASSERT_TRUE(mark.set(entry_, {}));
  }
  const Mark mark(file());
  EXPECT_EQ(mark.found(), Mark::Found::mark);
  EXPECT_TRUE(mark.lacks().empty());
}

TEST_F(AMark, OfAnOlderVersionIsUnderstood) {
  for (const std::string events : {" 5", ""}) {
    put(entry_.journal_id + "                    7 " + entry_.leaf + events + "\n");
    const Mark mark(file());
    ASSERT_EQ(mark.found(), Mark::Found::mark);
    EXPECT_EQ(mark.newest().leaf, entry_.leaf);
    EXPECT_EQ(mark.newest().events, events.empty() ? 0 : 5);
    EXPECT_TRUE(mark.lacks().empty());
  }
}

TEST_F(AMark, ThatIsCutFlippedOrSomethingElseIsNeverTakenForAnother) {
  { ASSERT_TRUE(Mark(file()).set(entry_, lacks_)); }
  const std::string whole = text();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    put(whole.substr(0, size));
    EXPECT_EQ(Mark(file()).found(), Mark::Found::unreadable) << "cut at " << size;
  }
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    put(flipped);
    EXPECT_EQ(Mark(file()).found(), Mark::Found::unreadable) << "bit " << bit;
  }
  for (const auto& other : {std::string(512, '\0'), std::string(200'000, 'x'), std::string("\n")}) {
    put(other);
    EXPECT_EQ(Mark(file()).found(), Mark::Found::unreadable) << other.size();
  }
  std::filesystem::remove(file());
  std::filesystem::create_directory(file());
  Mark mark(file());
  EXPECT_EQ(mark.found(), Mark::Found::unreadable);
  EXPECT_FALSE(mark.set(entry_, {}));
}

/// All that changes with each commit lies in one sector: the power may go at any moment.
TEST_F(AMark, IsNotTornByAPowerCutWhileNothingButTheEntryChanges) {
  Mark mark(file());
  ASSERT_TRUE(mark.set(entry_, lacks_));
  const std::string before = text();
  ASSERT_TRUE(mark.set({entry_.journal_id, 8, std::string(64, 'b'), 6}, lacks_));
  const std::string after = text();
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < after.size(); ++i) ASSERT_TRUE(i < 512 || before[i] == after[i]) << i;
}

TEST_F(AMark, ThatTheDiskDoesNotTakeSaysSo) {
  Mark mark(file());
  const FullDisk full;
  EXPECT_FALSE(mark.set(entry_, lacks_));
}
