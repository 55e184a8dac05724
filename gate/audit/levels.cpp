#include "gate/audit/levels.hpp"

#include <bit>

namespace audit {

void Levels::append(const Hash& leaf) {
  Hash hash = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    auto& row = levels_[level];
    row.push_back(hash);
    if (row.size() % 2 != 0) return;
    hash = node_hash(row[row.size() - 2], row.back());
  }
}

Hash Levels::root(std::uint64_t first, std::uint64_t last) const {
  const std::uint64_t count = last - first;
  if (count == 0) return hash_of_nothing();
  if (std::has_single_bit(count)) return levels_.at(std::countr_zero(count)).at(first / count);
  const std::uint64_t middle = first + std::bit_floor(count);
  return node_hash(root(first, middle), root(middle, last));
}

}  // namespace audit
