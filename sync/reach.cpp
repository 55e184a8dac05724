#include "sync/reach.hpp"

#include <cerrno>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace syncing {
namespace {

constexpr core::Milliseconds kSlice{100};

/// 0, or the error's number.
int connect_within(int handle, const addrinfo& address, core::Milliseconds patience,
                   const std::function<bool()>& enough) {
  if (::connect(handle, address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  for (core::Milliseconds waited{0}; waited < patience && !enough(); waited += kSlice) {
    pollfd writable{.fd = handle, .events = POLLOUT, .revents = 0};
    if (::poll(&writable, 1, static_cast<int>(kSlice.count())) <= 0) continue;
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
  }
  return ETIMEDOUT;
}

}  // namespace

core::Result<void> reach(const std::string& host, int port, core::Milliseconds patience,
                         const std::function<bool()>& enough) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found); code != 0)
    return core::fail(core::Fault::broken, ::gai_strerror(code));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  int error = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses.get(); address && error != 0; address = address->ai_next) {
    const int handle =
        ::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, address->ai_protocol);
    error = handle < 0 ? errno : connect_within(handle, *address, patience, enough);
    if (handle >= 0) ::close(handle);
  }
  if (error == 0) return {};
  return core::fail(core::Fault::broken, std::generic_category().message(error));
}

}  // namespace syncing
