#include "drivers/badge/identity.hpp"

#include <algorithm>
#include <utility>

#include <sodium.h>

#include "gate/bytes/bytes.hpp"

namespace badge {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_id_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

}  // namespace

core::Result<IdentityKey> IdentityKey::from_hex(std::string_view hex, std::string id) {
  if (id.empty() || id.size() > 32 || !std::all_of(id.begin(), id.end(), is_id_character)) {
    return core::fail(core::Fault::malformed, "identity key: its id must be 1 to 32 of a-z A-Z 0-9 - _");
  }
  if (sodium_init() < 0) return core::fail(core::Fault::broken, "libsodium does not start");
  IdentityKey key;
  key.id_ = std::move(id);
  auto secret = bytes::from_hex(hex, key.key_.size());
  if (!secret) return core::fail(core::Fault::malformed, "identity key: must be 64 hex digits");
  std::copy(secret->begin(), secret->end(), key.key_.begin());
  sodium_memzero(secret->data(), secret->size());
  return key;
}

IdentityKey::~IdentityKey() { sodium_memzero(key_.data(), key_.size()); }

core::Result<std::string> driver_id_hash(const IdentityKey& key, std::string_view card_number) {
  const bool fits = card_number.size() >= shortest_card_number && card_number.size() <= longest_card_number;
  if (!fits || !std::all_of(card_number.begin(), card_number.end(), is_digit)) {
    return core::fail(core::Fault::malformed, "a card number has 4 to 20 digits and nothing else");
  }
  crypto_auth_hmacsha256_state state;
  std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_init(&state, key.key_.data(), key.key_.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(card_number.data()),
                                card_number.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return key.id_ + ":" + bytes::to_hex(bytes::view(mac));
}

}  // namespace badge
