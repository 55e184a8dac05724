// The schema follows the structs by the same reflection that writes and reads cases.
#include <string>

#include <boost/core/type_name.hpp>

#include "gate/canon/json.hpp"
#include "gate/casefile/case.hpp"

namespace casefile {
namespace {

using nlohmann::json;

/// "core::Evidence" -> "Evidence"
template <class T>
std::string name_of() {
  const std::string name = boost::core::type_name<T>();
  return name.substr(name.rfind(':') + 1);
}

template <class T>
json schema_of(json& definitions);

template <class T>
json enum_schema() {
  json names = json::array();
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
      [&names](auto d) { names.push_back(d.name); });
  return {{"type", "string"}, {"enum", names}};
}

template <class T>
json struct_schema(json& definitions) {
  json properties = json::object();
  json required = json::array();
  boost::mp11::mp_for_each<canon::detail::members_of<T>>([&properties, &required, &definitions](auto d) {
    using Member = std::remove_cvref_t<decltype(std::declval<T>().*d.pointer)>;
    properties[canon::key_of(d.name)] = schema_of<Member>(definitions);
    if (!canon::detail::is_optional<Member>::value) required.push_back(canon::key_of(d.name));
  });
  return {{"type", "object"},
          {"properties", properties},
          {"required", required},
          {"additionalProperties", false}};
}

/// A reference to the definition of T, which is made on first use.
template <class T>
json reference(json& definitions) {
  const std::string name = name_of<T>();
  if (!definitions.contains(name)) {
    if constexpr (boost::describe::has_describe_enumerators<T>::value) {
      definitions[name] = enum_schema<T>();
    } else {
      json made = struct_schema<T>(definitions);
      definitions[name] = std::move(made);
    }
  }
  return {{"$ref", "#/$defs/" + name}};
}

template <class T>
json schema_of(json& definitions) {
  if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"},
            {"minimum", std::numeric_limits<T>::min()},
            {"maximum", std::numeric_limits<T>::max()}};
  } else if constexpr (std::is_same_v<T, core::Milliseconds>) {
    return {{"type", "integer"},
            {"description", "milliseconds"},
            {"minimum", -canon::largest_integer},
            {"maximum", canon::largest_integer}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_same_v<T, core::WallTime>) {
    return {{"type", "string"},
            {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$"}};
  } else if constexpr (canon::detail::is_optional<T>::value) {
    return {{"anyOf", {schema_of<typename T::value_type>(definitions), {{"type", "null"}}}}};
  } else if constexpr (canon::detail::is_vector<T>::value) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>(definitions)}};
  } else {
    return reference<T>(definitions);
  }
}

}  // namespace

std::string schema() {
  json definitions = json::object();
  json root = struct_schema<Case>(definitions);
  root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
  root["title"] = "The case of a decision at a gate";
  root["description"] =
      "All that a verdict was made from. Replaying it under the same rules gives the same verdict.";
  root["properties"]["rulesVersion"] = {{"const", core::rules_version}};
  root["$defs"] = std::move(definitions);
  return root.dump(2) + "\n";
}

}  // namespace casefile
