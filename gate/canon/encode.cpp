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

namespace detail {

using nlohmann::json;

void put_bool(json& node, bool value) { node = value; }
void put_integer(json& node, std::int64_t value) { node = value; }
void put_string(json& node, std::string_view value) { node = std::string(value); }
void put_time(json& node, core::WallTime value) { node = time_text(value); }
void put_object(json& node) { node = json::object(); }
void put_array(json& node) { node = json::array(); }
json& add_key(json& object, const std::string& key) { return object[key]; }
json& add_item(json& array) { return array.emplace_back(); }

}  // namespace detail
}  // namespace canon
