// One entry lane on real time, its devices simulated, its records and its journal those of an appliance.
#pragma once

#include <functional>
#include <random>
#include <string>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "drivers/sim/barrier.hpp"
#include "drivers/sim/camera.hpp"
#include "drivers/sim/eyes.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "gate/lane/lane.hpp"
#include "gate/lane/ulid.hpp"

namespace network {

/// Runs only while one of its calls does.
class Gate {
 public:
  Gate(ports::Records& records, ports::Journal& journal, ports::Clock& clock);
  ~Gate();

  /// A truck comes, and drives in where the gate opens. What the lane said of it in the end.
  [[nodiscard]] core::PassageRecord pass(int truck);

  /// False after `patience`.
  bool until(const std::function<bool()>& done, core::Milliseconds patience = std::chrono::seconds(90));

 private:
  struct Board final : ports::Board {
    void show(ports::LaneView shown) override { view = std::move(shown); }
    ports::LaneView view;
  };

  void put(core::Level core::Signals::*contact, bool on);
  bool reach(core::State state);

  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> waiting_{io_.get_executor()};
  ports::Clock& clock_;
  std::mt19937_64 dice_{7};
  lane::Ulids ulids_{[this] { return dice_(); }};
  sim::Barrier barrier_;
  sim::Camera front_;
  sim::IdentityReader reader_;
  sim::Eyes eyes_;
  Board board_;
  lane::Lane lane_;
};

}  // namespace network
