// SHA-256 as RFC 6962, section 2.1, uses it: leaves and nodes can never be taken for each other.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace audit {

using Hash = std::array<unsigned char, 32>;

/// Of the tree without leaves.
[[nodiscard]] Hash hash_of_nothing();
[[nodiscard]] Hash leaf_hash(std::string_view leaf);
[[nodiscard]] Hash node_hash(const Hash& left, const Hash& right);

/// What a leaf of the journal is: SHA-256 over salt and record. The record can be erased later by rule, and
/// nobody can guess it from its leaf; the leaf stays.
[[nodiscard]] std::string commitment(std::string_view salt, std::string_view record);

}  // namespace audit
