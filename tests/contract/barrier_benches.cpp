#include "drivers/barrier/barrier.hpp"
#include "drivers/sim/barrier.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "tests/contract/barrier_bench.hpp"
#include "tests/world/devices/io_module.hpp"

namespace contract {

namespace {

class Simulated final : public BarrierBench {
 public:
  ports::Barrier& barrier() override { return barrier_; }
  void set(core::Level core::Signals::*contact, bool on) override {
    barrier_.set(contact, on ? core::Level::on : core::Level::off);
  }
  void push_arm(bool open) override { barrier_.push_arm(open); }
  void dead(bool is_dead) override {
    barrier_.lose_contacts(is_dead);
    barrier_.fail_commands(is_dead ? std::optional(core::Error{core::Fault::timeout, "no answer"})
                                   : std::nullopt);
  }
  core::Lamp lamp() override { return barrier_.lamp(); }
  boost::asio::io_context& io() override { return io_; }
  Turn turn() override {
    return [this] { clock_.advance_to_next(io_); };
  }

 private:
  boost::asio::io_context io_;
  sim::VirtualClock clock_;
  sim::Barrier barrier_{io_.get_executor(), clock_};
};

class Modbus final : public BarrierBench {
 public:
  ports::Barrier& barrier() override { return barrier_; }
  void set(core::Level core::Signals::*contact, bool on) override { module_.set(contact, on); }
  void push_arm(bool open) override { module_.push_arm(open); }
  void dead(bool is_dead) override { module_.trouble(is_dead ? world::Trouble::hang : world::Trouble::none); }
  core::Lamp lamp() override {
    return module_.green() && !module_.red() ? core::Lamp::green : core::Lamp::red;
  }
  boost::asio::io_context& io() override { return io_; }
  Turn turn() override { return real_turn(io_); }

 private:
  boost::asio::io_context io_;
  world::IoModule module_{std::chrono::milliseconds(50)};
  barrier::Barrier barrier_{
      io_.get_executor(), module_.config(), *barrier::Wiring::from(module_.config()), {}};
};

}  // namespace

std::unique_ptr<BarrierBench> simulated_barrier() { return std::make_unique<Simulated>(); }

std::unique_ptr<BarrierBench> modbus_barrier() { return std::make_unique<Modbus>(); }

}  // namespace contract
