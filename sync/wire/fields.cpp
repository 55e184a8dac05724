#include "sync/wire/fields.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "gate/canon/parse_strict.hpp"
#include "gate/canon/time_text.hpp"

namespace syncing {
core::Result<nlohmann::json> parse_object(std::string_view text, std::string_view where) {
  auto parsed = canon::parse_strict(text, canon::Numbers::any);
  if (!parsed) return core::fail(core::Fault::malformed, std::string(where) + ": " + parsed.error().what);
  if (!parsed->is_object())
    return core::fail(core::Fault::malformed, std::string(where) + ": not a JSON object");
  return std::move(*parsed);
}

Fields::Fields(const nlohmann::json& object, std::string where) : object_(object), where_(std::move(where)) {
  if (!object_.is_object()) error_ = where_ + ": not a JSON object";
}

const nlohmann::json* Fields::find(const char* name) const {
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::wrong(std::string_view name, std::string_view what) {
  if (error_.empty()) error_ = where_ + "." + std::string(name) + ": " + std::string(what);
}

std::optional<std::string> Fields::optional_text(const char* name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_string()) {
    wrong(name, "not a text");
    return std::nullopt;
  }
  auto text = value->get<std::string>();
  if (text.empty()) return std::nullopt;
  return text;
}

std::string Fields::text(const char* name) {
  auto value = optional_text(name);
  if (!value) wrong(name, "missing or empty");
  return value.value_or("");
}

std::optional<std::int64_t> Fields::optional_number(const char* name) {
  const auto* value = find(name);
  if (!value) return std::nullopt;
  if (!value->is_number_integer() ||
      (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX) ||
      value->get<std::int64_t>() < 0) {
    wrong(name, "not a whole number of 0 or more");
    return std::nullopt;
  }
  return value->get<std::int64_t>();
}

std::int64_t Fields::number(const char* name) {
  const auto value = optional_number(name);
  if (!value) wrong(name, "missing");
  return value.value_or(0);
}

std::optional<bool> Fields::optional_flag(const char* name) {
  const auto* value = find(name);
  if (value && !value->is_boolean()) wrong(name, "neither true nor false");
  return value && value->is_boolean() ? std::optional(value->get<bool>()) : std::nullopt;
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

const nlohmann::json* Fields::object(const char* name) {
  const auto* value = find(name);
  if (value && !value->is_object()) wrong(name, "not an object");
  return value && value->is_object() ? value : nullptr;
}

const nlohmann::json* Fields::array(const char* name) {
  const auto* value = find(name);
  if (value && !value->is_array()) wrong(name, "not a list");
  return value && value->is_array() ? value : nullptr;
}

std::vector<std::string> Fields::texts(const char* name) {
  std::vector<std::string> texts;
  const auto* list = array(name);
  if (!list) return texts;
  for (const auto& item : *list) {
    if (item.is_string())
      texts.push_back(item.get<std::string>());
    else
      wrong(name, "not a list of texts");
  }
  return texts;
}

}  // namespace syncing
