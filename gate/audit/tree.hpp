// A Merkle tree that grows at its right edge (RFC 6962, section 2.1). It keeps one hash for each bit of its
// size, so a root costs nothing to know however many leaves there are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gate/audit/hash.hpp"

namespace audit {

class Tree {
 public:
  Tree() = default;

  /// A tree of that size to go on from; nullopt where `frontier` has another number of hashes than such a
  /// tree's. Nothing else about them can be checked here: compare the root.
  [[nodiscard]] static std::optional<Tree> resume(std::uint64_t size, std::vector<Hash> frontier);

  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;
  /// Roots of the full subtrees, the largest (leftmost) first: all that is needed to go on.
  [[nodiscard]] const std::vector<Hash>& frontier() const { return frontier_; }

 private:
  std::vector<Hash> frontier_;
  std::uint64_t size_ = 0;
};

}  // namespace audit
