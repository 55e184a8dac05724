#include "gate/bytes/bytes.hpp"

#include <algorithm>

#include <sodium.h>

namespace bytes {
namespace {

constexpr int padded = sodium_base64_VARIANT_ORIGINAL;
constexpr int url = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

const unsigned char* raw(std::string_view some) {
  return reinterpret_cast<const unsigned char*>(some.data());
}

unsigned char* raw(std::string& some) { return reinterpret_cast<unsigned char*>(some.data()); }

std::string encode(std::string_view some, int variant) {
  std::string text(sodium_base64_encoded_len(some.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(some), some.size(), variant);
  text.pop_back();  // the closing zero
  return text;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

std::optional<std::string> decode(std::string_view text, int variant) {
  // The library takes bytes above 127 for some letters of the alphabet; stray bits at the end it refuses.
  if (!is_ascii(text)) return std::nullopt;
  std::string some(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int failed =
      sodium_base642bin(raw(some), some.size(), text.data(), text.size(), nullptr, &size, &end, variant);
  if (failed != 0 || end != text.data() + text.size()) return std::nullopt;
  some.resize(size);
  return some;
}

}  // namespace

std::string to_base64(std::string_view some) { return encode(some, padded); }
std::string to_base64url(std::string_view some) { return encode(some, url); }

std::string to_hex(std::string_view some) {
  std::string text(some.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), raw(some), some.size());
  text.pop_back();
  return text;
}

std::optional<std::string> from_base64(std::string_view text) { return decode(text, padded); }
std::optional<std::string> from_base64url(std::string_view text) { return decode(text, url); }

std::optional<std::string> from_hex(std::string_view text, std::size_t size) {
  if (text.size() != size * 2) return std::nullopt;
  std::string some(size, '\0');
  std::size_t written = 0;
  const char* end = nullptr;
  const int failed = sodium_hex2bin(raw(some), size, text.data(), text.size(), nullptr, &written, &end);
  if (failed != 0 || written != size) return std::nullopt;
  return some;
}

std::string sha256(std::string_view some) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(raw(digest), raw(some), some.size());
  return digest;
}

}  // namespace bytes
