// A keyed digest of a set of rows that is kept up to date row by row: whatever denies must not go unnoticed.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "sync/replica/seal.hpp"

namespace syncing {

/// The exclusive or of the rows' seals: the same in whatever order they came, and equal again when a row is
/// taken out. A row is in the set once or not at all. Only ever stored under a seal of its own.
class Tally {
 public:
  /// Puts a row in, or takes the same row out.
  void toggle(const RowKey& key, std::initializer_list<std::string_view> row) { toggle(seal_row(key, row)); }

  /// The same by what seal_row gave for it.
  void toggle(const std::vector<unsigned char>& seal) {
    for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] ^= seal[i];
  }

  [[nodiscard]] std::string_view bytes() const {
    return {reinterpret_cast<const char*>(sum_.data()), sum_.size()};
  }
  bool operator==(const Tally&) const = default;

 private:
  std::array<unsigned char, 16> sum_{};
};

}  // namespace syncing
