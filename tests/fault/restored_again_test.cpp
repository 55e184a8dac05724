// A journal that is put back more than once before anybody could be asked, and a mark that says nothing: what
// was used in any of its lives is not used again.
#include <fstream>

#include <gmock/gmock.h>

#include "sync/journal/mark.hpp"
#include "tests/fault/restored_journal.hpp"

using namespace fault;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

class RestoredAgain : public ARestoredJournal {
 protected:
  [[nodiscard]] fs::path mark() const { return folder / "journal.db.mark"; }
  [[nodiscard]] fs::path copy(int number) const {
    return folder / ("copy-" + std::to_string(number)).c_str();
  }

  /// The power goes; what is kept is what was on the disk.
  void die_and_keep(int number) {
    appliance.reset();
    fs::copy_file(folder / "journal.db", copy(number), fs::copy_options::overwrite_existing);
  }
  void put_back(int number) {
    appliance.reset();
    for (const char* suffix : {"-wal", "-shm"}) fs::remove((folder / "journal.db").string() + suffix);
    fs::copy_file(copy(number), folder / "journal.db", fs::copy_options::overwrite_existing);
    start();
  }

  std::vector<EventsUpTo> marked_lacks() { return Mark(mark()).lacks(); }
  std::vector<std::string> alarms() { return appliance->recorded(EventKind::alarm); }
};

}  // namespace

TEST_F(RestoredAgain, TwiceWhileTheLinkIsDownIsReferredUntilAllOfItIsTold) {
  talk();
  die_and_keep(0);
  start();
  use(1);  // reaches nobody
  die_and_keep(1);
  put_back(0);
  EXPECT_EQ(mode(), Mode::restricted);
  put_back(0);
  put_back(0);
  talk();
  EXPECT_EQ(mode(), Mode::restricted) << "nobody has told of R1";
  EXPECT_FALSE(is_free(1));
  EXPECT_THAT((**appliance).refusals(), Contains(HasSubstr("reached nobody")));
  put_back(1);
  talk();
  EXPECT_EQ(mode(), Mode::online) << "the journal that has it is there again";
  EXPECT_FALSE(is_free(1));
  EXPECT_TRUE(is_free(4));
}

/// In each life a right is used and a copy kept; between two lives one of the copies so far is put back.
TEST_F(RestoredAgain, ManyTimesInAnyOrderNothingIsUsedTwice) {
  const std::vector<std::vector<int>> orders = {{0, 0},    {0, 1},    {0, 0, 0}, {0, 0, 1}, {0, 1, 0},
                                                {0, 1, 2}, {0, 2, 0}, {1, 0, 2}, {0, 1, 1}, {0, 2, 1}};
  for (const auto& order : orders)
    for (const bool heard : {true, false}) {
      SCOPED_TRACE(testing::PrintToString(order) + (heard ? " heard" : " not heard"));
      talk();
      die_and_keep(0);
      start();
      for (std::size_t life = 0; life <= order.size(); ++life) {
        use(static_cast<int>(life) + 1);
        appliance->wait(std::chrono::seconds(1));  // the platform hears it, and cannot answer
        if (heard || life > 0) hear();
        die_and_keep(static_cast<int>(life) + 1);
        if (life < order.size()) put_back(order[life]);
      }
      start();
      for (int number = 1; number <= static_cast<int>(order.size()) + 1; ++number)
        EXPECT_FALSE(is_free(number)) << number << " before anybody was asked";
      talk();
      for (int number = 1; number <= static_cast<int>(order.size()) + 1; ++number)
        EXPECT_FALSE(is_free(number)) << number;
      if (heard) {
        EXPECT_EQ(mode(), Mode::online);
        EXPECT_TRUE(is_free(5));
        EXPECT_THAT(marked_lacks(), IsEmpty());
      }
      EXPECT_THAT(book.conflicts(), IsEmpty());
      begin_again();
    }
}

TEST_F(RestoredAgain, OnceItWasToldTheMarkNamesNothingMore) {
  talk();
  die_and_keep(0);
  start();
  use(1);
  talk();
  put_back(0);
  EXPECT_EQ(marked_lacks().size(), 1u);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_THAT(marked_lacks(), IsEmpty());
  put_back(0);
  EXPECT_EQ(marked_lacks().size(), 1u) << "the last one's alone";
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
}

TEST_F(RestoredAgain, WithAMarkThatSaysNothingItRefersUntilItIsToldAndSaysWhyOnce) {
  struct Harm {
    const char* word;
    std::function<void()> done;
  };
  const std::vector<Harm> harms = {
      {"mark is gone", [this] { fs::remove(mark()); }},
      {"mark is gone", [this] { fs::resize_file(mark(), 0); }},
      {"cannot be read", [this] { fs::resize_file(mark(), 40); }},
      {"cannot be read", [this] { std::ofstream(mark()) << std::string(160, '\0'); }},
      {"cannot be read", [this] { std::ofstream(mark(), std::ios::in) << "x"; }},
  };
  for (const auto& harm : harms) {
    talk();
    use(1);
    const std::string first = journal();
    die_and_keep(0);
    start();
    use(2);
    talk();
    appliance.reset();
    harm.done();
    put_back(0);
    EXPECT_NE(journal(), first);
    EXPECT_EQ(mode(), Mode::restricted) << harm.word;
    EXPECT_THAT(alarms(), Contains(HasSubstr(harm.word)));
    talk();
    EXPECT_EQ(mode(), Mode::online) << harm.word;
    EXPECT_FALSE(is_free(2));
    const std::string second = journal();
    stop();
    start();
    EXPECT_EQ(journal(), second) << "once";
    EXPECT_NE(mode(), Mode::restricted);
    begin_again();
  }
}

TEST_F(RestoredAgain, AFreshJournalBesideAMarkThatSaysNothingRefersToo) {
  use(1);
  talk();
  appliance.reset();
  put_aside();
  std::ofstream(mark()) << "nonsense";
  start();
  talk(false);
  EXPECT_EQ(mode(), Mode::restricted);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
}

TEST_F(RestoredAgain, AMarkThatCannotBeWrittenIsToldOnce) {
  talk();
  EXPECT_THAT(alarms(), Each(Not(HasSubstr("mark"))));
  appliance.reset();
  fs::remove(mark());
  fs::create_symlink("/dev/full", mark());
  start();
  appliance->wait(std::chrono::minutes(5));
  use(1);
  appliance->wait(std::chrono::minutes(5));
  int told = 0;
  for (const auto& text : alarms()) told += text.find("its mark cannot be written") != text.npos ? 1 : 0;
  EXPECT_EQ(told, 1);
}
