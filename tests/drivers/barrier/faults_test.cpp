// The Modbus barrier against a module that misbehaves. Each test names the mistake that makes it fail.
#include <chrono>
#include <optional>
#include <thread>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gtest/gtest.h>

#include "drivers/barrier/barrier.hpp"
#include "tests/contract/patience.hpp"
#include "tests/world/devices/io_module.hpp"

namespace barrier {

namespace {

using core::Fault;
using core::Lamp;
using core::Level;
using core::Signals;
using std::chrono::milliseconds;
using world::Trouble;

bool known(const Signals& s) { return s != Signals{}; }
bool unknown(const Signals& s) { return s == Signals{}; }

class ModbusBarrier : public testing::Test {
 protected:
  /// `pulse` of open and close.
  void connect(milliseconds pulse = milliseconds(200), milliseconds answer = milliseconds(300)) {
    auto config = module.config();
    config.answer = answer;
    config.outputs["open"].pulse = pulse;
    config.outputs["close"].pulse = pulse;
    barrier.emplace(io.get_executor(), config, *Wiring::from(config), nullptr);
    until(known);
  }

  template <class T>
  T run(boost::asio::awaitable<T> work) {
    return contract::run(io, contract::real_turn(io), std::move(work));
  }

  Signals until(bool (*holds)(const Signals&)) {
    for (;;) {
      const auto signals = run(barrier->changed());
      if (holds(signals)) return signals;
    }
  }

  /// Looks at the module itself, while the driver works.
  void eventually(const std::function<bool()>& holds) {
    contract::turn_until([] { std::this_thread::sleep_for(milliseconds(2)); }, holds);
  }

  boost::asio::io_context io;
  world::IoModule module{milliseconds(30)};
  std::optional<Barrier> barrier;
};

class TroubledModule : public ModbusBarrier, public testing::WithParamInterface<Trouble> {};

}  // namespace

// Fails when the driver leaves it to the module to end a pulse (no off write in Panel::end_pulses).
TEST_F(ModbusBarrier, EndsEveryPulseItself) {
  connect();
  ASSERT_TRUE(run(barrier->raise()));
  eventually([this] { return module.witness().open_pulses == 1 && !module.coil(0); });
  EXPECT_GE(module.witness().longest_pulse, milliseconds(190));
  ASSERT_TRUE(run(barrier->lower()));
  eventually([this] { return module.witness().close_pulses == 1 && !module.coil(1); });
}

// Fails when a pulse in progress is not ended by the opposite command (no put(opposite, false)).
TEST_F(ModbusBarrier, NeverCommandsBothWaysAndNeverShowsBothLamps) {
  connect(milliseconds(5000));
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(run(barrier->raise()));
    ASSERT_TRUE(run(barrier->show(Lamp::green)));
    ASSERT_TRUE(run(barrier->show(Lamp::red)));
    ASSERT_TRUE(run(barrier->lower()));
  }
  EXPECT_FALSE(module.witness().both_commands);
  EXPECT_FALSE(module.witness().both_lamps);
  EXPECT_EQ(module.witness().open_pulses, 3);
}

// Fails when the destructor only joins the thread (no make_safe in Worker::finish).
TEST_F(ModbusBarrier, EndsPulsesAndShowsRedWhenItStops) {
  connect(milliseconds(5000));
  ASSERT_TRUE(run(barrier->show(Lamp::green)));
  ASSERT_TRUE(run(barrier->raise()));
  ASSERT_TRUE(module.coil(0));
  barrier.reset();
  EXPECT_FALSE(module.coil(0));
  EXPECT_FALSE(module.green());
  EXPECT_TRUE(module.red());
}

// Fails when a close pulse runs its time whatever happens (no stop_closing in Worker::poll).
TEST_F(ModbusBarrier, TakesACloseCommandBackWhenSomethingComesUnderTheArm) {
  connect(std::chrono::minutes(1));
  ASSERT_TRUE(run(barrier->raise()));
  ASSERT_TRUE(run(barrier->lower()));
  ASSERT_TRUE(module.coil(1));
  module.set(&Signals::photocell, true);
  eventually([this] { return !module.coil(1); });
}

// Fails when `lower` trusts the levels of the last poll instead of reading anew.
TEST_F(ModbusBarrier, ReadsTheContactsAnewBeforeItLowers) {
  auto config = module.config();
  config.poll = std::chrono::minutes(10);  // no poll after the first
  barrier.emplace(io.get_executor(), config, *Wiring::from(config), nullptr);
  until(known);
  ASSERT_TRUE(run(barrier->raise()));
  module.set(&Signals::safety, true);
  const auto refused = run(barrier->lower());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::refused);
  EXPECT_EQ(module.witness().close_pulses, 0);
  EXPECT_EQ(module.witness().crushes, 0);
}

// Fails when the polarity of a contact is ignored.
TEST_F(ModbusBarrier, ACutWireReadsAsDanger) {
  connect();
  for (const auto contact :
       {&Signals::safety, &Signals::photocell, &Signals::unhinged, &Signals::fault, &Signals::fire_alarm}) {
    module.cut(contact, true);
    while (run(barrier->changed()).*contact != Level::on) {
    }
    module.cut(contact, false);
    while (run(barrier->changed()).*contact != Level::off) {
    }
  }
}

// Fails when a connection once lost stays lost, or when outputs are taken up again as they were (make_safe).
TEST_P(TroubledModule, MakesLevelsUnknownFailsCommandsAndStartsAgainInRed) {
  connect();
  ASSERT_TRUE(run(barrier->show(Lamp::green)));
  module.trouble(GetParam());
  until(unknown);
  const auto raised = run(barrier->raise());
  ASSERT_FALSE(raised);
  EXPECT_NE(raised.error().fault, Fault::refused);
  EXPECT_NE(raised.error().what.find("127.0.0.1"), std::string::npos) << raised.error().what;
  EXPECT_FALSE(barrier->health().working);
  EXPECT_FALSE(barrier->health().trouble.empty());

  module.trouble(Trouble::none);
  until(known);
  EXPECT_TRUE(module.red());
  EXPECT_FALSE(module.green());
  EXPECT_EQ(module.witness().open_pulses, 0);
  EXPECT_TRUE(barrier->health().working);
  EXPECT_TRUE(run(barrier->raise()));
}

INSTANTIATE_TEST_SUITE_P(Every, TroubledModule,
                         testing::Values(Trouble::hang, Trouble::drop, Trouble::garbage, Trouble::stale,
                                         Trouble::exception));

// Fails when a module that is not there ends the driver, or when its return goes unnoticed.
TEST_F(ModbusBarrier, AModuleThatLosesItsPowerIsBackInRedOnceItHasPower) {
  connect();
  ASSERT_TRUE(run(barrier->show(Lamp::green)));
  module.power(false);
  until(unknown);
  EXPECT_FALSE(run(barrier->raise()));
  module.power(true);
  until(known);
  EXPECT_TRUE(module.red());
  EXPECT_FALSE(module.green());
}

// Fails when outputs are written without reading them back (Bus::write_coil).
TEST_F(ModbusBarrier, ACoilThatDoesNotFollowIsBroken) {
  connect();
  module.trouble(Trouble::deaf);
  const auto raised = run(barrier->raise());
  ASSERT_FALSE(raised);
  EXPECT_EQ(raised.error().fault, Fault::broken);
  EXPECT_NE(raised.error().what.find("open: coil 0"), std::string::npos) << raised.error().what;
}

// Fails when a connection is used again after a time-out: every later answer is then one question late.
TEST_F(ModbusBarrier, AnAnswerThatComesTooLateIsNeverTakenForTheNextOne) {
  connect();
  const auto before = module.witness().connections;
  module.answer_late_once(milliseconds(700));
  contract::turn_until(contract::real_turn(io), [&] { return module.witness().connections > before; });
  module.set(&Signals::presence, true);
  while (run(barrier->changed()).presence != Level::on) {
  }
  const auto doubts = barrier->health().doubts;
  const auto polls = barrier->health().polls;
  contract::turn_until(contract::real_turn(io), [&] { return barrier->health().polls > polls + 10; });
  EXPECT_EQ(barrier->health().doubts, doubts);
}

// Fails when one lost connection already counts as an outage (no attempt at once in Worker::doubt).
TEST_F(ModbusBarrier, OneLostConnectionIsNoOutage) {
  connect(milliseconds(200), std::chrono::seconds(5));
  ASSERT_TRUE(run(barrier->show(Lamp::green)));
  module.trouble_once(Trouble::drop);
  contract::turn_until(contract::real_turn(io), [this] { return barrier->health().doubts == 1; });
  module.set(&Signals::presence, true);
  const auto next = run(barrier->changed());
  EXPECT_EQ(next.presence, Level::on);  // and not: every level unknown
  EXPECT_TRUE(module.green());
  EXPECT_FALSE(module.red());
}

// Fails when a failed command stays meant (Panel::command): the new connection would write it again.
TEST_F(ModbusBarrier, ACommandThatFailedIsNotCarriedOutByTheNextConnection) {
  auto config = module.config();
  config.poll = std::chrono::minutes(10);  // the next request is the command
  barrier.emplace(io.get_executor(), config, *Wiring::from(config), nullptr);
  until(known);
  const auto polls = barrier->health().polls;
  module.trouble_once(Trouble::drop);
  ASSERT_FALSE(run(barrier->raise()));
  contract::turn_until(contract::real_turn(io), [&] { return barrier->health().polls > polls; });
  EXPECT_EQ(module.witness().open_pulses, 0);
  ASSERT_TRUE(run(barrier->raise()));
  EXPECT_EQ(module.witness().open_pulses, 1);
}

// Fails when levels have no age (Board::look): they would stay until the second request has timed out too.
TEST_F(ModbusBarrier, LevelsGrowTooOldWhileARequestHangs) {
  connect(milliseconds(200), milliseconds(1500));
  module.trouble(Trouble::hang);
  until(unknown);
  EXPECT_LE(barrier->health().doubts, 1);
  EXPECT_TRUE(barrier->health().working);  // the driver itself has not given up yet
}

// Fails when an order is carried out though its sender has given it up (Promise::abandoned).
TEST_F(ModbusBarrier, AnOrderThatNobodyWaitsForAnyMoreIsNotCarriedOut) {
  auto config = module.config();
  config.poll = std::chrono::minutes(10);
  config.answer = std::chrono::seconds(10);
  barrier.emplace(io.get_executor(), config, *Wiring::from(config), nullptr);
  until(known);
  module.answer_late_once(milliseconds(1000));  // the lamp keeps the driver's thread busy that long
  std::optional<bool> shown, raised;
  boost::asio::cancellation_signal signal;
  co_spawn(io, barrier->show(Lamp::green),
           [&shown](std::exception_ptr, const auto& done) { shown = done.has_value(); });
  co_spawn(
      io, barrier->raise(),
      bind_cancellation_slot(signal.slot(), [&raised](std::exception_ptr, const auto&) { raised = false; }));
  io.restart();
  io.poll();
  signal.emit(boost::asio::cancellation_type::terminal);
  contract::turn_until(contract::real_turn(io), [&] { return shown && raised; });
  EXPECT_TRUE(*shown);
  ASSERT_TRUE(run(barrier->show(Lamp::red)));  // stands behind the order that was given up
  EXPECT_EQ(module.witness().open_pulses, 0);
}

}  // namespace barrier
