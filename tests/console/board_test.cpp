#include "gate/console/board.hpp"

#include <thread>

#include "tests/console/house.hpp"

namespace console_test {
namespace {

TEST(ConsoleBoard, KeepsTheLatestOfEachLane) {
  console::Board board;
  board.show(idle_lane("in-1"));
  board.show(referred_lane("out-1"));
  board.show(referred_lane("in-1"));
  ASSERT_EQ(board.lanes().size(), 2U);
  EXPECT_EQ(board.lane("in-1")->state, core::State::referred);
  EXPECT_FALSE(board.lane("in-2"));
}

TEST(ConsoleBoard, GivesEachChangedLaneOnceHoweverOftenItChanged) {
  console::Board board;
  for (int i = 0; i < 100; ++i) board.show(idle_lane("in-1"));
  EXPECT_EQ(board.take().lanes.size(), 1U);
  EXPECT_TRUE(board.take().lanes.empty());
}

TEST(ConsoleBoard, NamesEveryPassageThatLeftEvenIfNobodyLookedMeanwhile) {
  console::Board board;
  for (const char* id : {"01A", "01B", "01B", "01C"}) {
    ports::LaneView view = referred_lane("in-1");
    view.passage.id = id;
    board.show(view);
  }
  board.show(idle_lane("in-1"));
  EXPECT_EQ(board.take().ended, (std::vector<std::string>{"01A", "01B", "01C"}));
}

TEST(ConsoleBoard, MayBeShownFromOneThreadAndReadFromAnother) {
  console::Board board;
  std::atomic<bool> done = false;
  std::thread shows([&board, &done] {
    for (int i = 0; i < 2000; ++i) {
      ports::LaneView view = referred_lane("in-1");
      view.revision = i;
      board.show(view);
    }
    done = true;
  });
  int last = 0;
  while (!done) {
    for (const ports::LaneView& view : board.take().lanes) {
      EXPECT_GE(view.revision, last);
      last = view.revision;
    }
  }
  shows.join();
  EXPECT_EQ(board.lane("in-1")->revision, 1999);
}

}  // namespace
}  // namespace console_test
