// JSON that means the same to everybody who reads it.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "gate/core/result.hpp"

namespace canon {

/// Which numbers a document may hold.
enum class Numbers {
  integers,  // within +-(2^53 - 1), written without fraction and exponent
  any,
};

/// Parses one JSON value (RFC 8259). Refused as Fault::malformed, naming the byte: duplicate keys, bytes
/// that are no UTF-8, a byte order mark, anything after the value, more than `depth` levels of objects
/// and arrays, numbers that are not allowed. The text itself never appears in the error.
[[nodiscard]] core::Result<nlohmann::json> parse_strict(std::string_view text,
                                                        Numbers numbers = Numbers::integers, int depth = 32);

}  // namespace canon
