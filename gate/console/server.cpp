#include "gate/console/server.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gate/console/api.hpp"
#include "gate/console/control_socket.hpp"
#include "gate/console/listener.hpp"
#include "gate/console/live.hpp"

namespace console {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;

constexpr auto patience = std::chrono::seconds(2);

/// A thread that runs one io_context until told to stop.
class Reactor {
 public:
  Reactor() : guard_(context_->get_executor()), thread_([this] { context_->run(); }) {}
  ~Reactor() { stop(); }
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  void stop() {
    if (context_) context_->stop();
    if (thread_.joinable()) thread_.join();
  }

  /// After stop: what still waited ends, and closes its sockets.
  void clear() {
    guard_.reset();
    context_.reset();
  }
  [[nodiscard]] asio::any_io_executor executor() { return context_->get_executor(); }

 private:
  std::unique_ptr<asio::io_context> context_ = std::make_unique<asio::io_context>();
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::thread thread_;
};

ino_t inode_of(const std::filesystem::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

}  // namespace

struct Server::Running {
  Running(Options given, const Asked& asked)
      : options(std::move(given)),
        board(asked.board),
        clock(asked.clock),
        metrics(options.version),
        hub(reactor.executor(), options.limits),
        parts{asked, options, hub, metrics, ledger_thread.executor()},
        live(parts, [this] { progress = clock.now().steady.time_since_epoch().count(); }) {}

  core::Result<void> start();
  void stop();
  void wake();

  Options options;
  Board& board;
  const ports::Clock& clock;
  Metrics metrics;
  std::optional<Api> api;
  Handle handle;
  int port = 0;
  ino_t control_inode = 0;
  std::atomic<core::SteadyTime::rep> progress = 0;
  std::atomic<bool> waking = false;
  Reactor reactor;
  Reactor ledger_thread;  // ends before the reactor: what hangs in it owns sockets of the reactor
  Hub hub;
  Api::Parts parts;
  Live live;
};

void Server::Running::wake() {
  if (waking.exchange(true)) return;  // one is on its way: the board keeps the rest
  asio::post(reactor.executor(), [this] {
    waking = false;
    live.wake();
  });
}

core::Result<void> Server::Running::start() {
  if (::sodium_init() < 0) return core::fail(core::Fault::broken, "console: libsodium does not start");
  auto tcp = listen_on(options.host, options.port, reactor.executor());
  if (!tcp) return tl::unexpected(tcp.error());
  std::optional<Local::acceptor> control;
  if (!options.control_socket.empty()) {
    auto bound = listen_on(options.control_socket, reactor.executor());
    if (!bound) return tl::unexpected(bound.error());
    control = std::move(*bound);
    control_inode = inode_of(options.control_socket);
  }
  port = tcp->local_endpoint().port();
  api.emplace(parts, options.tokens);
  api->set_port(port);
  handle = [this](Request request) { return api->handle(std::move(request)); };
  progress = clock.now().steady.time_since_epoch().count();
  asio::co_spawn(reactor.executor(), live.follow_lanes(), asio::detached);
  asio::co_spawn(reactor.executor(), live.follow_ledger(), asio::detached);
  asio::co_spawn(reactor.executor(), accept_tcp(std::move(*tcp), handle, options.limits), asio::detached);
  if (control) {
    asio::co_spawn(reactor.executor(), accept_control(std::move(*control), handle, options.limits),
                   asio::detached);
  }
  board.listen([this] { wake(); });
  return {};
}

void Server::Running::stop() {
  board.listen(nullptr);
  if (api) api->close();
  const auto end = std::chrono::steady_clock::now() + patience;
  while (api && api->deciding() > 0 && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ledger_thread.stop();
  reactor.stop();
  if (!api || api->deciding() == 0) {
    ledger_thread.clear();
    reactor.clear();
  }
  if (control_inode != 0 && inode_of(options.control_socket) == control_inode) {
    ::unlink(options.control_socket.c_str());
  }
  control_inode = 0;
}

Server::Server(Options options, const Asked& asked)
    : running_(std::make_unique<Running>(std::move(options), asked)) {}

Server::~Server() {
  stop();
  // A decision that the lanes still hold comes back into this memory one day: then it stays.
  if (running_->api && running_->api->deciding() > 0) static_cast<void>(running_.release());
}

core::Result<void> Server::start() { return running_->start(); }

void Server::stop() { running_->stop(); }

int Server::port() const { return running_->port; }

core::SteadyTime Server::last_progress() const {
  return core::SteadyTime(core::SteadyTime::duration(running_->progress.load()));
}

}  // namespace console
