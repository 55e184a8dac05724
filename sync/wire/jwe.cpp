#include "sync/wire/jwe.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include <boost/describe/class.hpp>
#include <openssl/evp.h>
#include <sodium.h>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"

namespace syncing {
namespace {

constexpr std::size_t max_header = 512;  // characters; ours have about 190
constexpr std::size_t iv_size = 12, tag_size = 16;
constexpr const char* enc = "A256GCM";

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

struct EphemeralKey {
  std::string crv, kty, x;
};
BOOST_DESCRIBE_STRUCT(EphemeralKey, (), (crv, kty, x))

/// Exactly these members: whatever else a header could ask for (zip, crit, apu, jku) is refused.
struct Header {
  std::string alg, cty, enc;
  EphemeralKey epk;
  std::string kid;
};
BOOST_DESCRIBE_STRUCT(Header, (), (alg, cty, enc, epk, kid))

auto refuse(const std::string& why) { return core::fail(core::Fault::refused, "encryption: " + why); }

std::string number(std::uint32_t value) {  // four bytes, the highest first
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift & 0xFFU);
  return bytes;
}

std::string with_length(std::string_view bytes) {
  return number(static_cast<std::uint32_t>(bytes.size())) + std::string(bytes);
}

/// nullopt for a point that gives no secret: an attacker's choice, never a peer's.
std::optional<std::string> agree(const std::array<unsigned char, 32>& secret, std::string_view theirs) {
  std::string shared(crypto_scalarmult_curve25519_BYTES, '\0');
  if (theirs.size() != crypto_scalarmult_curve25519_BYTES ||
      crypto_scalarmult_curve25519(raw(shared), secret.data(), raw(theirs)) != 0)
    return std::nullopt;
  return shared;
}

struct Free {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

/// AES-256-GCM, both ways. nullopt when OpenSSL will not, or, opening, when the tag does not fit.
struct Gcm {
  std::string key, iv, aad;

  [[nodiscard]] std::optional<std::string> seal(std::string_view plain, std::string& tag) const {
    const Context context(EVP_CIPHER_CTX_new());
    std::string cipher(plain.size(), '\0');
    tag.assign(tag_size, '\0');
    int done = 0;
    if (!context || EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(iv)) != 1 ||
        EVP_EncryptUpdate(context.get(), nullptr, &done, raw(aad), static_cast<int>(aad.size())) != 1 ||
        EVP_EncryptUpdate(context.get(), raw(cipher), &done, raw(plain), static_cast<int>(plain.size())) !=
            1 ||
        EVP_EncryptFinal_ex(context.get(), nullptr, &done) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, raw(tag)) != 1)
      return std::nullopt;
    return cipher;
  }

  [[nodiscard]] std::optional<std::string> open(std::string_view cipher, std::string tag) const {
    const Context context(EVP_CIPHER_CTX_new());
    std::string plain(cipher.size(), '\0');
    int done = 0;
    if (!context || EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(iv)) != 1 ||
        EVP_DecryptUpdate(context.get(), nullptr, &done, raw(aad), static_cast<int>(aad.size())) != 1 ||
        EVP_DecryptUpdate(context.get(), raw(plain), &done, raw(cipher), static_cast<int>(cipher.size())) !=
            1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, raw(tag)) != 1 ||
        EVP_DecryptFinal_ex(context.get(), nullptr, &done) != 1)
      return std::nullopt;
    return plain;
  }
};

/// The parts between the dots.
std::vector<std::string_view> parts_of(std::string_view compact) {
  std::vector<std::string_view> parts;
  for (std::size_t dot = 0; dot != compact.npos && parts.size() < 6;) {
    dot = compact.find('.');
    parts.push_back(compact.substr(0, dot));
    compact.remove_prefix(dot == compact.npos ? compact.size() : dot + 1);
  }
  return parts;
}

core::Result<Header> read_header(std::string_view encoded) {
  if (encoded.empty() || encoded.size() > max_header) return refuse("header: 1 to 512 characters allowed");
  const auto text = bytes::from_base64url(encoded);
  if (!text) return refuse("header: not canonical base64url");
  auto header = canon::read<Header>(*text, canon::Reading::own);
  if (!header) return refuse("header: " + header.error().what);
  if (header->alg != "ECDH-ES" || header->enc != enc || header->cty != "JOSE")
    return refuse("header: alg must be ECDH-ES, enc A256GCM, cty JOSE");
  if (header->epk.kty != "OKP" || header->epk.crv != "X25519")
    return refuse("header: epk must be an OKP key on X25519");
  return header;
}

}  // namespace

core::Result<OpeningKey> OpeningKey::from_hex(std::string kid, std::string_view digits) {
  auto secret = bytes::from_hex(digits, crypto_scalarmult_curve25519_SCALARBYTES);
  if (kid.empty() || !secret)
    return core::fail(core::Fault::malformed, "encryption key: an id and 64 hex digits expected");
  OpeningKey key;
  key.kid_ = std::move(kid);
  std::copy(secret->begin(), secret->end(), key.secret_.begin());
  sodium_memzero(secret->data(), secret->size());
  return key;
}

OpeningKey::~OpeningKey() { sodium_memzero(secret_.data(), secret_.size()); }

SealingKey OpeningKey::sealing_key() const {
  SealingKey key{kid_, {}};
  crypto_scalarmult_curve25519_base(key.key.data(), secret_.data());
  return key;
}

std::string derive_key(std::string_view shared, std::string_view encryption, unsigned bits,
                       std::string_view party_u, std::string_view party_v) {
  const std::string input = number(1) + std::string(shared) + with_length(encryption) + with_length(party_u) +
                            with_length(party_v) + number(bits);
  std::string key(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(key), raw(input), input.size());
  key.resize(bits / 8);
  return key;
}

std::string seal_jwe(const SealingKey& to, std::string_view jws) {
  std::array<unsigned char, 32> secret{}, mine{};
  randombytes_buf(secret.data(), secret.size());
  crypto_scalarmult_curve25519_base(mine.data(), secret.data());
  const auto shared = agree(secret, bytes::view(to.key));
  sodium_memzero(secret.data(), secret.size());
  if (!shared) throw std::invalid_argument("no X25519 key: " + to.kid);
  const std::string x = bytes::to_base64url(bytes::view(mine));
  const std::string header =
      bytes::to_base64url(canon::write(Header{"ECDH-ES", "JOSE", enc, {"X25519", "OKP", x}, to.kid}));
  Gcm gcm{derive_key(*shared, enc, 256, {}, {}), std::string(iv_size, '\0'), header};
  randombytes_buf(gcm.iv.data(), gcm.iv.size());
  std::string tag;
  const auto cipher = gcm.seal(jws, tag);
  if (!cipher) throw std::runtime_error("OpenSSL does not encrypt");
  return header + ".." + bytes::to_base64url(gcm.iv) + '.' + bytes::to_base64url(*cipher) + '.' +
         bytes::to_base64url(tag);
}

bool looks_sealed(std::string_view compact) { return parts_of(compact).size() == 5; }

core::Result<std::string> open_jwe(std::string_view compact, const OpeningKey& key, std::size_t max_bytes) {
  if (compact.size() > max_bytes)
    return refuse("message of " + std::to_string(compact.size()) + " bytes: at most " +
                  std::to_string(max_bytes) + " allowed");
  const auto parts = parts_of(compact);
  if (parts.size() != 5 || !parts[1].empty()) return refuse("five parts, the second empty, expected");
  const auto header = read_header(parts[0]);
  if (!header) return tl::unexpected(header.error());
  if (header->kid != key.kid()) return refuse("not to this terminal's key " + key.kid());
  const auto theirs = bytes::from_base64url(header->epk.x);
  const auto iv = bytes::from_base64url(parts[2]), cipher = bytes::from_base64url(parts[3]),
             tag = bytes::from_base64url(parts[4]);
  if (!theirs || !iv || !cipher || !tag || iv->size() != iv_size || tag->size() != tag_size)
    return refuse("a part is not canonical base64url of its size");
  const auto shared = agree(key.secret(), *theirs);
  if (!shared) return refuse("epk is no usable key");
  const Gcm gcm{derive_key(*shared, enc, 256, {}, {}), *iv, std::string(parts[0])};
  auto plain = gcm.open(*cipher, *tag);
  if (!plain) return refuse("changed on the way, or for another key");
  return std::move(*plain);
}

}  // namespace syncing
