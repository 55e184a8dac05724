#include "sync/reach.hpp"

#include <cerrno>
#include <future>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

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

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;
using Found = core::Result<Addresses>;

Found look_up_now(const LookUp& look_up, const std::string& host, int port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int code = look_up(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (code != 0) return core::fail(core::Fault::broken, ::gai_strerror(code));
  return Addresses(found, ::freeaddrinfo);
}

/// Where no name server answers, that takes the system half a minute, and a stop may not wait so long.
Found look_up_until(const LookUp& look_up, const std::string& host, int port,
                    const std::function<bool()>& enough) {
  std::packaged_task<Found()> task([look_up, host, port] { return look_up_now(look_up, host, port); });
  std::future<Found> found = task.get_future();
  try {
    std::thread(std::move(task)).detach();  // with all that it needs
  } catch (const std::system_error& error) {
    return core::fail(core::Fault::broken, error.code().message());
  }
  while (found.wait_for(kSlice) != std::future_status::ready)
    if (enough()) return core::fail(core::Fault::broken, "the look-up of the name was not waited for");
  return found.get();
}

}  // namespace

core::Result<void> reach(const std::string& host, int port, core::Milliseconds patience,
                         const std::function<bool()>& enough, const LookUp& look_up) {
  const auto addresses = look_up_until(look_up ? look_up : LookUp(::getaddrinfo), host, port, enough);
  if (!addresses) return tl::unexpected(addresses.error());
  int error = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses->get(); address && error != 0; address = address->ai_next) {
    const int handle =
        ::socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, address->ai_protocol);
    error = handle < 0 ? errno : connect_within(handle, *address, patience, enough);
    if (handle >= 0) ::close(handle);
  }
  if (error == 0) return {};
  return core::fail(core::Fault::broken, std::generic_category().message(error));
}

}  // namespace syncing
