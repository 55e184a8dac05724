// Bytes as text: base64url without padding (RFC 4648, section 5), lower-case hex, SHA-256, ULIDs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gate/core/moment.hpp"

namespace syncing {

[[nodiscard]] std::string to_base64url(std::string_view bytes);

/// nullopt unless `text` is exactly what to_base64url would write: no padding, no blanks, no stray bits.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

[[nodiscard]] std::string to_hex(std::string_view bytes);

/// nullopt unless `text` is `size` bytes as hex digits of either case.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text, std::size_t size);

/// Lower-case hex of the SHA-256 of `bytes`.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// A new ULID: 26 characters of Crockford's base 32, sorted by `at` to the millisecond, then random.
[[nodiscard]] std::string make_ulid(core::WallTime at);

/// True for 26 characters of the ULID alphabet that do not overflow its 128 bits.
[[nodiscard]] bool is_ulid(std::string_view text);

}  // namespace syncing
