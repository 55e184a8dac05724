// One connection: requests in, answers out. The only place that knows the HTTP library.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/generic/stream_protocol.hpp>

#include "gate/console/limits.hpp"
#include "gate/console/message.hpp"

namespace console {

using Socket = boost::asio::generic::stream_protocol::socket;

/// Serves one client until it leaves, breaks HTTP, or takes longer or sends more than the limits allow.
/// Never throws; the socket is closed at the end. `handle` and `limits` outlive it.
boost::asio::awaitable<void> serve(Socket socket, Peer peer, const Handle& handle, const Limits& limits);

}  // namespace console
