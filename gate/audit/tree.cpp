#include "gate/audit/tree.hpp"

namespace audit {

void Tree::append(const Hash& leaf) {
  Hash hash = leaf;
  for (std::uint64_t bit = size_; (bit & 1U) != 0; bit >>= 1U) {  // each full pair becomes one
    hash = node_hash(whole_.back(), hash);
    whole_.pop_back();
  }
  whole_.push_back(hash);
  ++size_;
}

Hash Tree::root() const {
  if (whole_.empty()) return hash_of_nothing();
  Hash hash = whole_.back();
  for (auto left = whole_.rbegin() + 1; left != whole_.rend(); ++left) hash = node_hash(*left, hash);
  return hash;
}

}  // namespace audit
