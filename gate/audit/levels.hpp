// A whole tree in memory, 64 bytes a leaf: for whoever checks a log and makes proofs from it.
#pragma once

#include <cstdint>
#include <vector>

#include "gate/audit/hash.hpp"

namespace audit {

class Levels {
 public:
  void append(const Hash& leaf);
  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().size(); }
  [[nodiscard]] const Hash& leaf(std::uint64_t index) const { return levels_.front().at(index); }

  /// Of the tree over the leaves from `first` (counted from 0) up to, not including, `last`.
  /// Precondition: first <= last <= size(), and `first` a multiple of a power of two not below last - first,
  /// as it is in every subtree of RFC 6962.
  [[nodiscard]] Hash root(std::uint64_t first, std::uint64_t last) const;
  [[nodiscard]] Hash root() const { return root(0, size()); }

 private:
  std::vector<std::vector<Hash>> levels_;  // levels_[k][i]: the root of leaves i * 2^k to (i + 1) * 2^k - 1
};

}  // namespace audit
