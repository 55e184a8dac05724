#include "gate/lane/commander.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "drivers/sim/barrier.hpp"
#include "drivers/sim/virtual_clock.hpp"

namespace {

namespace asio = boost::asio;

class ACommander : public ::testing::Test {
 protected:
  ACommander() { asio::co_spawn(io, commander.work(), asio::detached); }

  [[nodiscard]] std::vector<sim::Command> given() const {
    std::vector<sim::Command> all;
    for (const sim::GivenCommand& each : barrier.commands()) all.push_back(each.command);
    return all;
  }

  asio::io_context io;
  sim::VirtualClock clock;
  sim::Barrier barrier{io.get_executor(), clock};
  std::vector<core::Command> failed;
  lane::Commander commander{io.get_executor(), barrier,
                            [this](core::Command command, const core::Result<void>& sent) {
                              if (!sent) failed.push_back(command);
                            }};
};

TEST_F(ACommander, SendsRedBeforeTheArmAndGreenAfterIt) {
  commander.raise();
  commander.show(core::Lamp::red);
  clock.run_until_idle(io);
  commander.raise();
  commander.show(core::Lamp::green);
  clock.run_until_idle(io);
  EXPECT_EQ(given(), (std::vector<sim::Command>{sim::Command::red, sim::Command::raise, sim::Command::raise,
                                                sim::Command::green}));
  EXPECT_EQ(commander.shown(), core::Lamp::green);
}

TEST_F(ACommander, SendsOnlyTheLatestOfWhatWaitedForASlowBarrier) {
  barrier.answer_after(std::chrono::seconds(1));
  commander.show(core::Lamp::red);
  clock.run_until_idle(io);
  commander.raise();
  commander.show(core::Lamp::green);
  commander.show(core::Lamp::red);
  commander.lower();
  clock.advance(io, std::chrono::seconds(10));
  EXPECT_EQ(given(), (std::vector<sim::Command>{sim::Command::red, sim::Command::red, sim::Command::lower}));
}

TEST_F(ACommander, SaysWhatFailed) {
  barrier.fail_commands(core::Error{core::Fault::timeout, "no answer"});
  commander.raise();
  clock.run_until_idle(io);
  EXPECT_EQ(failed, std::vector<core::Command>{core::Command::raise});
  EXPECT_EQ(commander.shown(), core::Lamp::red);
}

}  // namespace
