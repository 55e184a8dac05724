// RFC 8785, JSON Canonicalization Scheme. Strings are escaped the way nlohmann's dump does, which is the
// scheme's own; the order of keys is not: it is by UTF-16 code units, not by bytes.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "gate/canon/canon.hpp"

namespace canon {
namespace {

using nlohmann::json;

/// Where a UTF-8 lead byte sorts among UTF-16 code units: characters beyond the basic plane (F0 and up)
/// are surrogates D800..DFFF there, below E000..FFFF (lead bytes EE and EF). All else keeps its order.
int rank(unsigned char lead) {
  if (lead >= 0xF0) return 0xEE00 + lead;
  if (lead >= 0xEE) return 0xEF00 + lead;
  return lead << 8;
}

bool before(const std::string& a, const std::string& b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() || right == b.end()) return left == a.end() && right != b.end();
  return rank(static_cast<unsigned char>(*left)) < rank(static_cast<unsigned char>(*right));
}

std::string string_text(const json& text) {
  return text.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// A key that is no UTF-8 cannot be put in order, nor be kept apart from another one mended alike.
std::string key_text(const std::string& key) {
  try {
    return json(key).dump();
  } catch (const json::exception&) {
    throw std::invalid_argument("canonical JSON: a key is no UTF-8");
  }
}

void append(std::string& out, const json& value);

void append_object(std::string& out, const json& object) {
  std::vector<std::pair<const std::string*, const json*>> entries;
  entries.reserve(object.size());
  for (auto it = object.begin(); it != object.end(); ++it) entries.emplace_back(&it.key(), &it.value());
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return before(*a.first, *b.first); });
  out += '{';
  for (const auto& [key, item] : entries) {
    if (out.back() != '{') out += ',';
    out += key_text(*key);
    out += ':';
    append(out, *item);
  }
  out += '}';
}

void append_array(std::string& out, const json& array) {
  out += '[';
  for (const json& item : array) {
    if (&item != &array.front()) out += ',';
    append(out, item);
  }
  out += ']';
}

void append_integer(std::string& out, const json& number) {
  const bool fits =
      number.is_number_unsigned()
          ? number.get<std::uint64_t>() <= static_cast<std::uint64_t>(largest_integer)
          : number.get<std::int64_t>() <= largest_integer && number.get<std::int64_t>() >= -largest_integer;
  if (!fits) throw std::invalid_argument("canonical JSON: integer beyond 2^53 - 1");
  out += std::to_string(number.get<std::int64_t>());
}

void append(std::string& out, const json& value) {
  switch (value.type()) {
    case json::value_t::object:
      return append_object(out, value);
    case json::value_t::array:
      return append_array(out, value);
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
      return append_integer(out, value);
    case json::value_t::string:
      out += string_text(value);
      return;
    case json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return;
    case json::value_t::null:
      out += "null";
      return;
    default:
      throw std::invalid_argument("canonical JSON: only integers, no floats and no binary values");
  }
}

}  // namespace

std::string canonical(const json& value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace canon
