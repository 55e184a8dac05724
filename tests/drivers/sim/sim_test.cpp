// What the simulators add to their ports: time that is stepped, and faults on demand.
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "drivers/sim/barrier.hpp"
#include "drivers/sim/camera.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/sim/virtual_clock.hpp"

namespace sim {

namespace {

using core::Level;
using core::Signals;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Simulated : public testing::Test {
 protected:
  template <class T>
  T run(boost::asio::awaitable<T> work) {
    auto result = co_spawn(io, std::move(work), boost::asio::use_future);
    clock.run_until_idle(io);
    while (result.wait_for(seconds(0)) != std::future_status::ready) EXPECT_TRUE(clock.advance_to_next(io));
    return result.get();
  }

  boost::asio::awaitable<void> note(core::SteadyTime when, std::string what) {
    co_await clock.until(when);
    noted.push_back(std::move(what));
  }

  void spawn(core::SteadyTime when, std::string what) {
    co_spawn(io, note(when, std::move(what)), boost::asio::detached);
  }

  boost::asio::io_context io;
  VirtualClock clock;
  std::vector<std::string> noted;
};

}  // namespace

TEST_F(Simulated, DeadlinesCompleteInTheirOrderAndEqualOnesInTheOrderOfAsking) {
  const auto now = clock.now().steady;
  spawn(now + seconds(2), "second");
  spawn(now + seconds(1), "first");
  spawn(now + seconds(2), "third");
  EXPECT_TRUE(clock.advance_to_next(io));
  EXPECT_EQ(noted, (std::vector<std::string>{"first"}));
  EXPECT_EQ(clock.now().steady, now + seconds(1));
  EXPECT_TRUE(clock.advance_to_next(io));
  EXPECT_EQ(noted, (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_FALSE(clock.advance_to_next(io));
}

TEST_F(Simulated, TimeStandsStillWhileHandlersRun) {
  const auto before = clock.now();
  for (int i = 0; i < 1000; ++i) boost::asio::post(io, [] {});
  clock.run_until_idle(io);
  EXPECT_EQ(clock.now().steady, before.steady);
  EXPECT_EQ(clock.now().wall, before.wall);
}

TEST_F(Simulated, AdvancingStopsAtEveryDeadlineOnTheWayAndAtNoneBeyond) {
  const auto now = clock.now().steady;
  spawn(now + seconds(1), "due");
  spawn(now + seconds(11), "beyond");
  clock.advance(io, seconds(10));
  EXPECT_EQ(clock.now().steady, now + seconds(10));
  EXPECT_EQ(noted, (std::vector<std::string>{"due"}));
  EXPECT_TRUE(clock.advance_until(
      io, [this] { return noted.size() == 2; }, seconds(5)));
  EXPECT_FALSE(clock.advance_until(
      io, [] { return false; }, seconds(5)));
}

TEST_F(Simulated, TheWallClockMayJumpAndTheSteadyClockDoesNot) {
  const auto before = clock.now();
  clock.step_wall(std::chrono::hours(-24));
  clock.trust(false);
  EXPECT_EQ(clock.now().wall, before.wall - std::chrono::hours(24));
  EXPECT_EQ(clock.now().steady, before.steady);
  EXPECT_FALSE(clock.now().trusted);
}

// Fails when idle means "nothing is ready": virtual time would overtake a real thread.
TEST_F(Simulated, WhatAnotherThreadStillWorksOnIsWaitedFor) {
  auto hold = clock.hold();
  std::thread journal([this, held = std::move(hold)]() mutable {
    std::this_thread::sleep_for(milliseconds(30));
    boost::asio::post(io, [this] { noted.push_back("written"); });
    held.reset();
  });
  clock.run_until_idle(io);
  EXPECT_EQ(noted, (std::vector<std::string>{"written"}));
  journal.join();
}

TEST_F(Simulated, TheArmTakesItsTravelTimeAndTurnsBackFromWhereItIs) {
  Barrier barrier(io.get_executor(), clock, seconds(4));
  ASSERT_TRUE(run(barrier.raise()));
  EXPECT_EQ(barrier.signals().closed_limit, Level::off);
  clock.advance(io, seconds(3));
  EXPECT_EQ(barrier.signals().open_limit, Level::off);
  ASSERT_TRUE(run(barrier.lower()));
  clock.advance(io, milliseconds(2999));
  EXPECT_EQ(barrier.signals().closed_limit, Level::off);
  clock.advance(io, milliseconds(1));
  EXPECT_EQ(barrier.signals().closed_limit, Level::on);
}

TEST_F(Simulated, AStuckArmTakesCommandsAndReachesNoLimit) {
  Barrier barrier(io.get_executor(), clock, seconds(4));
  ASSERT_TRUE(run(barrier.raise()));
  clock.advance(io, seconds(1));
  barrier.stick(true);
  EXPECT_TRUE(run(barrier.raise()));
  clock.advance(io, seconds(60));
  EXPECT_EQ(barrier.signals().open_limit, Level::off);
  EXPECT_EQ(barrier.signals().closed_limit, Level::off);
  barrier.stick(false);
  EXPECT_TRUE(run(barrier.raise()));
  clock.advance(io, seconds(3));
  EXPECT_EQ(barrier.signals().open_limit, Level::on);
}

TEST_F(Simulated, EveryCommandThatWasCarriedOutIsRecordedWithItsMoment) {
  Barrier barrier(io.get_executor(), clock);
  barrier.answer_after(milliseconds(100));
  ASSERT_TRUE(run(barrier.raise()));
  ASSERT_TRUE(run(barrier.show(core::Lamp::green)));
  barrier.fail_commands(core::Error{core::Fault::timeout, "no answer"});
  EXPECT_FALSE(run(barrier.show(core::Lamp::red)));
  ASSERT_EQ(barrier.commands().size(), 2u);
  EXPECT_EQ(barrier.commands()[0].command, Command::raise);
  EXPECT_EQ(barrier.commands()[1].command, Command::green);
  EXPECT_EQ(barrier.commands()[1].at.steady - barrier.commands()[0].at.steady, milliseconds(100));
  EXPECT_EQ(barrier.lamp(), core::Lamp::green);
}

TEST_F(Simulated, LoweringIsRefusedWhileTheContactsAreUnknown) {
  Barrier barrier(io.get_executor(), clock);
  barrier.lose_contacts(true);
  EXPECT_EQ(run(barrier.lower()).error().fault, core::Fault::refused);
}

TEST_F(Simulated, ACameraGivesWhatWasScriptedOnceAndThenWhatItLooksAt) {
  Camera camera("rear", clock);
  camera.look_at("truck");
  camera.look_once_at(core::fail(core::Fault::timeout, "too slow"));
  camera.take(milliseconds(250));
  const auto start = clock.now().steady;
  EXPECT_EQ(run(camera.capture()).error().fault, core::Fault::timeout);
  EXPECT_EQ(run(camera.capture())->encoded, "truck");
  EXPECT_EQ(clock.now().steady - start, milliseconds(500));
  EXPECT_EQ(camera.captures(), 2);
}

TEST_F(Simulated, ReadsKeepTheMomentAtWhichTheyWereMadeTheOldestGivingWay) {
  IdentityReader reader(io.get_executor(), clock);
  const auto made = clock.now().steady;
  for (int i = 0; i < 10; ++i) reader.give_tar("TAR-" + std::to_string(i));
  clock.advance(io, seconds(30));
  const auto read = run(reader.next());
  EXPECT_EQ(std::get<ports::TarRead>(*read).tar, "TAR-2");
  EXPECT_EQ(std::get<ports::TarRead>(*read).captured.steady, made);
}

}  // namespace sim
