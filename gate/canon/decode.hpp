// A JSON tree into described values. The templates only walk; json itself is touched in decode.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <nlohmann/json_fwd.hpp>

#include "gate/canon/encode.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace canon {

enum class Reading {
  own,      // our own documents: an unknown key is refused, times stand in the canonical form
  foreign,  // somebody else's: unknown keys are ignored, times are any RFC 3339
};

/// Looks at nodes and keeps the first thing that is wrong. The path is put together on the way out.
class Decoder {
 public:
  explicit Decoder(Reading reading) : reading_(reading) {}

  /// Valid after a decode that failed.
  [[nodiscard]] core::Error error() const;

  bool boolean(const nlohmann::json& node, bool& out);
  bool integer(const nlohmann::json& node, std::int64_t least, std::int64_t most, std::int64_t& out);
  bool string(const nlohmann::json& node, std::string& out);
  bool time(const nlohmann::json& node, core::WallTime& out);
  bool name(const nlohmann::json& node, std::span<const char* const> allowed, std::string& out);
  bool object(const nlohmann::json& node);
  bool array(const nlohmann::json& node);

  /// The node under a member's key; null where the key is missing or, for an optional, null.
  const nlohmann::json* find(const nlohmann::json& object, const char* member, bool optional);
  bool missing(const char* member);
  bool only(const nlohmann::json& object, std::span<const char* const> members);

  static std::size_t size(const nlohmann::json& node);
  static const nlohmann::json& item(const nlohmann::json& array, std::size_t index);
  static std::vector<std::string> keys(const nlohmann::json& object);
  static const nlohmann::json& at(const nlohmann::json& object, const std::string& key);

  /// Say where the failure was, innermost first; always false.
  bool in_member(const char* member);
  bool in_key(const std::string& key);
  bool in_item(std::size_t index);

 private:
  bool wrong(std::string what);

  Reading reading_;
  std::string what_;
  std::string path_;
};

template <class T>
bool decode(Decoder& decoder, const nlohmann::json& node, T& out);

namespace detail {
template <class List, std::size_t... I>
constexpr auto names_of(std::index_sequence<I...>) {
  return std::array<const char*, sizeof...(I)>{boost::mp11::mp_at_c<List, I>::name...};
}

/// Names of the entries of a list of described members or enumerators.
template <class List>
inline constexpr auto names = names_of<List>(std::make_index_sequence<boost::mp11::mp_size<List>::value>{});

template <class T>
bool decode_member(Decoder& decoder, const nlohmann::json& object, const char* name, T& out) {
  const nlohmann::json* node = decoder.find(object, name, is_optional<T>::value);
  if constexpr (is_optional<T>::value) {
    out.reset();
    if (node == nullptr) return true;
    return decode(decoder, *node, out.emplace()) || decoder.in_member(name);
  } else {
    if (node == nullptr) return decoder.missing(name);
    return decode(decoder, *node, out) || decoder.in_member(name);
  }
}

template <class T>
bool decode_members(Decoder& decoder, const nlohmann::json& node, T& out) {
  if (!decoder.object(node) || !decoder.only(node, names<members_of<T>>)) return false;
  bool good = true;
  boost::mp11::mp_for_each<members_of<T>>([&decoder, &node, &out, &good](auto member) {
    good = good && decode_member(decoder, node, member.name, out.*member.pointer);
  });
  return good;
}

template <class T>
bool decode_enum(Decoder& decoder, const nlohmann::json& node, T& out) {
  std::string name;
  return decoder.name(node, names<boost::describe::describe_enumerators<T>>, name) &&
         boost::describe::enum_from_string(name.c_str(), out);
}

template <class T>
bool decode_items(Decoder& decoder, const nlohmann::json& node, std::vector<T>& out) {
  if (!decoder.array(node)) return false;
  out.clear();
  for (std::size_t i = 0; i < Decoder::size(node); ++i) {
    T item{};
    if (!decode(decoder, Decoder::item(node, i), item)) return decoder.in_item(i);
    out.push_back(std::move(item));
  }
  return true;
}

template <class T>
bool decode_keys(Decoder& decoder, const nlohmann::json& node, std::map<std::string, T>& out) {
  if (!decoder.object(node)) return false;
  out.clear();
  for (const std::string& key : Decoder::keys(node)) {
    if (!decode(decoder, Decoder::at(node, key), out[key])) return decoder.in_key(key);
  }
  return true;
}

template <class T>
bool decode_integer(Decoder& decoder, const nlohmann::json& node, T& out) {
  static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "64-bit unsigned integers have no exact JSON form");
  std::int64_t value = 0;
  if (!decoder.integer(node, std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), value))
    return false;
  out = static_cast<T>(value);
  return true;
}
}  // namespace detail

template <class T>
bool decode(Decoder& decoder, const nlohmann::json& node, T& out) {
  if constexpr (std::is_same_v<T, bool>) {
    return decoder.boolean(node, out);
  } else if constexpr (std::is_integral_v<T>) {
    return detail::decode_integer(decoder, node, out);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return decoder.string(node, out);
  } else if constexpr (std::is_same_v<T, core::WallTime>) {
    return decoder.time(node, out);
  } else if constexpr (std::is_same_v<T, core::Milliseconds>) {
    std::int64_t count = 0;
    return decoder.integer(node, -largest_integer, largest_integer, count) && (out = T(count), true);
  } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
    return detail::decode_enum(decoder, node, out);
  } else if constexpr (detail::is_vector<T>::value) {
    return detail::decode_items(decoder, node, out);
  } else if constexpr (detail::is_map<T>::value) {
    return detail::decode_keys(decoder, node, out);
  } else {
    static_assert(boost::describe::has_describe_members<T>::value,
                  "neither a described struct nor a known type");
    return detail::decode_members(decoder, node, out);
  }
}

}  // namespace canon
