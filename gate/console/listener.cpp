#include "gate/console/listener.hpp"

#include <memory>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gate/console/control_socket.hpp"

namespace console {
namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using Local = asio::local::stream_protocol;

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr int control_connections = 32;

asio::awaitable<void> count(std::shared_ptr<int> connections, Socket socket, Peer peer, const Handle& handle,
                            const Limits& limits) {
  ++*connections;
  co_await serve(std::move(socket), std::move(peer), handle, limits);
  --*connections;
}

std::optional<Peer> peer_of(const Tcp::socket&) { return Peer{}; }

std::optional<Peer> peer_of(Local::socket& socket) {
  auto name = peer_name(socket.native_handle());
  if (!name) return std::nullopt;
  return Peer{true, std::move(*name)};
}

template <class Acceptor>
asio::awaitable<void> accept(Acceptor acceptor, int most, const Handle& handle, const Limits& limits) {
  const auto connections = std::make_shared<int>(0);
  asio::steady_timer pause(acceptor.get_executor());
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(quiet);
    if (error) {  // out of descriptors, most likely: others have to close theirs first
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(quiet);
      continue;
    }
    auto peer = peer_of(socket);
    if (!peer || *connections >= most) continue;  // closed as it goes
    asio::co_spawn(acceptor.get_executor(),
                   count(connections, Socket(std::move(socket)), std::move(*peer), handle, limits),
                   asio::detached);
  }
}

}  // namespace

asio::awaitable<void> accept_tcp(Tcp::acceptor acceptor, const Handle& handle, const Limits& limits) {
  return accept(std::move(acceptor), limits.connections, handle, limits);
}

asio::awaitable<void> accept_control(Local::acceptor acceptor, const Handle& handle, const Limits& limits) {
  return accept(std::move(acceptor), control_connections, handle, limits);
}

core::Result<Tcp::acceptor> listen_on(const std::string& host, int port,
                                      const asio::any_io_executor& executor) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  if (error || !address.is_loopback()) {
    return core::fail(core::Fault::refused,
                      "console.bind: " + host +
                          ": until there are accounts, only the loopback (127.0.0.1, ::1) is allowed");
  }
  Tcp::acceptor acceptor(executor);
  const Tcp::endpoint endpoint(address, static_cast<unsigned short>(port));
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) {
    return core::fail(core::Fault::broken,
                      "console.bind: " + host + ":" + std::to_string(port) + ": " + error.message());
  }
  return acceptor;
}

}  // namespace console
