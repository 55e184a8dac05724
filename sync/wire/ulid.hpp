// Names that sort by the time they were given (ULID).
#pragma once

#include <string>
#include <string_view>

#include "gate/core/moment.hpp"

namespace syncing {

/// A new ULID: 26 characters of Crockford's base 32, sorted by `at` to the millisecond, then random.
[[nodiscard]] std::string make_ulid(core::WallTime at);

/// True for 26 characters of the ULID alphabet that do not overflow its 128 bits.
[[nodiscard]] bool is_ulid(std::string_view text);

}  // namespace syncing
