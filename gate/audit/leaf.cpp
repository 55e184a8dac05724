#include "gate/audit/leaf.hpp"

#include <algorithm>

#include "gate/bytes/bytes.hpp"

namespace audit {

core::Result<Hash> checked_hash(const Leaf& leaf) {
  const auto wrong = [&leaf](const std::string& what) {
    return core::fail(core::Fault::corrupt, "leaf " + std::to_string(leaf.number) + ": " + what);
  };
  const auto digits = bytes::from_hex(leaf.hash, std::tuple_size_v<Hash>);
  if (!digits) return wrong("its hash is not 64 hex digits");
  Hash hash{};
  std::copy(digits->begin(), digits->end(), hash.begin());
  if (!leaf.record) {
    if (leaf.erased && !leaf.erased->empty()) return hash;
    return wrong("its record is missing, and no rule erased it");
  }
  const auto salt = bytes::from_hex(leaf.salt.value_or(""), leaf.salt.value_or("").size() / 2);
  if (!salt || leaf_hash(commitment(*salt, *leaf.record)) != hash) return wrong("its record was edited");
  return hash;
}

}  // namespace audit
