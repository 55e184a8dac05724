// A Modbus TCP I/O module with a barrier, loops and lamps wired to it, on loopback.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "config/config.hpp"
#include "gate/core/signals.hpp"
#include "tests/world/devices/arm.hpp"

namespace world {

/// What may be wrong with a module.
enum class Trouble {
  none,
  hang,       // takes requests and never answers
  drop,       // closes the connection at every request
  garbage,    // answers with bytes that are no Modbus
  stale,      // answers each request with the answer of the one before
  exception,  // answers every request with "device failure"
  deaf,       // confirms what is written to a coil, and does not do it
};

/// What the module has witnessed since it was made.
struct Witness {
  int open_pulses = 0;  // times that the coil went on
  int close_pulses = 0;
  int crushes = 0;  // close pulses begun while the safety loop or the photocell was on
  bool both_lamps = false;
  bool both_commands = false;
  core::Milliseconds longest_pulse{0};  // of those that have ended
  int connections = 0;
  int requests = 0;
};

/// Discrete inputs 0 presence, 1 safety, 2 passage, 3 photocell, 4 open_limit, 5 closed_limit, 6 unhinged,
/// 7 fault, 8 manual_key, 9 fire_alarm; 1, 3, 6, 7 and 9 normally closed. Coils 0 open, 1 close (pulses),
/// 2 green, 3 red, 4 hold (a held arm ignores close). Serves from its own thread; every call is thread-safe.
class IoModule {
 public:
  /// `port` 0: the kernel chooses. Throws std::runtime_error when it cannot listen there.
  explicit IoModule(core::Milliseconds travel = std::chrono::seconds(3), int port = 0);
  ~IoModule();
  IoModule(const IoModule&) = delete;
  IoModule& operator=(const IoModule&) = delete;

  [[nodiscard]] int port() const { return port_; }

  /// A lane's [lane.barrier] that fits this module.
  [[nodiscard]] config::Barrier config() const;

  /// Logical terms: set(&core::Signals::presence, true) means that a vehicle stands on the loop.
  /// A limit keeps what was set until the arm is told to move.
  void set(core::Level core::Signals::*contact, bool on);
  void set(std::string_view contact, bool on);  // by name; throws std::invalid_argument for no such contact

  /// The wire to this contact is cut: it carries no current, whatever the contact does.
  void cut(core::Level core::Signals::*contact, bool is_cut);

  /// Somebody moves the arm without a command: the manual key, a hand, a truck.
  void push_arm(bool open);
  void stick_arm(bool stuck);

  void trouble(Trouble what);                         // until told otherwise
  void trouble_once(Trouble what, int requests = 1);  // with the next requests; then all is well again
  void answer_late_once(core::Milliseconds delay);    // the next request; then all is well again
  void power(bool on);  // off: connections and coils drop, nobody listens; on: the same port again

  [[nodiscard]] core::Signals signals() const;  // what the contacts do, as they are, never unknown
  [[nodiscard]] bool coil(int number) const;
  [[nodiscard]] bool green() const { return coil(2); }
  [[nodiscard]] bool red() const { return coil(3); }
  [[nodiscard]] Witness witness() const;

 private:
  static constexpr std::size_t inputs = 10;
  static constexpr std::size_t coils = 5;
  void serve();
  [[nodiscard]] bool level(std::size_t input) const;  // logical; mutex held
  [[nodiscard]] Trouble next_trouble();
  void take_coils(const std::array<bool, coils>& now);
  void witness_pulse(bool is_on, std::size_t coil, int& count);

  mutable std::mutex mutex_;  // guards all below it
  Arm arm_;
  std::array<bool, inputs> set_{};
  std::array<bool, inputs> cut_{};
  std::map<std::size_t, bool> forced_limits_;
  std::array<bool, coils> coils_{};
  std::array<core::SteadyTime, coils> on_since_{};
  Trouble trouble_ = Trouble::none;
  int trouble_left_ = -1;  // requests; -1: without end
  core::Milliseconds late_{0};
  bool powered_ = true;
  bool stopping_ = false;
  Witness witness_;

  int port_ = 0;
  int wake_ = -1;  // eventfd: look at powered_ and stopping_
  int first_listener_ = -1;
  std::thread thread_;
};

}  // namespace world
