#include "sync/wire/ulid.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <sodium.h>

namespace syncing {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

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
