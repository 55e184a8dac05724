// A Merkle tree that grows at its right edge (RFC 6962, section 2.1). It keeps one hash for each bit of its
// size, so a root costs nothing to know however many leaves there are.
#pragma once

#include <cstdint>
#include <vector>

#include "gate/audit/hash.hpp"

namespace audit {

class Tree {
 public:
  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;

 private:
  std::vector<Hash> whole_;  // roots of the full subtrees, the largest (leftmost) first
  std::uint64_t size_ = 0;
};

}  // namespace audit
