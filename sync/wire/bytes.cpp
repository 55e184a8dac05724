#include "sync/wire/bytes.hpp"

#include <algorithm>
#include <array>

#include <sodium.h>

namespace syncing {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(bytes), bytes.size(), kVariant);
  text.pop_back();  // the terminating zero
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &size, &end, kVariant) !=
          0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

std::string to_hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), raw(bytes), bytes.size());
  text.pop_back();
  return text;
}

std::optional<std::string> from_hex(std::string_view text, std::size_t size) {
  if (text.size() != size * 2) return std::nullopt;
  std::string bytes(size, '\0');
  std::size_t written = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(raw(bytes), size, text.data(), text.size(), nullptr, &written, &end) != 0 ||
      written != size)
    return std::nullopt;
  return bytes;
}

std::string sha256_hex(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(digest), raw(bytes), bytes.size());
  return to_hex(digest);
}

std::string make_ulid(core::WallTime at) {
  auto time = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at.time_since_epoch().count()));
  std::string text(26, '0');
  for (std::size_t i = 10; i-- > 0; time >>= 5) text[i] = kCrockford[time & 31];
  std::array<unsigned char, 16> random{};
  randombytes_buf(random.data(), random.size());
  for (std::size_t i = 0; i < random.size(); ++i) text[10 + i] = kCrockford[random[i] & 31];
  return text;
}

bool is_ulid(std::string_view text) {
  return text.size() == 26 && text[0] <= '7' && std::all_of(text.begin(), text.end(), [](char c) {
           return kCrockford.find(c) != std::string_view::npos;
         });
}

}  // namespace syncing
