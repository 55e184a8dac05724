// The operator's console: one small JSON API with live events, an operator's page and the drivers' displays,
// over HTTP on the loopback and over the control socket. openapi.yaml says it route by route.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "gate/console/board.hpp"
#include "gate/console/limits.hpp"
#include "gate/console/tokens.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/backlog.hpp"
#include "gate/ports/backup.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/desk.hpp"
#include "gate/ports/ledger.hpp"

namespace console {

struct Options {
  std::string host = "127.0.0.1";        // of the loopback, or "localhost"
  int port = 8080;                       // 0: the kernel chooses
  Tokens tokens;                         // none: nobody may decide over HTTP
  std::filesystem::path control_socket;  // empty: none
  std::string site;                      // the terminal's code, shown on the page
  std::string version;
  boost::asio::any_io_executor lanes;  // where the Desk runs
  Limits limits;
};

/// Whom the console asks. All outlive the server. Ledger and backlog are asked from one thread of the
/// server's own, the clock's now() from any of them, the desk on Options::lanes alone; back-ups on the thread
/// that reads requests.
struct Asked {
  Board& board;
  ports::Ledger& ledger;
  ports::Desk& desk;
  ports::Backlog& backlog;
  ports::Backups& backups;
  const ports::Clock& clock;
};

class Server {
 public:
  Server(Options options, const Asked& asked);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and serves on threads of its own. Faults: refused (not the loopback, the control socket belongs
  /// to a living daemon), broken (cannot bind).
  [[nodiscard]] core::Result<void> start();

  /// Turns clients away, waits up to two seconds for decisions and imports under way, ends the threads.
  /// Harmless when repeated. Call it while Options::lanes still runs.
  void stop();

  [[nodiscard]] int port() const;

  /// When the console's thread last showed that it goes on; it does so once a second.
  [[nodiscard]] core::SteadyTime last_progress() const;

 private:
  struct Running;
  std::unique_ptr<Running> running_;
};

}  // namespace console
