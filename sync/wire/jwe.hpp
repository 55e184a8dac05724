// Encryption to a terminal: JWE compact (RFC 7516), ECDH-ES on X25519 (RFC 8037), A256GCM. Signing comes
// first: what is sealed is a JWS, so sealing proves nothing about who wrote it.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "gate/core/result.hpp"

namespace syncing {

/// A public X25519 key with the name that messages give it.
struct SealingKey {
  std::string kid;
  std::array<unsigned char, 32> key{};
};

/// The private half. Wiped from memory when it goes.
class OpeningKey {
 public:
  /// The private key as 64 hex digits; `malformed` otherwise, and the text shows none of it.
  [[nodiscard]] static core::Result<OpeningKey> from_hex(std::string kid, std::string_view digits);

  OpeningKey(const OpeningKey&) = default;
  OpeningKey& operator=(const OpeningKey&) = default;
  ~OpeningKey();

  [[nodiscard]] SealingKey sealing_key() const;
  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] const std::array<unsigned char, 32>& secret() const { return secret_; }

 private:
  OpeningKey() = default;
  std::string kid_;
  std::array<unsigned char, 32> secret_{};
};

/// header..iv.ciphertext.tag, each base64url; a new key and a new iv every time.
[[nodiscard]] std::string seal_jwe(const SealingKey& to, std::string_view jws);

/// True for five parts: a JWE. A JWS has three.
[[nodiscard]] bool looks_sealed(std::string_view compact);

/// The JWS within. Fault::refused with the reason: larger than `max_bytes`, not five parts, not canonical
/// base64url, a header that is not exactly alg, cty, enc, epk and kid, another alg, enc or curve, another
/// terminal's kid, a degenerate key, bytes that were changed on the way.
[[nodiscard]] core::Result<std::string> open_jwe(std::string_view compact, const OpeningKey& key,
                                                 std::size_t max_bytes);

/// The content key of ECDH-ES for the shared secret: the Concat KDF of NIST SP 800-56A as RFC 7518, section
/// 4.6.2, has it, for `enc` and a key of `bits` (at most 256), with the parties' names.
[[nodiscard]] std::string derive_key(std::string_view shared, std::string_view enc, unsigned bits,
                                     std::string_view party_u, std::string_view party_v);

}  // namespace syncing
