// A barrier in memory: an arm that takes its time, contacts and faults set by hand.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "gate/ports/barrier.hpp"
#include "gate/ports/clock.hpp"

namespace sim {

enum class Command { raise, lower, red, green };

struct GivenCommand {
  Command command;
  core::Moment at;
  bool operator==(Command other) const { return command == other; }
};

/// Starts closed, red, with every loop free. For one thread; one coroutine at a time waits in `changed`.
class Barrier final : public ports::Barrier {
 public:
  /// `travel`: time of the arm from one limit to the other.
  Barrier(const boost::asio::any_io_executor& executor, ports::Clock& clock,
          core::Milliseconds travel = std::chrono::seconds(3));
  ~Barrier() override;

  boost::asio::awaitable<core::Result<void>> raise() override;
  boost::asio::awaitable<core::Result<void>> lower() override;
  boost::asio::awaitable<core::Result<void>> show(core::Lamp lamp) override;
  boost::asio::awaitable<core::Signals> changed() override;

  /// Sets one contact: set(&core::Signals::presence, core::Level::on). A limit keeps what was set
  /// until the arm moves again.
  void set(core::Level core::Signals::*contact, core::Level level);

  /// The arm stands still where it is; commands are taken and move nothing.
  void stick(bool stuck);

  /// Somebody else moves the arm: the manual key, a hand, a truck.
  void push_arm(bool open);

  /// Every contact is unknown, as with a dead module.
  void lose_contacts(bool lost);

  /// Commands fail with this and do nothing; nullopt: they work again.
  void fail_commands(std::optional<core::Error> error);

  /// Commands answer after this time.
  void answer_after(core::Milliseconds delay);

  [[nodiscard]] core::Signals signals() const;  // as `changed` would give them now
  [[nodiscard]] core::Lamp lamp() const;
  [[nodiscard]] const std::vector<GivenCommand>& commands() const;  // those that were carried out

 private:
  struct Body;
  std::shared_ptr<Body> body_;  // a moving arm outlives the object that was told to move it
};

}  // namespace sim
