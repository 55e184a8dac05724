// The language of badge readers and keypads: lines "BADGE <digits>" and "TAR <text>". Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gate/core/result.hpp"

namespace badge {

struct BadgeLine {
  std::string card_number;  // 4 to 20 ASCII digits; wipe it after use
};

struct TarLine {
  std::string tar;  // 1 to 35 of A-Z a-z 0-9 - _ / .
};

/// One line without its line end. malformed: anything else; the text never shows what stood in the line.
[[nodiscard]] core::Result<std::variant<BadgeLine, TarLine>> parse_line(std::string_view line);

/// Cuts what arrives into lines (ending in \n or \r\n). How it was cut up on the way never matters.
class LineCutter {
 public:
  explicit LineCutter(std::size_t max_line) : max_line_(max_line) {}
  ~LineCutter();
  LineCutter(const LineCutter&) = delete;
  LineCutter& operator=(const LineCutter&) = delete;

  void feed(std::string_view bytes) { waiting_ += bytes; }

  /// The next whole line; nullopt: more is needed. malformed, once, for a line of more than `max_line`
  /// bytes, which is then skipped up to its end. Holds at most `max_line` bytes and what was fed last.
  [[nodiscard]] std::optional<core::Result<std::string>> next();

 private:
  void drop(std::size_t count);

  std::size_t max_line_;
  std::string waiting_;
  bool skipping_ = false;
};

}  // namespace badge
