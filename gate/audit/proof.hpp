// Proofs that a third party checks without us (RFC 6962, sections 2.1.1 and 2.1.2; RFC 9162 for checking
// them).
#pragma once

#include <cstdint>
#include <vector>

#include "gate/audit/hash.hpp"
#include "gate/audit/levels.hpp"

namespace audit {

using Proof = std::vector<Hash>;

/// The path from leaf `index` (counted from 0) to the root of the first `size` leaves.
/// Precondition: index < size <= levels.size().
[[nodiscard]] Proof prove_inclusion(const Levels& levels, std::uint64_t index, std::uint64_t size);

/// That the first `older` leaves are the beginning of the first `newer`.
/// Precondition: older <= newer <= levels.size().
[[nodiscard]] Proof prove_consistency(const Levels& levels, std::uint64_t older, std::uint64_t newer);

/// True when `leaf` (its leaf hash) stands at `index` in the tree of `size` leaves with this root.
[[nodiscard]] bool is_included(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                               const Hash& root);

/// True when the tree of `newer` leaves only appended to the one of `older` leaves.
[[nodiscard]] bool is_consistent(std::uint64_t older, const Hash& older_root, std::uint64_t newer,
                                 const Hash& newer_root, const Proof& proof);

}  // namespace audit
