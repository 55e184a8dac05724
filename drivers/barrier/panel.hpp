// The outputs of one module as they are meant to be, and the levels read last. Blocks: for the worker's
// thread.
#pragma once

#include <map>
#include <optional>

#include "config/config.hpp"
#include "drivers/barrier/bus.hpp"
#include "drivers/barrier/wiring.hpp"
#include "gate/core/signals.hpp"

namespace barrier {

/// Every failure breaks the connection: what was sent may or may not have been done. A new connection
/// starts by writing every output as it is meant to be.
class Panel {
 public:
  Panel(const config::Barrier& config, Wiring wiring);

  [[nodiscard]] bool connected() const { return bus_.has_value(); }
  [[nodiscard]] core::Result<void> connect();

  [[nodiscard]] core::Result<core::Signals> read();

  /// Ends a close pulse first. While an open pulse lasts, it is left as it is.
  [[nodiscard]] core::Result<void> raise(core::SteadyTime now);

  /// Reads the contacts anew; refused unless safety loop and photocell are free. Ends an open pulse first.
  [[nodiscard]] core::Result<void> lower(core::SteadyTime now);

  [[nodiscard]] core::Result<void> show(core::Lamp lamp);

  /// Pulses that are over are switched off.
  [[nodiscard]] core::Result<void> end_pulses(core::SteadyTime now);
  [[nodiscard]] std::optional<core::SteadyTime> next_pulse_end() const;

  /// A close command, pulsed or held, is taken back.
  [[nodiscard]] core::Result<void> stop_closing();

  /// From now on meant to be: red, no command. Says so to the module where one is connected.
  [[nodiscard]] core::Result<void> make_safe();

 private:
  /// Does `work` on the bus; a failure drops the connection.
  template <class Work>
  auto with_bus(Work work) -> decltype(work(std::declval<Bus&>()));
  [[nodiscard]] core::Result<void> command(const Coil& wanted, const Coil& opposite, core::SteadyTime now);
  [[nodiscard]] core::Result<void> put(const Coil& coil, bool on);
  [[nodiscard]] core::Result<void> put_all();

  config::Barrier config_;
  Wiring wiring_;
  std::optional<Bus> bus_;
  std::map<int, bool> meant_;                   // by coil
  std::map<int, core::SteadyTime> pulse_ends_;  // by coil; those that are on
};

}  // namespace barrier
