// Described values into a JSON tree. The templates only walk; json itself is touched in encode.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <nlohmann/json_fwd.hpp>

#include "gate/core/moment.hpp"

namespace canon {

/// Integers beyond this are not exact for every reader of JSON (I-JSON, RFC 7493).
inline constexpr std::int64_t largest_integer = (std::int64_t{1} << 53) - 1;

/// "release_date_time_utc" -> "releaseDateTimeUtc"
[[nodiscard]] std::string key_of(std::string_view member);

namespace detail {
void put_bool(nlohmann::json& node, bool value);
void put_integer(nlohmann::json& node, std::int64_t value);
void put_string(nlohmann::json& node, std::string_view value);
void put_time(nlohmann::json& node, core::WallTime value);
void put_object(nlohmann::json& node);
void put_array(nlohmann::json& node);
nlohmann::json& add_key(nlohmann::json& object, const std::string& key);
nlohmann::json& add_item(nlohmann::json& array);

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {};

template <class T>
using members_of =
    boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;
}  // namespace detail

template <class T>
void encode(nlohmann::json& node, const T& value);

namespace detail {
template <class T>
void encode_members(nlohmann::json& node, const T& value) {
  put_object(node);
  boost::mp11::mp_for_each<members_of<T>>([&node, &value](auto member) {
    const auto& field = value.*member.pointer;
    if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>::value) {
      if (field) encode(add_key(node, key_of(member.name)), *field);
    } else {
      encode(add_key(node, key_of(member.name)), field);
    }
  });
}
}  // namespace detail

template <class T>
void encode(nlohmann::json& node, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    detail::put_bool(node, value);
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "64-bit unsigned integers have no exact JSON form");
    detail::put_integer(node, static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    detail::put_string(node, value);
  } else if constexpr (std::is_same_v<T, core::WallTime>) {
    detail::put_time(node, value);
  } else if constexpr (std::is_same_v<T, core::Milliseconds>) {
    detail::put_integer(node, value.count());
  } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
    detail::put_string(node, boost::describe::enum_to_string(value, "?"));
  } else if constexpr (detail::is_vector<T>::value) {
    detail::put_array(node);
    for (const auto& item : value) encode(detail::add_item(node), item);
  } else if constexpr (detail::is_map<T>::value) {
    detail::put_object(node);
    for (const auto& [key, item] : value) encode(detail::add_key(node, key), item);
  } else {
    static_assert(boost::describe::has_describe_members<T>::value,
                  "neither a described struct nor a known type");
    detail::encode_members(node, value);
  }
}

}  // namespace canon
