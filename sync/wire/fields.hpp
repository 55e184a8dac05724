// Reading one JSON object, lenient about what is there besides, strict about what is asked for.
// The first thing that is wrong is kept, named with its path; reading goes on with empty values.
// A million rights are read this way with each snapshot: the tree is simdjson's, which is made without an
// allocation for every value.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <simdjson.h>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace syncing {

using Element = simdjson::dom::element;

/// A JSON text taken apart. Its elements live as long as it does.
class Tree {
 public:
  /// One JSON object, without duplicate keys at any depth; any numbers. What is refused, and as what, is said
  /// by canon::parse_strict: Fault::malformed, `where` first.
  [[nodiscard]] static core::Result<Tree> parse_object(std::string_view text, std::string_view where);

  [[nodiscard]] const Element& root() const { return root_; }
  /// Its members but the one of that name.
  [[nodiscard]] nlohmann::json without(std::string_view name) const;

 private:
  std::unique_ptr<simdjson::dom::parser> parser_ = std::make_unique<simdjson::dom::parser>();
  Element root_;
};

class Fields {
 public:
  /// The element's tree must outlive this; anything but an object, also none, is an error like any other.
  Fields(const std::optional<Element>& object, std::string where);

  /// Required and not empty.
  [[nodiscard]] std::string text(const char* name);
  /// Absent, null and "" are the same: nullopt.
  [[nodiscard]] std::optional<std::string> optional_text(const char* name);
  /// Required, 0 or more.
  [[nodiscard]] std::int64_t number(const char* name);
  [[nodiscard]] std::optional<std::int64_t> optional_number(const char* name);
  [[nodiscard]] std::optional<bool> optional_flag(const char* name);
  [[nodiscard]] core::WallTime time(const char* name);
  [[nodiscard]] std::optional<core::WallTime> optional_time(const char* name);
  /// nullopt where absent or null.
  [[nodiscard]] std::optional<Element> object(const char* name);
  [[nodiscard]] std::optional<Element> array(const char* name);
  /// Strings of a list; absent and null are an empty list.
  [[nodiscard]] std::vector<std::string> texts(const char* name);

  /// Whether it is there and not null.
  [[nodiscard]] bool has(const char* name) const { return find(name).has_value(); }

  /// Notes `what` as wrong with `name`.
  void wrong(std::string_view name, std::string_view what);

  [[nodiscard]] bool ok() const { return error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  [[nodiscard]] std::optional<Element> find(const char* name) const;

  std::optional<simdjson::dom::object> object_;
  std::string where_;
  std::string error_;
};

}  // namespace syncing
