// Which wire means what: between the bits of an I/O module and the signals of a lane. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "gate/core/result.hpp"
#include "gate/core/signals.hpp"

namespace barrier {

struct Coil {
  std::string name;  // as the configuration calls it
  int number = 0;
  core::Milliseconds pulse{0};  // 0: held
};

class Wiring {
 public:
  /// malformed: a required signal has no wire, a name is no signal, or two wires share a number; says all of
  /// it.
  [[nodiscard]] static core::Result<Wiring> from(const config::Barrier& config);

  /// Discrete inputs to read in one request: [first_input, first_input + input_count).
  [[nodiscard]] int first_input() const { return first_; }
  [[nodiscard]] int input_count() const { return count_; }

  /// `bits` as read, from first_input on: true where the wire carries current. A contact that is not
  /// wired is off; a normally closed one without current is on.
  [[nodiscard]] core::Signals signals(const std::vector<bool>& bits) const;

  Coil open, close, green, red;
  std::optional<Coil> hold;

 private:
  struct Wire {
    core::Level core::Signals::*contact;
    int number;
    bool normally_closed;
  };
  std::vector<Wire> wires_;
  int first_ = 0;
  int count_ = 0;
};

/// Nothing is under the arm, and we know it.
[[nodiscard]] constexpr bool clear_under_arm(const core::Signals& signals) {
  return signals.safety == core::Level::off && signals.photocell == core::Level::off;
}

}  // namespace barrier
