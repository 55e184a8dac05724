// The small grammars inside configuration values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/config.hpp"

namespace config {

/// "50ms", "2s", "15min", "12h", "60d": digits and a unit, nothing else. nullopt also beyond 36,500 days.
[[nodiscard]] std::optional<Milliseconds> parse_duration(std::string_view text);

/// The shortest text that parse_duration reads back as the same.
[[nodiscard]] std::string duration_text(Milliseconds duration);

/// "host:port", "[::1]:port"; port 1..65535.
[[nodiscard]] std::optional<Endpoint> parse_endpoint(std::string_view text);
[[nodiscard]] std::string endpoint_text(const Endpoint& endpoint);

/// localhost, ::1 or any address of 127.0.0.0/8, by its text alone.
[[nodiscard]] bool is_loopback(std::string_view host);

/// 64 hex digits.
[[nodiscard]] bool is_key_hex(std::string_view text);

}  // namespace config
