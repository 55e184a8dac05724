#include "gate/console/control_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace console {
namespace {

namespace asio = boost::asio;
using Local = asio::local::stream_protocol;

core::Error error_of(const std::filesystem::path& path, core::Fault fault, const std::string& what) {
  return {fault, "control socket " + path.string() + ": " + what};
}

/// Removes what a dead daemon left. Nothing there is fine.
core::Result<void> clear(const std::filesystem::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) {
    return tl::unexpected(error_of(path, core::Fault::refused, "something else than a socket lies there"));
  }
  asio::io_context context;
  Local::socket probe(context);
  boost::system::error_code error;
  probe.connect(Local::endpoint(path.string()), error);
  if (error != asio::error::connection_refused) {
    return tl::unexpected(error_of(path, core::Fault::refused, "another daemon answers on it"));
  }
  ::unlink(path.c_str());
  return {};
}

std::vector<gid_t> groups_of(int socket) {
  std::vector<gid_t> groups(256);
  socklen_t size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) return {};
  groups.resize(size / sizeof(gid_t));
  return groups;
}

}  // namespace

core::Result<Local::acceptor> listen_on(const std::filesystem::path& path,
                                        const asio::any_io_executor& executor) {
  if (path.string().size() >= sizeof(sockaddr_un{}.sun_path)) {
    return tl::unexpected(
        error_of(path, core::Fault::malformed, "the path is longer than a socket's may be (107)"));
  }
  if (auto cleared = clear(path); !cleared) return tl::unexpected(cleared.error());
  Local::acceptor acceptor(executor);
  boost::system::error_code error;
  acceptor.open(Local(), error);
  // Before bind: the file is never there with wider rights than it is to have.
  if (!error && ::fchmod(acceptor.native_handle(), 0660) != 0)
    error.assign(errno, boost::system::system_category());
  if (!error) acceptor.bind(Local::endpoint(path.string()), error);
  if (!error && ::chmod(path.c_str(), 0660) != 0) error.assign(errno, boost::system::system_category());
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return tl::unexpected(error_of(path, core::Fault::broken, error.message()));
  return acceptor;
}

std::optional<std::string> peer_name(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  const std::vector<gid_t> groups = groups_of(socket);
  const bool ours = peer.uid == 0 || peer.uid == ::geteuid() || peer.gid == ::getegid() ||
                    std::find(groups.begin(), groups.end(), ::getegid()) != groups.end();
  if (!ours) return std::nullopt;
  return "uid:" + std::to_string(peer.uid);
}

}  // namespace console
