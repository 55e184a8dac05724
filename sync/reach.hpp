// Whether somebody listens at an address, asked for a bounded time.
#pragma once

#include <functional>
#include <string>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace syncing {

/// Connects over TCP and hangs up at once. Gives up after `patience` for each of the host's addresses, or
/// soon after `enough` says so. Fault::broken: in the system's words why not. Blocks; a name is looked up by
/// the system, which has a patience of its own.
[[nodiscard]] core::Result<void> reach(const std::string& host, int port, core::Milliseconds patience,
                                       const std::function<bool()>& enough);

}  // namespace syncing
