// Described values into a JSON tree, or into canonical text at once. The templates only walk.
#pragma once

#include <algorithm>
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

/// Whether key `a` stands before key `b` in RFC 8785: by UTF-16 code units.
[[nodiscard]] bool before(const std::string& a, const std::string& b);

/// A place in a tree that a value is put to.
class Tree {
 public:
  explicit Tree(nlohmann::json& node) : node_(&node) {}

  void boolean(bool value);
  void integer(std::int64_t value);
  void string(std::string_view value);
  void time(core::WallTime value);
  void begin_object();
  [[nodiscard]] Tree key(const std::string& name);
  void end_object() {}
  void begin_array();
  [[nodiscard]] Tree item();
  void end_array() {}

 private:
  nlohmann::json* node_;
};

/// The end of a canonical text; keys must come in their order. Throws as canonical() does.
class Text {
 public:
  explicit Text(std::string& out) : out_(&out) {}

  void boolean(bool value) { *out_ += value ? "true" : "false"; }
  void integer(std::int64_t value);
  void string(std::string_view value);
  void time(core::WallTime value);
  void begin_object() { *out_ += '{'; }
  [[nodiscard]] Text key(const std::string& name);
  void end_object() { *out_ += '}'; }
  void begin_array() { *out_ += '['; }
  [[nodiscard]] Text item();
  void end_array() { *out_ += ']'; }

 private:
  std::string* out_;
};

namespace detail {
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

template <class Out, class T>
void encode(Out out, const T& value);

namespace detail {
/// A member of T: its key, and how it is written.
template <class Out, class T>
struct Entry {
  std::string key;
  void (*write)(Out& out, const std::string& key, const T& value);
};

template <class Out, class T, class Member>
void encode_member(Out& out, const std::string& key, const T& value) {
  const auto& field = value.*Member::pointer;
  if constexpr (is_optional<std::remove_cvref_t<decltype(field)>>::value) {
    if (field) encode(out.key(key), *field);
  } else {
    encode(out.key(key), field);
  }
}

/// All members, in the order of their keys.
template <class Out, class T>
std::vector<Entry<Out, T>> entries() {
  std::vector<Entry<Out, T>> all;
  boost::mp11::mp_for_each<members_of<T>>([&all](auto member) {
    all.push_back({key_of(member.name), &encode_member<Out, T, decltype(member)>});
  });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return before(a.key, b.key); });
  return all;
}

template <class Out, class T>
void encode_members(Out& out, const T& value) {
  static const auto all = entries<Out, T>();  // the same for every value of the type
  out.begin_object();
  for (const auto& entry : all) entry.write(out, entry.key, value);
  out.end_object();
}

template <class Out, class T>
void encode_map(Out& out, const std::map<std::string, T>& map) {
  std::vector<const std::pair<const std::string, T>*> items;
  for (const auto& item : map) items.push_back(&item);
  std::sort(items.begin(), items.end(),
            [](const auto* a, const auto* b) { return before(a->first, b->first); });
  out.begin_object();
  for (const auto* item : items) encode(out.key(item->first), item->second);
  out.end_object();
}

template <class Out, class T>
void encode_list(Out& out, const std::vector<T>& list) {
  out.begin_array();
  for (const auto& item : list) encode(out.item(), item);
  out.end_array();
}
}  // namespace detail

template <class Out, class T>
void encode(Out out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out.boolean(value);
  } else if constexpr (std::is_integral_v<T>) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "64-bit unsigned integers have no exact JSON form");
    out.integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.string(value);
  } else if constexpr (std::is_same_v<T, core::WallTime>) {
    out.time(value);
  } else if constexpr (std::is_same_v<T, core::Milliseconds>) {
    out.integer(value.count());
  } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
    out.string(boost::describe::enum_to_string(value, "?"));
  } else if constexpr (detail::is_vector<T>::value) {
    detail::encode_list(out, value);
  } else if constexpr (detail::is_map<T>::value) {
    detail::encode_map(out, value);
  } else {
    static_assert(boost::describe::has_describe_members<T>::value,
                  "neither a described struct nor a known type");
    detail::encode_members(out, value);
  }
}

}  // namespace canon
