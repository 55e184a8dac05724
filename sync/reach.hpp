// Whether somebody listens at an address, asked for a bounded time.
#pragma once

#include <functional>
#include <string>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

struct addrinfo;

namespace syncing {

/// As getaddrinfo.
using LookUp =
    std::function<int(const char* host, const char* service, const addrinfo* wanted, addrinfo** found)>;

/// Connects over TCP and hangs up at once. Gives up after `patience` for each of the host's addresses, or
/// soon after `enough` says so. Fault::broken: in the system's words why not. Blocks; a name is looked up by
/// `look_up` (empty: the system), which has a patience of its own and cannot be told to stop: it is left to a
/// thread that nobody waits for once it is enough.
[[nodiscard]] core::Result<void> reach(const std::string& host, int port, core::Milliseconds patience,
                                       const std::function<bool()>& enough, const LookUp& look_up = nullptr);

}  // namespace syncing
