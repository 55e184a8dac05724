#include "gate/lane/ulid.hpp"

#include <algorithm>
#include <utility>

namespace lane {
namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint64_t most_time = (1ULL << 48) - 1;

using Bytes = std::array<std::uint8_t, 16>;

/// 128 bits, most significant first, in groups of five; the first group holds the odd three bits.
std::string spell(const Bytes& bytes) {
  std::string text;
  unsigned buffer = 0;
  int bits = 2;  // 130 bits in 26 letters: two leading zeros
  for (const std::uint8_t byte : bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text.push_back(letters[(buffer >> bits) & 31U]);
    }
    buffer &= (1U << bits) - 1U;
  }
  return text;
}

}  // namespace

Ulids::Ulids(std::function<std::uint64_t()> random) : random_(std::move(random)) {}

std::string Ulids::next(core::WallTime now) {
  const auto since_epoch = now.time_since_epoch().count();
  const auto time = std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(since_epoch, 0)), most_time);
  if (time > last_time_) {
    last_time_ = time;
    const std::uint64_t high = random_();
    const std::uint64_t low = random_();
    for (std::size_t i = 0; i < 8; ++i) tail_[i] = static_cast<std::uint8_t>(high >> (8 * i));
    for (std::size_t i = 8; i < 10; ++i) tail_[i] = static_cast<std::uint8_t>(low >> (8 * (i - 8)));
    tail_[0] &= 0x7F;  // room to count up
  } else {
    for (std::size_t i = tail_.size(); i-- > 0;) {
      if (++tail_[i] != 0) break;
    }
  }
  Bytes bytes{};
  for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(last_time_ >> (8 * (5 - i)));
  std::copy(tail_.begin(), tail_.end(), bytes.begin() + 6);
  return spell(bytes);
}

}  // namespace lane
