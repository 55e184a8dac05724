#include "gate/audit/hash.hpp"

#include <initializer_list>

#include <sodium.h>

#include "gate/bytes/bytes.hpp"

namespace audit {
namespace {

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

Hash sha256(std::initializer_list<std::string_view> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const std::string_view part : parts) crypto_hash_sha256_update(&state, raw(part), part.size());
  Hash hash{};
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

constexpr std::string_view leaf_prefix("\0", 1);
constexpr std::string_view node_prefix("\1", 1);

}  // namespace

Hash hash_of_nothing() { return sha256({}); }

Hash leaf_hash(std::string_view leaf) { return sha256({leaf_prefix, leaf}); }

Hash node_hash(const Hash& left, const Hash& right) {
  return sha256({node_prefix, bytes::view(left), bytes::view(right)});
}

std::string commitment(std::string_view salt, std::string_view record) {
  return std::string(bytes::view(sha256({salt, record})));
}

}  // namespace audit
