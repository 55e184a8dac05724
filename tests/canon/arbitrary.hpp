// Random core values for properties: every described struct and enum, by reflection.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "gate/canon/encode.hpp"

namespace canon_test {

/// A random value, nested lists kept short so that whole dossiers stay small.
template <class T>
T any() {
  if constexpr (std::is_same_v<T, std::string>) {
    return *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
        {{9, rc::gen::inRange<char>('0', 'Z')}, {1, rc::gen::elementOf(std::string("\"\\/\n\x01\x7f ~"))}}));
  } else if constexpr (std::is_same_v<T, bool>) {
    return *rc::gen::arbitrary<bool>();
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<T>(*rc::gen::arbitrary<int>());
  } else if constexpr (std::is_same_v<T, core::WallTime>) {
    return T(core::Milliseconds(*rc::gen::inRange<std::int64_t>(-62'167'219'200'000, 253'402'300'800'000)));
  } else if constexpr (std::is_same_v<T, core::Milliseconds>) {
    return T(*rc::gen::inRange<std::int64_t>(-canon::largest_integer, canon::largest_integer));
  } else if constexpr (boost::describe::has_describe_enumerators<T>::value) {
    std::vector<T> values;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&values](auto d) { values.push_back(d.value); });
    return *rc::gen::elementOf(values);
  } else if constexpr (canon::detail::is_optional<T>::value) {
    return *rc::gen::arbitrary<bool>() ? T(any<typename T::value_type>()) : T();
  } else if constexpr (canon::detail::is_vector<T>::value) {
    T items;
    for (int left = *rc::gen::inRange(0, 3); left > 0; --left) items.push_back(any<typename T::value_type>());
    return items;
  } else {
    T value{};
    boost::mp11::mp_for_each<canon::detail::members_of<T>>(
        [&value](auto d) { value.*d.pointer = any<std::remove_reference_t<decltype(value.*d.pointer)>>(); });
    return value;
  }
}

}  // namespace canon_test
