// Time that stands still until somebody moves it: a whole day at a gate takes milliseconds to test.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include <boost/asio/io_context.hpp>

#include "gate/ports/clock.hpp"

namespace sim {

/// For one thread: everything that waits on it runs on the io_context handed to run and advance.
/// Deterministic: equal deadlines complete in the order in which they were asked for.
class VirtualClock final : public ports::Clock {
 public:
  explicit VirtualClock(core::WallTime start = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2} +
                                               std::chrono::hours{8});
  ~VirtualClock() override;

  [[nodiscard]] core::Moment now() const override;
  boost::asio::awaitable<void> until(core::SteadyTime when) override;

  /// Runs what is ready now, and what becomes ready by that. Time does not move.
  void run_until_idle(boost::asio::io_context& io);

  /// Runs until idle, jumps to the earliest deadline, runs until idle again. False: nobody waits.
  bool advance_to_next(boost::asio::io_context& io);

  /// Moves on by `span`, stopping at every deadline on the way.
  void advance(boost::asio::io_context& io, core::Milliseconds span);

  /// Advances from deadline to deadline until `done` holds. False: it did not within `limit`.
  bool advance_until(boost::asio::io_context& io, const std::function<bool()>& done,
                     core::Milliseconds limit);

  /// The wall clock jumps, the steady clock does not.
  void step_wall(core::Milliseconds by);
  void trust(bool trusted);

  /// While one of these lives, another thread still works on something (a real journal, say): running
  /// until idle waits for it, so that virtual time never overtakes it.
  using Hold = std::shared_ptr<void>;
  [[nodiscard]] Hold hold();

 private:
  struct State;
  std::shared_ptr<State> state_;  // outlives the clock where a coroutine still waits on it
};

}  // namespace sim
