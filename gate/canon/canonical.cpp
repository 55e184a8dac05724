// RFC 8785, JSON Canonicalization Scheme. Strings are escaped the way nlohmann's dump does, which is the
// scheme's own; the order of keys is not: it is by UTF-16 code units, not by bytes.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "gate/canon/canon.hpp"
#include "gate/canon/time_text.hpp"

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

/// Nothing in it is escaped, and it is UTF-8.
bool plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  out += text;
  out += '"';
}

void append_string(std::string& out, std::string_view text) {
  if (plain(text)) return append_quoted(out, text);
  out += json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

/// A key that is no UTF-8 cannot be put in order, nor be kept apart from another one mended alike.
void append_key(std::string& out, const std::string& key) {
  if (out.back() != '{') out += ',';
  if (plain(key)) {
    append_quoted(out, key);
  } else {
    try {
      out += json(key).dump();
    } catch (const json::exception&) {
      throw std::invalid_argument("canonical JSON: a key is no UTF-8");
    }
  }
  out += ':';
}

[[noreturn]] void refuse_integer() { throw std::invalid_argument("canonical JSON: integer beyond 2^53 - 1"); }

void append_integer(std::string& out, std::int64_t number) {
  if (number > largest_integer || number < -largest_integer) refuse_integer();
  out += std::to_string(number);
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
    append_key(out, *key);
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

void append(std::string& out, const json& value) {
  switch (value.type()) {
    case json::value_t::object:
      return append_object(out, value);
    case json::value_t::array:
      return append_array(out, value);
    case json::value_t::number_unsigned:
      if (value.get<std::uint64_t>() > static_cast<std::uint64_t>(largest_integer)) refuse_integer();
      [[fallthrough]];
    case json::value_t::number_integer:
      return append_integer(out, value.get<std::int64_t>());
    case json::value_t::string:
      return append_string(out, value.get_ref<const std::string&>());
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

bool before(const std::string& a, const std::string& b) {
  const auto [left, right] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (left == a.end() || right == b.end()) return left == a.end() && right != b.end();
  return rank(static_cast<unsigned char>(*left)) < rank(static_cast<unsigned char>(*right));
}

void Text::integer(std::int64_t value) { append_integer(*out_, value); }
void Text::string(std::string_view value) { append_string(*out_, value); }
void Text::time(core::WallTime value) { append_quoted(*out_, time_text(value)); }

Text Text::key(const std::string& name) {
  append_key(*out_, name);
  return *this;
}

Text Text::item() {
  if (out_->back() != '[') *out_ += ',';
  return *this;
}

std::string canonical(const json& value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace canon
