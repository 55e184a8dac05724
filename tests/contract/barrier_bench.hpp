// One lane's barrier on the bench: the driver under test, and the iron behind it as the test sees it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gate/ports/barrier.hpp"
#include "tests/contract/patience.hpp"

namespace contract {

class BarrierBench {
 public:
  virtual ~BarrierBench() = default;

  virtual ports::Barrier& barrier() = 0;
  virtual void set(core::Level core::Signals::*contact, bool on) = 0;
  virtual void push_arm(bool open) = 0;
  virtual void dead(bool is_dead) = 0;  // the device answers nothing
  virtual core::Lamp lamp() = 0;        // as it shines at the lane

  virtual boost::asio::io_context& io() = 0;
  virtual Turn turn() = 0;

  template <class T>
  T run(boost::asio::awaitable<T> work) {
    return contract::run(io(), turn(), std::move(work));
  }

  /// Follows `changed` until the levels satisfy this.
  core::Signals until(const std::function<bool(const core::Signals&)>& holds) {
    for (;;) {
      const auto signals = run(barrier().changed());
      if (holds(signals)) return signals;
    }
  }
};

using MakeBarrierBench = std::unique_ptr<BarrierBench> (*)();

std::unique_ptr<BarrierBench> simulated_barrier();
std::unique_ptr<BarrierBench> modbus_barrier();

}  // namespace contract
