// The control socket: gatectl's way in. The operating system says who is at the other end.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include "gate/core/result.hpp"

namespace console {

/// Listens on `path`, mode 0660. A socket that a dead daemon left behind is replaced; `refused` where a
/// living one answers on it, or where something else than a socket lies there.
[[nodiscard]] core::Result<boost::asio::local::stream_protocol::acceptor> listen_on(
    const std::filesystem::path& path, const boost::asio::any_io_executor& executor);

/// "uid:N" of the process at the other end, where it is root, the daemon's own user, or has the daemon's
/// group among its groups; nullopt: nobody who may come in.
[[nodiscard]] std::optional<std::string> peer_name(int socket);

}  // namespace console
