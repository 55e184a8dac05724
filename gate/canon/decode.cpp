#include "gate/canon/decode.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "gate/canon/time_text.hpp"

namespace canon {
namespace {

using nlohmann::json;

std::string join(std::span<const char* const> names) {
  std::string text;
  for (const char* name : names) (text += text.empty() ? "" : ", ") += name;
  return text;
}

std::string join_keys(std::span<const char* const> members) {
  std::string text;
  for (const char* member : members) (text += text.empty() ? "" : ", ") += key_of(member);
  return text;
}

/// A key of the input for an error text: short, and nothing that could act on a terminal.
std::string shown(const std::string& key) {
  std::string text = key.substr(0, 40);
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7F; }, '?');
  return text;
}

}  // namespace

core::Error Decoder::error() const {
  return {core::Fault::malformed, (path_.empty() ? "document" : path_) + ": " + what_};
}

bool Decoder::wrong(std::string what) {
  what_ = std::move(what);
  return false;
}

bool Decoder::boolean(const json& node, bool& out) {
  if (!node.is_boolean()) return wrong("wrong type, allowed: true or false");
  out = node.get<bool>();
  return true;
}

bool Decoder::integer(const json& node, std::int64_t least, std::int64_t most, std::int64_t& out) {
  least = std::max(least, -largest_integer);
  most = std::min(most, largest_integer);
  const std::string allowed =
      ", allowed: an integer of " + std::to_string(least) + " to " + std::to_string(most);
  if (!node.is_number_integer()) return wrong("wrong type" + allowed);
  const bool fits = node.is_number_unsigned() ? std::cmp_less_equal(node.get<std::uint64_t>(), most)
                                              : node.get<std::int64_t>() <= most;
  if (!fits || (!node.is_number_unsigned() && node.get<std::int64_t>() < least))
    return wrong("out of bounds" + allowed);
  out = node.get<std::int64_t>();
  return std::cmp_greater_equal(out, least) || wrong("out of bounds" + allowed);
}

bool Decoder::string(const json& node, std::string& out) {
  if (!node.is_string()) return wrong("wrong type, allowed: a string");
  out = node.get_ref<const std::string&>();
  return true;
}

bool Decoder::time(const json& node, core::WallTime& out) {
  const char* const allowed =
      reading_ == Reading::own ? "a time like \"2026-11-22T14:05:09.123Z\"" : "a time as RFC 3339 has it";
  if (!node.is_string()) return wrong(std::string("wrong type, allowed: ") + allowed);
  const std::string& text = node.get_ref<const std::string&>();
  const auto time = reading_ == Reading::own ? parse_canonical_time(text) : parse_time(text);
  if (!time) return wrong(std::string("not a time, allowed: ") + allowed);
  out = *time;
  return true;
}

bool Decoder::name(const json& node, std::span<const char* const> allowed, std::string& out) {
  if (!node.is_string()) return wrong("wrong type, allowed: " + join(allowed));
  out = node.get_ref<const std::string&>();
  const bool known =
      std::any_of(allowed.begin(), allowed.end(), [&out](const char* name) { return out == name; });
  return known || wrong("unknown value, allowed: " + join(allowed));
}

bool Decoder::object(const json& node) { return node.is_object() || wrong("wrong type, allowed: an object"); }
bool Decoder::array(const json& node) { return node.is_array() || wrong("wrong type, allowed: an array"); }

const json* Decoder::find(const json& object, const char* member, bool optional) {
  const auto found = object.find(key_of(member));
  if (found == object.end() || (optional && found->is_null())) return nullptr;
  return &*found;
}

bool Decoder::missing(const char* member) {
  wrong("missing");
  return in_member(member);
}

bool Decoder::only(const json& object, std::span<const char* const> members) {
  if (reading_ == Reading::foreign) return true;
  for (const auto& [key, value] : object.items()) {
    const auto is = [&key = key](const char* member) { return key == key_of(member); };
    if (std::any_of(members.begin(), members.end(), is)) continue;
    wrong("unknown key, allowed: " + join_keys(members));
    return in_key(key);
  }
  return true;
}

std::size_t Decoder::size(const json& node) { return node.size(); }
const json& Decoder::item(const json& array, std::size_t index) { return array[index]; }
const json& Decoder::at(const json& object, const std::string& key) { return *object.find(key); }

std::vector<std::string> Decoder::keys(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

bool Decoder::in_member(const char* member) { return in_key(key_of(member)); }

bool Decoder::in_key(const std::string& key) {
  path_ = shown(key) + (path_.empty() || path_.front() == '[' ? "" : ".") + path_;
  return false;
}

bool Decoder::in_item(std::size_t index) {
  path_ = "[" + std::to_string(index) + "]" + (path_.empty() || path_.front() == '[' ? "" : ".") + path_;
  return false;
}

}  // namespace canon
