// Core values as canonical JSON (RFC 8785) and back, by reflection over described structs and enums.
//
// Members in snake_case become keys in camelCase; enums are written by name; an empty optional leaves its
// key out; WallTime is RFC 3339 text in UTC with milliseconds; Milliseconds and integers are integers
// within +-(2^53 - 1); there are no floats. Keys are sorted, there are no blanks: the same value always
// gives the same bytes.
//
// This header does not include nlohmann/json.hpp; json.hpp beside it does, for those who handle json itself.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "gate/canon/decode.hpp"
#include "gate/canon/document.hpp"
#include "gate/canon/encode.hpp"
#include "gate/core/result.hpp"

namespace canon {

/// RFC 8785 text. In values, bytes that are no UTF-8 become U+FFFD. A float, an integer beyond 2^53 - 1 and
/// a key that is no UTF-8 are bugs of the caller: std::invalid_argument.
[[nodiscard]] std::string canonical(const nlohmann::json& value);

/// Canonical text of a described value: that of its tree, without the tree. Throws as canonical() does.
template <class T>
[[nodiscard]] std::string write(const T& value) {
  std::string text;
  encode(Text(text), value);
  return text;
}

/// The value of a JSON tree. Fault::malformed names the path of the key, what is wrong and what is allowed.
template <class T>
[[nodiscard]] core::Result<T> from_json(const nlohmann::json& json, Reading reading = Reading::own) {
  Decoder decoder(reading);
  T value{};
  if (!decode(decoder, json, value)) return tl::unexpected(decoder.error());
  return value;
}

/// The value of a text, which must be strict JSON (see parse_strict) but need not be canonical.
template <class T>
[[nodiscard]] core::Result<T> read(std::string_view text, Reading reading = Reading::own) {
  const core::Result<Document> document = Document::parse(text);
  if (!document) return tl::unexpected(document.error());
  return from_json<T>(document->root(), reading);
}

}  // namespace canon
