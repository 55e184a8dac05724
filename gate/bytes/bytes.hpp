// Bytes as text (RFC 4648: base64, base64url without padding, hex) and their SHA-256.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bytes {

[[nodiscard]] inline std::string_view view(std::span<const unsigned char> some) {
  return {reinterpret_cast<const char*>(some.data()), some.size()};
}

/// With padding, as signed notes have it.
[[nodiscard]] std::string to_base64(std::string_view some);
/// Without padding, as JOSE has it.
[[nodiscard]] std::string to_base64url(std::string_view some);
/// Lower case.
[[nodiscard]] std::string to_hex(std::string_view some);

/// nullopt unless `text` is exactly what to_base64 would write: its padding, no blanks, no stray bits.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
/// nullopt unless `text` is exactly what to_base64url would write: no padding, no blanks, no stray bits.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);
/// nullopt unless `text` is `size` bytes as hex digits of either case.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text, std::size_t size);

/// 32 bytes.
[[nodiscard]] std::string sha256(std::string_view some);

}  // namespace bytes
