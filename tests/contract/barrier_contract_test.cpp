// What every barrier keeps to, in memory or behind Modbus.
#include <optional>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

#include "tests/contract/barrier_bench.hpp"

namespace contract {

namespace {

using core::Fault;
using core::Lamp;
using core::Level;
using core::Signals;

bool closed(const Signals& s) { return s.closed_limit == Level::on && s.open_limit == Level::off; }
bool open(const Signals& s) { return s.open_limit == Level::on && s.closed_limit == Level::off; }
bool unknown(const Signals& s) { return s == Signals{}; }

class BarrierContract : public testing::TestWithParam<MakeBarrierBench> {
 protected:
  core::Result<void> raise() { return bench->run(bench->barrier().raise()); }
  core::Result<void> lower() { return bench->run(bench->barrier().lower()); }
  core::Result<void> show(Lamp lamp) { return bench->run(bench->barrier().show(lamp)); }

  std::unique_ptr<BarrierBench> bench = GetParam()();
};

}  // namespace

TEST_P(BarrierContract, StartsClosedAndRedWithNobodyOnTheLane) {
  const auto signals = bench->until(closed);
  EXPECT_EQ(signals.presence, Level::off);
  EXPECT_EQ(signals.safety, Level::off);
  EXPECT_EQ(signals.photocell, Level::off);
  EXPECT_EQ(signals.fault, Level::off);
  EXPECT_EQ(signals.fire_alarm, Level::off);
  EXPECT_EQ(bench->lamp(), Lamp::red);
}

TEST_P(BarrierContract, RaisingOpensTheArmAndLoweringClosesIt) {
  bench->until(closed);
  ASSERT_TRUE(raise());
  bench->until(open);
  ASSERT_TRUE(lower());
  bench->until(closed);
}

TEST_P(BarrierContract, RaisingTwiceIsHarmless) {
  bench->until(closed);
  ASSERT_TRUE(raise());
  ASSERT_TRUE(raise());
  bench->until(open);
  EXPECT_TRUE(raise());
  EXPECT_TRUE(lower());
  bench->until(closed);
}

TEST_P(BarrierContract, LoweringTwiceIsHarmless) {
  bench->until(closed);
  EXPECT_TRUE(lower());
  EXPECT_TRUE(lower());
  ASSERT_TRUE(raise());
  bench->until(open);
}

TEST_P(BarrierContract, LoweringIsRefusedWhileSomethingIsUnderTheArm) {
  bench->until(closed);
  ASSERT_TRUE(raise());
  bench->until(open);
  for (const auto contact : {&Signals::safety, &Signals::photocell}) {
    bench->set(contact, true);
    const auto refused = lower();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, Fault::refused);
    EXPECT_FALSE(refused.error().what.empty());
    bench->set(contact, false);
  }
  EXPECT_TRUE(lower());
  bench->until(closed);
}

TEST_P(BarrierContract, TheLampIsRedOrGreenAndShowingItTwiceIsHarmless) {
  bench->until(closed);
  for (const auto lamp : {Lamp::green, Lamp::green, Lamp::red, Lamp::red, Lamp::green}) {
    ASSERT_TRUE(show(lamp));
    EXPECT_EQ(bench->lamp(), lamp);
  }
}

TEST_P(BarrierContract, EveryContactIsSeenToComeAndGo) {
  bench->until(closed);
  for (const auto contact :
       {&Signals::presence, &Signals::safety, &Signals::passage, &Signals::photocell, &Signals::unhinged,
        &Signals::fault, &Signals::manual_key, &Signals::fire_alarm}) {
    bench->set(contact, true);
    bench->until([contact](const Signals& s) { return s.*contact == Level::on; });
    bench->set(contact, false);
    bench->until([contact](const Signals& s) { return s.*contact == Level::off; });
  }
}

TEST_P(BarrierContract, AnArmThatMovesWithoutACommandIsSeen) {
  bench->until(closed);
  bench->push_arm(true);
  bench->until(open);
  bench->push_arm(false);
  bench->until(closed);
}

TEST_P(BarrierContract, ADeadDeviceMakesEveryLevelUnknownAndEveryCommandFail) {
  bench->until(closed);
  bench->dead(true);
  bench->until(unknown);
  for (const auto& answer : {raise(), lower(), show(Lamp::green)}) {
    ASSERT_FALSE(answer);
    EXPECT_TRUE(answer.error().fault == Fault::timeout || answer.error().fault == Fault::broken);
    EXPECT_FALSE(answer.error().what.empty());
  }
  bench->dead(false);
  bench->until(closed);  // nothing that failed was carried out later
  EXPECT_EQ(bench->lamp(), Lamp::red);
  EXPECT_TRUE(raise());
  bench->until(open);
}

TEST_P(BarrierContract, WaitingForAChangeCanBeCancelledAndLosesNone) {
  bench->until(closed);
  boost::asio::cancellation_signal signal;
  std::optional<std::exception_ptr> ended;
  const auto done = [&ended](std::exception_ptr error, const Signals&) { ended = error; };
  co_spawn(bench->io(), bench->barrier().changed(), bind_cancellation_slot(signal.slot(), done));
  bench->turn()();
  ASSERT_FALSE(ended);
  signal.emit(boost::asio::cancellation_type::terminal);
  turn_until(bench->turn(), [&ended] { return ended.has_value(); });
  EXPECT_TRUE(*ended);

  bench->set(&Signals::presence, true);
  bench->until([](const Signals& s) { return s.presence == Level::on; });
}

INSTANTIATE_TEST_SUITE_P(InMemory, BarrierContract, testing::Values(&simulated_barrier));
INSTANTIATE_TEST_SUITE_P(Modbus, BarrierContract, testing::Values(&modbus_barrier));

}  // namespace contract
