#include "sync/replica/seal.hpp"

#include <cstdint>

#include <sodium.h>

namespace syncing {

std::vector<unsigned char> seal_row(const RowKey& key, std::initializer_list<std::string_view> fields) {
  std::vector<unsigned char> seal(16);
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), key.size(), seal.size());
  for (const std::string_view field : fields) {
    const std::uint64_t size = field.size();
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(field.data()), field.size());
  }
  crypto_generichash_final(&state, seal.data(), seal.size());
  return seal;
}

}  // namespace syncing
