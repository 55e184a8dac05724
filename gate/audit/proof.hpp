// Proofs that a third party checks without us (RFC 6962, sections 2.1.1 and 2.1.2; RFC 9162 for checking
// them).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "gate/audit/hash.hpp"

namespace audit {

using Proof = std::vector<Hash>;

/// Calls back with each leaf hash from `first` (counted from 0) up to, not including, `last`, in order.
using Leaves = std::function<void(std::uint64_t first, std::uint64_t last,
                                  const std::function<void(const Hash&)>& each)>;

/// The path from leaf `index` to the root of the first `size` leaves. Precondition: index < size.
/// Reads every leaf once.
[[nodiscard]] Proof prove_inclusion(const Leaves& leaves, std::uint64_t index, std::uint64_t size);

/// That the first `older` leaves are the beginning of the first `newer`. Precondition: older <= newer.
[[nodiscard]] Proof prove_consistency(const Leaves& leaves, std::uint64_t older, std::uint64_t newer);

/// True when `leaf` (its leaf hash) stands at `index` in the tree of `size` leaves with this root.
[[nodiscard]] bool is_included(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Proof& proof,
                               const Hash& root);

/// True when the tree of `newer` leaves only appended to the one of `older` leaves.
[[nodiscard]] bool is_consistent(std::uint64_t older, const Hash& older_root, std::uint64_t newer,
                                 const Hash& newer_root, const Proof& proof);

}  // namespace audit
