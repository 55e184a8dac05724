// A configuration file as a tree that knows its lines. Only node.cpp knows the TOML library.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace config {

struct Node {
  enum class Kind { text, number, real, flag, list, table, other };  // other: dates, never allowed here

  Kind kind = Kind::table;
  int line = 1;
  std::string text;
  std::int64_t number = 0;
  double real = 0;  // also of a number
  bool flag = false;
  std::vector<Node> items;
  std::map<std::string, Node> keys;
};

struct SyntaxError {
  int line = 1;
  std::string what;
};

[[nodiscard]] tl::expected<Node, SyntaxError> parse_toml(std::string_view text);

}  // namespace config
