#include "gate/audit/tree.hpp"

#include <bit>

namespace audit {

std::optional<Tree> Tree::resume(std::uint64_t size, std::vector<Hash> frontier) {
  if (frontier.size() != static_cast<std::size_t>(std::popcount(size))) return std::nullopt;
  Tree tree;
  tree.size_ = size;
  tree.frontier_ = std::move(frontier);
  return tree;
}

void Tree::append(const Hash& leaf) {
  Hash hash = leaf;
  for (std::uint64_t bit = size_; (bit & 1U) != 0; bit >>= 1U) {  // each full pair becomes one
    hash = node_hash(frontier_.back(), hash);
    frontier_.pop_back();
  }
  frontier_.push_back(hash);
  ++size_;
}

Hash Tree::root() const {
  if (frontier_.empty()) return hash_of_nothing();
  Hash hash = frontier_.back();
  for (auto left = frontier_.rbegin() + 1; left != frontier_.rend(); ++left) hash = node_hash(*left, hash);
  return hash;
}

}  // namespace audit
