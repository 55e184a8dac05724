// The same as canon.hpp for those who handle nlohmann::json itself.
#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

#include "gate/canon/canon.hpp"
#include "gate/canon/parse_strict.hpp"

namespace canon {

/// The JSON tree of a described value.
template <class T>
[[nodiscard]] nlohmann::json to_json(const T& value) {
  nlohmann::json json;
  encode(Tree(json), value);
  return json;
}

}  // namespace canon
