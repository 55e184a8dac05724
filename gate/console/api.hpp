// The routes' answers. Runs on the console's thread; asks the ledger and the desk where these live.
#pragma once

#include <atomic>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "gate/console/board.hpp"
#include "gate/console/hub.hpp"
#include "gate/console/metrics.hpp"
#include "gate/console/router.hpp"
#include "gate/console/server.hpp"
#include "gate/console/tokens.hpp"

namespace console {

class Api {
 public:
  struct Parts : Asked {
    const Options& options;
    Hub& hub;
    Metrics& metrics;
    boost::asio::any_io_executor ledger_thread;
  };

  Api(const Parts& parts, Tokens tokens) : parts_(parts), tokens_(std::move(tokens)) {}

  void set_port(int port) { port_ = port; }

  /// Never throws; what goes wrong inside is a 500 that names nothing.
  boost::asio::awaitable<Response> handle(Request request);

  /// Decisions and imports that have not been answered yet. From any thread, as is close: no new ones after
  /// it.
  [[nodiscard]] int deciding() const { return deciding_; }
  void close() { closed_ = true; }

  boost::asio::awaitable<Response> page(Call call);
  boost::asio::awaitable<Response> page_file(Call call);
  boost::asio::awaitable<Response> driver_page(Call call);
  boost::asio::awaitable<Response> health(Call call);
  boost::asio::awaitable<Response> metrics(Call call);
  boost::asio::awaitable<Response> status(Call call);
  boost::asio::awaitable<Response> person(Call call);
  boost::asio::awaitable<Response> lanes(Call call);
  boost::asio::awaitable<Response> lane(Call call);
  boost::asio::awaitable<Response> decide(Call call);
  boost::asio::awaitable<Response> passages(Call call);
  boost::asio::awaitable<Response> passage(Call call);
  boost::asio::awaitable<Response> cases(Call call);
  boost::asio::awaitable<Response> audit_log(Call call);
  boost::asio::awaitable<Response> audit_leaves(Call call);
  boost::asio::awaitable<Response> picture(Call call);
  boost::asio::awaitable<Response> parked(Call call);
  boost::asio::awaitable<Response> outbox(Call call);
  boost::asio::awaitable<Response> findings(Call call);
  boost::asio::awaitable<Response> settle(Call call);
  boost::asio::awaitable<Response> import_backup(Call call);
  boost::asio::awaitable<Response> inspect_backup(Call call);
  boost::asio::awaitable<Response> live(Call call);
  boost::asio::awaitable<Response> driver_live(Call call);

 private:
  boost::asio::awaitable<Response> route(Request request);
  boost::asio::awaitable<std::string> status_text();

  /// Something with a limit, told as JSON.
  template <class Ask>
  boost::asio::awaitable<Response> list(Call call, Ask ask);
  boost::asio::awaitable<Response> told(boost::asio::awaitable<core::Result<ports::BackupReport>> work);

  /// `work` on the ledger's thread; the answer back here.
  template <class Work>
  auto ask(Work work) -> boost::asio::awaitable<decltype(work())>;

  Parts parts_;
  Tokens tokens_;
  int port_ = 0;
  std::atomic<int> deciding_ = 0;
  std::atomic<bool> closed_ = false;
};

}  // namespace console
