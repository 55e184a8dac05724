// Signed messages: JWS compact serialisation (RFC 7515) with EdDSA over Ed25519 (RFC 8037).
//
// The header holds exactly `alg` ("EdDSA"), `kid` (who signed) and `typ` (what kind of message it is).
// A signature proves the sender, nothing else: not that the message is new, and it hides nothing.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "gate/core/result.hpp"

namespace syncing {

using PublicKey = std::array<unsigned char, 32>;

/// An Ed25519 key pair with the name it signs under. Wiped from memory when it goes.
class SigningKey {
 public:
  /// `seed`: 32 bytes. Throws std::invalid_argument on another length or an empty kid: a bug, not input.
  SigningKey(std::string kid, std::string_view seed);

  /// The seed as 64 hex digits; `malformed` otherwise, and the text shows none of it.
  [[nodiscard]] static core::Result<SigningKey> from_hex(std::string kid, std::string_view digits);

  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;
  ~SigningKey();

  [[nodiscard]] const std::string& kid() const { return kid_; }
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] std::string public_key_hex() const;

  /// The 64 bytes of the signature.
  [[nodiscard]] std::string sign(std::string_view bytes) const;

 private:
  std::string kid_;
  std::array<unsigned char, 64> secret_{};
};

/// Whose signatures count: kid -> public key.
class KeySet {
 public:
  KeySet() = default;

  /// kid -> 64 hex digits; `malformed` names the kid that is none.
  [[nodiscard]] static core::Result<KeySet> from_hex(const std::map<std::string, std::string>& keys);

  void add(std::string kid, const PublicKey& key) { keys_[std::move(kid)] = key; }
  [[nodiscard]] const PublicKey* find(const std::string& kid) const;

 private:
  std::map<std::string, PublicKey> keys_;
};

[[nodiscard]] bool verify_signature(const PublicKey& key, std::string_view bytes, std::string_view signature);

/// header.payload.signature, each base64url.
[[nodiscard]] std::string sign_jws(const SigningKey& key, std::string_view typ, std::string_view payload);

struct OpenedJws {
  std::string typ;
  std::string kid;
  std::string payload;  // the bytes that were signed
};

/// Everything that must hold before the payload is looked at. Fault::refused with the reason: larger than
/// `max_bytes`, not three parts, not canonical base64url, a header that is not exactly alg, kid and typ
/// (each once), another alg, an empty or unknown kid, an empty typ, no signature, a wrong one.
[[nodiscard]] core::Result<OpenedJws> open_jws(std::string_view compact, const KeySet& keys,
                                               std::size_t max_bytes);

}  // namespace syncing
