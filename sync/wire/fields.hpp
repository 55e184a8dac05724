// Reading one JSON object, lenient about what is there besides, strict about what is asked for.
// The first thing that is wrong is kept, named with its path; reading goes on with empty values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace syncing {

/// One JSON object, without duplicate keys at any depth; any numbers. Fault::malformed otherwise.
[[nodiscard]] core::Result<nlohmann::json> parse_object(std::string_view text, std::string_view where);

class Fields {
 public:
  /// `object` must outlive this; anything but an object is an error like any other.
  Fields(const nlohmann::json& object, std::string where);

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
  /// nullptr where absent or null.
  [[nodiscard]] const nlohmann::json* object(const char* name);
  [[nodiscard]] const nlohmann::json* array(const char* name);
  /// Strings of a list; absent and null are an empty list.
  [[nodiscard]] std::vector<std::string> texts(const char* name);

  /// Notes `what` as wrong with `name`.
  void wrong(std::string_view name, std::string_view what);

  [[nodiscard]] bool ok() const { return error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  [[nodiscard]] const nlohmann::json* find(const char* name) const;

  const nlohmann::json& object_;
  std::string where_;
  std::string error_;
};

}  // namespace syncing
