#include "gate/bytes/bytes.hpp"

#include <array>
#include <cstdint>

#include <openssl/sha.h>
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

constexpr unsigned char stranger = 64;  // what a character outside the alphabet stands for

constexpr std::array<unsigned char, 256> values_of(std::string_view alphabet) {
  std::array<unsigned char, 256> values{};
  values.fill(stranger);
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    values[static_cast<unsigned char>(alphabet[i])] = static_cast<unsigned char>(i);
  return values;
}

constexpr auto standard_values =
    values_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
constexpr auto url_values = values_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

/// Without padding. The library's own reader takes the same time whatever it reads, and much of it; here lies
/// most of what a snapshot of the platform costs to take apart, and nothing of it is secret.
std::optional<std::string> decode(std::string_view text, const std::array<unsigned char, 256>& values) {
  const std::size_t rest = text.size() % 4;
  if (rest == 1) return std::nullopt;
  std::string some(text.size() / 4 * 3 + (rest == 0 ? 0 : rest - 1), '\0');
  unsigned char* out = raw(some);
  const unsigned char* in = raw(text);
  const unsigned char* const quads_end = in + (text.size() - rest);
  unsigned seen = 0;  // every value so far, one over the other
  const auto value = [&values, &seen](unsigned char c) -> std::uint32_t {
    return seen |= values[c], values[c];
  };
  for (; in != quads_end; in += 4) {
    const std::uint32_t bits = value(in[0]) << 18U | value(in[1]) << 12U | value(in[2]) << 6U | value(in[3]);
    *out++ = static_cast<unsigned char>(bits >> 16U);
    *out++ = static_cast<unsigned char>(bits >> 8U);
    *out++ = static_cast<unsigned char>(bits);
  }
  std::uint32_t last = 0, left_over = 0;
  if (rest == 2) {
    last = value(in[0]) << 6U | value(in[1]);
    left_over = last & 0xFU;
    *out = static_cast<unsigned char>(last >> 4U);
  } else if (rest == 3) {
    last = value(in[0]) << 12U | value(in[1]) << 6U | value(in[2]);
    left_over = last & 0x3U;
    *out++ = static_cast<unsigned char>(last >> 10U);
    *out = static_cast<unsigned char>(last >> 2U);
  }
  if ((seen & stranger) != 0 || left_over != 0) return std::nullopt;
  return some;
}

/// The text before its padding; nullopt where that is not what belongs there.
std::optional<std::string_view> unpadded(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  return text.substr(0, text.size() - padding);
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

std::optional<std::string> from_base64(std::string_view text) {
  const auto characters = unpadded(text);
  if (!characters) return std::nullopt;
  return decode(*characters, standard_values);
}
std::optional<std::string> from_base64url(std::string_view text) { return decode(text, url_values); }

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
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(raw(some), some.size(), raw(digest));  // with the processor's own instructions, where it has them
  return digest;
}

}  // namespace bytes
