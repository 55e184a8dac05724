#include "gate/canon/encode.hpp"

#include <nlohmann/json.hpp>

#include "gate/canon/time_text.hpp"

namespace canon {

std::string key_of(std::string_view member) {
  std::string key;
  key.reserve(member.size());
  bool raise = false;
  for (const char c : member) {
    if (c == '_') {
      raise = true;
      continue;
    }
    key += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    raise = false;
  }
  return key;
}

using nlohmann::json;

void Tree::boolean(bool value) { *node_ = value; }
void Tree::integer(std::int64_t value) { *node_ = value; }
void Tree::string(std::string_view value) { *node_ = std::string(value); }
void Tree::time(core::WallTime value) { *node_ = time_text(value); }
void Tree::begin_object() { *node_ = json::object(); }
void Tree::begin_array() { *node_ = json::array(); }
Tree Tree::key(const std::string& name) { return Tree((*node_)[name]); }
Tree Tree::item() { return Tree(node_->emplace_back()); }

}  // namespace canon
