// Takes connections in, over TCP and over the control socket, as many as the limits allow.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include "gate/console/http.hpp"

namespace console {

/// Each runs until its executor is stopped. `handle` and `limits` outlive it.
boost::asio::awaitable<void> accept_tcp(boost::asio::ip::tcp::acceptor acceptor, const Handle& handle,
                                        const Limits& limits);
boost::asio::awaitable<void> accept_control(boost::asio::local::stream_protocol::acceptor acceptor,
                                            const Handle& handle, const Limits& limits);

/// Binds to an address of the loopback; `refused` for any other, `broken` where it cannot be had.
[[nodiscard]] core::Result<boost::asio::ip::tcp::acceptor> listen_on(
    const std::string& host, int port, const boost::asio::any_io_executor& executor);

}  // namespace console
