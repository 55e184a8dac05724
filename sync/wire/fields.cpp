#include "sync/wire/fields.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "gate/canon/parse_strict.hpp"
#include "gate/canon/time_text.hpp"

namespace syncing {
namespace {

namespace dom = simdjson::dom;

constexpr int kDeepest = 32;  // levels of objects and arrays, as parse_strict has it

bool is_strict(const Element& value, int depth);

bool is_strict(const dom::object& object, int depth) {
  std::vector<std::string_view> names;
  names.reserve(object.size());
  for (const auto& [name, value] : object) {
    if (!is_strict(value, depth)) return false;
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

bool is_strict(const dom::array& array, int depth) {
  return std::all_of(array.begin(), array.end(),
                     [depth](const Element& value) { return is_strict(value, depth); });
}

/// No key twice, and not too deep.
bool is_strict(const Element& value, int depth) {
  dom::object object;
  dom::array array;
  if (value.get(object) == simdjson::SUCCESS) return depth < kDeepest && is_strict(object, depth + 1);
  if (value.get(array) == simdjson::SUCCESS) return depth < kDeepest && is_strict(array, depth + 1);
  return true;
}

}  // namespace

core::Result<Tree> Tree::parse_object(std::string_view text, std::string_view where) {
  Tree tree;
  if (tree.parser_->parse(text).get(tree.root_) != simdjson::SUCCESS || !is_strict(tree.root_, 0)) {
    // The other parser says what is wrong, or that nothing is: it takes numbers beyond any machine's.
    const auto parsed = canon::parse_strict(text, canon::Numbers::any, kDeepest);
    if (!parsed) return core::fail(core::Fault::malformed, std::string(where) + ": " + parsed.error().what);
    if (tree.parser_->parse(parsed->dump()).get(tree.root_) != simdjson::SUCCESS)
      return core::fail(core::Fault::malformed, std::string(where) + ": not JSON that can be read here");
  }
  if (!tree.root_.is_object())
    return core::fail(core::Fault::malformed, std::string(where) + ": not a JSON object");
  return tree;
}

nlohmann::json Tree::without(std::string_view name) const {
  nlohmann::json members = nlohmann::json::object();
  for (const auto& [key, value] : dom::object(root_))
    if (key != name) members[std::string(key)] = nlohmann::json::parse(simdjson::minify(value));
  return members;
}

Fields::Fields(const std::optional<Element>& object, std::string where) : where_(std::move(where)) {
  dom::object members;
  if (object && object->get(members) == simdjson::SUCCESS)
    object_ = members;
  else
    error_ = where_ + ": not a JSON object";
}

std::optional<Element> Fields::find(const char* name) const {
  Element value;
  if (!object_ || object_->at_key(name).get(value) != simdjson::SUCCESS || value.is_null())
    return std::nullopt;
  return value;
}

void Fields::wrong(std::string_view name, std::string_view what) {
  if (error_.empty()) error_ = where_ + "." + std::string(name) + ": " + std::string(what);
}

std::optional<std::string> Fields::optional_text(const char* name) {
  const auto value = find(name);
  std::string_view text;
  if (value && value->get(text) != simdjson::SUCCESS) wrong(name, "not a text");
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::string Fields::text(const char* name) {
  auto value = optional_text(name);
  if (!value) wrong(name, "missing or empty");
  return value.value_or("");
}

std::optional<std::int64_t> Fields::optional_number(const char* name) {
  const auto value = find(name);
  if (!value) return std::nullopt;
  std::int64_t number = -1;
  if (value->get(number) == simdjson::SUCCESS && number >= 0) return number;
  wrong(name, "not a whole number of 0 or more");
  return std::nullopt;
}

std::int64_t Fields::number(const char* name) {
  const auto value = optional_number(name);
  if (!value) wrong(name, "missing");
  return value.value_or(0);
}

std::optional<bool> Fields::optional_flag(const char* name) {
  const auto value = find(name);
  bool flag = false;
  if (value && value->get(flag) == simdjson::SUCCESS) return flag;
  if (value) wrong(name, "neither true nor false");
  return std::nullopt;
}

std::optional<core::WallTime> Fields::optional_time(const char* name) {
  const auto text = optional_text(name);
  if (!text) return std::nullopt;
  const auto time = canon::parse_time(*text);
  if (!time) wrong(name, "not an RFC 3339 instant");
  return time;
}

core::WallTime Fields::time(const char* name) {
  const auto value = optional_time(name);
  if (!value) wrong(name, "missing");
  return value.value_or(core::WallTime{});
}

std::optional<Element> Fields::object(const char* name) {
  const auto value = find(name);
  if (value && !value->is_object()) wrong(name, "not an object");
  return value && value->is_object() ? value : std::nullopt;
}

std::optional<Element> Fields::array(const char* name) {
  const auto value = find(name);
  if (value && !value->is_array()) wrong(name, "not a list");
  return value && value->is_array() ? value : std::nullopt;
}

std::vector<std::string> Fields::texts(const char* name) {
  std::vector<std::string> texts;
  const auto list = array(name);
  if (!list) return texts;
  for (const Element& item : dom::array(*list)) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS)
      texts.emplace_back(text);
    else
      wrong(name, "not a list of texts");
  }
  return texts;
}

}  // namespace syncing
