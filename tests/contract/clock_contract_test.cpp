// What every clock keeps to, the machine's own or one that is stepped by hand.
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "drivers/sim/virtual_clock.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"

namespace contract {

namespace {

using std::chrono::milliseconds;

struct ClockBench {
  std::unique_ptr<ports::Clock> clock;
  Turn turn;
};

using MakeClockBench = ClockBench (*)(boost::asio::io_context&);

ClockBench virtual_clock(boost::asio::io_context& io) {
  auto clock = std::make_unique<sim::VirtualClock>();
  auto* raw = clock.get();
  return {std::move(clock), [&io, raw] { raw->advance_to_next(io); }};
}

ClockBench wall_clock(boost::asio::io_context& io) {
  return {std::make_unique<wallclock::WallClock>([] { return true; }), real_turn(io)};
}

class ClockContract : public testing::TestWithParam<MakeClockBench> {
 protected:
  boost::asio::io_context io;
  ClockBench bench = GetParam()(io);
};

}  // namespace

TEST_P(ClockContract, UntilCompletesAtOrAfterItsTimeAndBothClocksHaveMovedOn) {
  const auto start = bench.clock->now();
  run(io, bench.turn, bench.clock->until(start.steady + milliseconds(20)));
  EXPECT_GE(bench.clock->now().steady, start.steady + milliseconds(20));
  EXPECT_GT(bench.clock->now().wall, start.wall);
  EXPECT_TRUE(bench.clock->now().trusted);
}

TEST_P(ClockContract, ATimeThatHasPassedCompletesWithoutWaiting) {
  const auto start = bench.clock->now();
  run(io, bench.turn, bench.clock->until(start.steady - milliseconds(1)));
  run(io, bench.turn, bench.clock->until(core::SteadyTime{}));
}

TEST_P(ClockContract, ACancelledWaitEndsEarlyWithOperationAborted) {
  boost::asio::cancellation_signal signal;
  std::optional<std::exception_ptr> ended;
  // Farther away than nanoseconds can count: that must not turn into the past.
  co_spawn(io, bench.clock->until(core::SteadyTime::max()),
           bind_cancellation_slot(signal.slot(), [&ended](std::exception_ptr error) { ended = error; }));
  io.restart();
  io.poll();
  ASSERT_FALSE(ended);
  signal.emit(boost::asio::cancellation_type::terminal);
  turn_until(bench.turn, [&ended] { return ended.has_value(); });
  try {
    std::rethrow_exception(*ended);
  } catch (const boost::system::system_error& error) {
    EXPECT_EQ(error.code(), boost::asio::error::operation_aborted);
  }
}

INSTANTIATE_TEST_SUITE_P(Virtual, ClockContract, testing::Values(&virtual_clock));
INSTANTIATE_TEST_SUITE_P(Machine, ClockContract, testing::Values(&wall_clock));

}  // namespace contract
