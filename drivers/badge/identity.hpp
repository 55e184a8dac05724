// Card numbers, and the keyed hash that stands for them everywhere else.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gate/core/result.hpp"

namespace badge {

/// The terminal's HMAC key. Wiped from memory when destroyed; never printed.
class IdentityKey {
 public:
  /// `hex`: 64 hex digits; `id`: 1 to 32 of a-z A-Z 0-9 - _ . Malformed otherwise; the text shows neither.
  [[nodiscard]] static core::Result<IdentityKey> from_hex(std::string_view hex, std::string id);

  IdentityKey(const IdentityKey&) = default;
  IdentityKey& operator=(const IdentityKey&) = default;
  ~IdentityKey();

 private:
  friend core::Result<std::string> driver_id_hash(const IdentityKey& key, std::string_view card_number);
  IdentityKey() = default;

  std::array<std::uint8_t, 32> key_{};
  std::string id_;
};

inline constexpr int shortest_card_number = 4, longest_card_number = 20;

/// `keyId:hex(HMAC-SHA256(key, canonical number))`, hex in lower case. The canonical number is its ASCII
/// digits, leading zeros kept. Anything but 4 to 20 ASCII digits is malformed; the text never shows it.
[[nodiscard]] core::Result<std::string> driver_id_hash(const IdentityKey& key, std::string_view card_number);

}  // namespace badge
