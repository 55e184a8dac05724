// The barrier behind a Modbus TCP I/O module.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "config/config.hpp"
#include "drivers/barrier/worker.hpp"
#include "gate/ports/barrier.hpp"

namespace barrier {

/// Has a thread and a connection of its own. All four verbs run on `executor` (one handler at a time,
/// outlives this); one coroutine at a time waits in `changed`. Pulses are ended by us. Destruction shows
/// red, ends pulses and joins the thread, within about `config.answer`.
///
/// One answer that gets lost is no outage: a new connection is made at once and outputs are written again.
/// When that fails too, or the last good poll is older than `answer` and four polls, every level is
/// unknown and the module starts again in red without any command.
class Barrier final : public ports::Barrier {
 public:
  /// `trouble`: told from the driver's thread at each change; empty: works again.
  Barrier(const boost::asio::any_io_executor& executor, const config::Barrier& config, Wiring wiring,
          std::function<void(const std::string&)> trouble);
  ~Barrier() override;

  /// Faults: timeout, corrupt, broken (not connected, an exception, or the coil reads otherwise).
  /// A command that failed is not carried out later.
  boost::asio::awaitable<core::Result<void>> raise() override;
  boost::asio::awaitable<core::Result<void>> lower() override;
  boost::asio::awaitable<core::Result<void>> show(core::Lamp lamp) override;
  boost::asio::awaitable<core::Signals> changed() override;

  [[nodiscard]] Health health() const { return worker_.health(); }

 private:
  struct Board;
  boost::asio::awaitable<core::Result<void>> order(Command command);

  boost::asio::any_io_executor executor_;
  std::string place_;
  std::shared_ptr<Board> board_;
  Worker worker_;
};

}  // namespace barrier
