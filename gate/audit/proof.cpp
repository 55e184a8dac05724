#include "gate/audit/proof.hpp"

#include <bit>

namespace audit {
namespace {

/// The largest power of two below `size`: where the left subtree ends. Precondition: size > 1.
std::uint64_t split(std::uint64_t size) { return std::bit_floor(size - 1); }

void path(const Levels& levels, std::uint64_t index, std::uint64_t first, std::uint64_t last, Proof& proof) {
  if (last - first <= 1) return;
  const std::uint64_t middle = first + split(last - first);
  const bool left = index < middle;
  path(levels, index, left ? first : middle, left ? middle : last, proof);
  proof.push_back(left ? levels.root(middle, last) : levels.root(first, middle));
}

/// `known`: the verifier holds the root of the part as it is, so it need not be told.
void subproof(const Levels& levels, std::uint64_t older, std::uint64_t first, std::uint64_t last, bool known,
              Proof& proof) {
  if (older == last) {
    if (!known) proof.push_back(levels.root(first, last));
    return;
  }
  const std::uint64_t middle = first + split(last - first);
  if (older <= middle) {
    subproof(levels, older, first, middle, known, proof);
    proof.push_back(levels.root(middle, last));
  } else {
    subproof(levels, older, middle, last, false, proof);
    proof.push_back(levels.root(first, middle));
  }
}

}  // namespace

Proof prove_inclusion(const Levels& levels, std::uint64_t index, std::uint64_t size) {
  Proof proof;
  path(levels, index, 0, size, proof);
  return proof;
}

Proof prove_consistency(const Levels& levels, std::uint64_t older, std::uint64_t newer) {
  Proof proof;
  if (older > 0 && older < newer) subproof(levels, older, 0, newer, true, proof);
  return proof;
}

bool is_included(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                 const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index, last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      while ((node & 1U) == 0 && node != 0) node >>= 1U, last >>= 1U;
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U, last >>= 1U;
  }
  return last == 0 && hash == root;
}

bool is_consistent(std::uint64_t older, const Hash& older_root, std::uint64_t newer, const Hash& newer_root,
                   const Proof& proof) {
  if (older > newer) return false;
  if (older == newer) return proof.empty() && older_root == newer_root;
  if (older == 0) return proof.empty() && older_root == hash_of_nothing();
  std::uint64_t node = older - 1, last = newer - 1;
  while ((node & 1U) != 0) node >>= 1U, last >>= 1U;
  auto next = proof.begin();
  if (node != 0 && next == proof.end()) return false;
  Hash old_hash = node != 0 ? *next++ : older_root;  // a full tree is its own first hash
  Hash new_hash = old_hash;
  for (; next != proof.end(); ++next) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_hash = node_hash(*next, old_hash);
      new_hash = node_hash(*next, new_hash);
      while ((node & 1U) == 0 && node != 0) node >>= 1U, last >>= 1U;
    } else {
      new_hash = node_hash(new_hash, *next);
    }
    node >>= 1U, last >>= 1U;
  }
  return last == 0 && old_hash == older_root && new_hash == newer_root;
}

}  // namespace audit
