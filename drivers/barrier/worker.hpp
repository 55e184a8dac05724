// The thread of one bus: polls, carries out orders, connects anew after any doubt.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "drivers/barrier/panel.hpp"
#include "drivers/barrier/rhythm.hpp"
#include "drivers/handoff/promise.hpp"

namespace barrier {

enum class Command { raise, lower, red, green };

struct Health {
  bool working = false;     // the contacts are read
  std::string trouble;      // why not, for terminal IT; empty while it works
  std::int64_t polls = 0;   // good ones
  std::int64_t doubts = 0;  // connections given up
};

/// What the thread tells, from the thread itself.
struct Tell {
  std::function<void(const core::Signals&, core::SteadyTime)> levels;  // every poll, and when they are lost
  std::function<void(const std::string&)> trouble;                     // each change; empty: works again
};

class Worker {
 public:
  Worker(const config::Barrier& config, Wiring wiring, Tell tell);

  /// Ends pulses, shows red, answers waiting orders with broken, joins: within about `answer`.
  ~Worker();

  /// Any thread. The promise is kept with how it went.
  void order(Command command, const handoff::Promise<core::Result<void>>& done);

  /// Any thread.
  [[nodiscard]] Health health() const;

 private:
  struct Order {
    Command command;
    handoff::Promise<core::Result<void>> done;
  };

  void run(const std::stop_token& stop);
  [[nodiscard]] std::deque<Order> wait(const std::stop_token& stop, core::SteadyTime due);
  [[nodiscard]] core::SteadyTime due() const;
  void tend(core::SteadyTime now);  // connects, ends pulses, polls: whatever is due
  void connect(core::SteadyTime now);
  void poll(core::SteadyTime now);
  [[nodiscard]] core::Result<void> carry_out(Command command, core::SteadyTime now);
  void doubt(const core::Error& why, core::SteadyTime now);
  void note(const std::string& trouble);
  void finish();

  // The thread's own.
  Panel panel_;
  Schedule schedule_;
  BackOff back_off_;
  core::SteadyTime retry_at_{};
  Tell tell_;
  std::string last_doubt_;

  mutable std::mutex mutex_;  // guards these
  std::condition_variable_any wake_;
  std::deque<Order> orders_;
  Health health_;

  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace barrier
