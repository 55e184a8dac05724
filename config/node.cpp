#include "config/node.hpp"

#include <exception>

#include <toml++/toml.h>

namespace config {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

Node node_of(const toml::node& from, int parent_line) {
  Node node;
  node.line = line_of(from) > 0 ? line_of(from) : parent_line;  // a table made by its sub-table has no line
  if (const toml::table* table = from.as_table()) {
    for (const auto& [key, value] : *table)
      node.keys.emplace(std::string(key.str()), node_of(value, node.line));
  } else if (const toml::array* array = from.as_array()) {
    node.kind = Node::Kind::list;
    for (const toml::node& item : *array) node.items.push_back(node_of(item, node.line));
  } else if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::text;
    node.text = text->get();
  } else if (const auto* number = from.as_integer()) {
    node.kind = Node::Kind::number;
    node.number = number->get();
    node.real = static_cast<double>(node.number);
  } else if (const auto* real = from.as_floating_point()) {
    node.kind = Node::Kind::real;
    node.real = real->get();
  } else if (const auto* flag = from.as_boolean()) {
    node.kind = Node::Kind::flag;
    node.flag = flag->get();
  } else {
    node.kind = Node::Kind::other;
  }
  return node;
}

}  // namespace

tl::expected<Node, SyntaxError> parse_toml(std::string_view text) {
  try {
    return node_of(toml::parse(text), 1);
  } catch (const toml::parse_error& error) {
    const int line = static_cast<int>(error.source().begin.line);
    return tl::unexpected(SyntaxError{line > 0 ? line : 1, std::string(error.description())});
  } catch (const std::exception& error) {
    return tl::unexpected(SyntaxError{1, error.what()});
  }
}

}  // namespace config
