// A keyed hash over one row: a flipped bit, or a row edited with a database tool, is found when it is read.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace syncing {

using RowKey = std::vector<unsigned char>;  // 32 bytes, kept in the journal

/// 16 bytes of BLAKE2b over the fields, each with its length, so that no two rows read the same.
[[nodiscard]] std::vector<unsigned char> seal_row(const RowKey& key,
                                                  std::initializer_list<std::string_view> fields);

}  // namespace syncing
