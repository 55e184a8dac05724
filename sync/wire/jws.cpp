#include "sync/wire/jws.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include <boost/describe/class.hpp>
#include <sodium.h>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"

namespace syncing {
namespace {

constexpr std::size_t kMaxHeader = 512;  // characters; ours have about 80

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// Exactly these members: whatever else a header could ask for (crit, jwk, zip) is refused.
struct Header {
  std::string alg;
  std::string kid;
  std::string typ;
};
BOOST_DESCRIBE_STRUCT(Header, (), (alg, kid, typ))

core::Result<OpenedJws> read_header(std::string_view encoded) {
  if (encoded.empty() || encoded.size() > kMaxHeader)
    return core::fail(core::Fault::refused, "signature header: 1 to 512 characters allowed");
  const auto text = bytes::from_base64url(encoded);
  if (!text) return core::fail(core::Fault::refused, "signature header: not canonical base64url");
  auto header = canon::read<Header>(*text, canon::Reading::own);
  if (!header) return core::fail(core::Fault::refused, "signature header: " + header.error().what);
  if (header->alg != "EdDSA") return core::fail(core::Fault::refused, "signature header: alg must be EdDSA");
  if (header->kid.empty() || header->typ.empty())
    return core::fail(core::Fault::refused, "signature header: kid and typ must not be empty");
  return OpenedJws{.typ = std::move(header->typ), .kid = std::move(header->kid), .payload = {}};
}

}  // namespace

SigningKey::SigningKey(std::string kid, std::string_view seed) : kid_(std::move(kid)) {
  if (kid_.empty()) throw std::invalid_argument("a signing key needs a kid");
  if (seed.size() != crypto_sign_SEEDBYTES) throw std::invalid_argument("an Ed25519 seed has 32 bytes");
  PublicKey ignored;
  crypto_sign_seed_keypair(ignored.data(), secret_.data(), raw(seed));
}

SigningKey::~SigningKey() { sodium_memzero(secret_.data(), secret_.size()); }

core::Result<SigningKey> SigningKey::from_hex(std::string kid, std::string_view digits) {
  auto seed = bytes::from_hex(digits, crypto_sign_SEEDBYTES);
  if (kid.empty() || !seed)
    return core::fail(core::Fault::malformed, "signing key: an id and 64 hex digits expected");
  SigningKey key(std::move(kid), *seed);
  sodium_memzero(seed->data(), seed->size());
  return key;
}

PublicKey SigningKey::public_key() const {
  PublicKey key;
  crypto_sign_ed25519_sk_to_pk(key.data(), secret_.data());
  return key;
}

std::string SigningKey::public_key_hex() const {
  const PublicKey key = public_key();
  return bytes::to_hex(bytes::view(key));
}

std::string SigningKey::sign(std::string_view bytes) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr, raw(bytes), bytes.size(),
                       secret_.data());
  return signature;
}

core::Result<KeySet> KeySet::from_hex(const std::map<std::string, std::string>& keys) {
  KeySet set;
  for (const auto& [kid, digits] : keys) {
    const auto given = bytes::from_hex(digits, crypto_sign_PUBLICKEYBYTES);
    if (kid.empty() || !given)
      return core::fail(core::Fault::malformed,
                        "public key '" + kid + "': a name and 64 hex digits expected");
    PublicKey key;
    std::copy(given->begin(), given->end(), key.begin());
    set.add(kid, key);
  }
  return set;
}

const PublicKey* KeySet::find(const std::string& kid) const {
  const auto found = keys_.find(kid);
  return found == keys_.end() ? nullptr : &found->second;
}

bool verify_signature(const PublicKey& key, std::string_view bytes, std::string_view signature) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(bytes), bytes.size(), key.data()) == 0;
}

std::string sign_jws(const SigningKey& key, std::string_view typ, std::string_view payload) {
  const Header header{.alg = "EdDSA", .kid = key.kid(), .typ = std::string(typ)};
  std::string compact = bytes::to_base64url(canon::write(header)) + '.' + bytes::to_base64url(payload);
  const std::string signature = key.sign(compact);
  return compact += '.' + bytes::to_base64url(signature);
}

core::Result<OpenedJws> open_jws(std::string_view compact, const KeySet& keys, std::size_t max_bytes) {
  if (compact.size() > max_bytes)
    return core::fail(core::Fault::refused, "message of " + std::to_string(compact.size()) +
                                                " bytes: at most " + std::to_string(max_bytes) + " allowed");
  const auto first = compact.find('.');
  const auto last = compact.rfind('.');
  if (first == std::string_view::npos || first == last || compact.find('.', first + 1) != last)
    return core::fail(core::Fault::refused, "not signed: three parts separated by dots expected");
  auto opened = read_header(compact.substr(0, first));
  if (!opened) return opened;
  const PublicKey* key = keys.find(opened->kid);
  if (!key) return core::fail(core::Fault::refused, "unknown kid in a signature header");
  const auto signature = bytes::from_base64url(compact.substr(last + 1));
  if (!signature || signature->empty())
    return core::fail(core::Fault::refused, "signature missing or not canonical base64url");
  if (!verify_signature(*key, compact.substr(0, last), *signature))
    return core::fail(core::Fault::refused, "wrong signature under kid " + opened->kid);
  auto payload = bytes::from_base64url(compact.substr(first + 1, last - first - 1));
  if (!payload) return core::fail(core::Fault::refused, "payload: not canonical base64url");
  opened->payload = std::move(*payload);
  return opened;
}

}  // namespace syncing
