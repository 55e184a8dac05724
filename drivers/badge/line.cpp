#include "drivers/badge/line.hpp"

#include <algorithm>

#include <sodium.h>

#include "drivers/badge/identity.hpp"

namespace badge {

namespace {

constexpr std::string_view badge_verb = "BADGE ", tar_verb = "TAR ";
constexpr std::size_t longest_tar = 35;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_tar_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         std::string_view("-_/.").find(c) != std::string_view::npos;
}

tl::unexpected<core::Error> malformed(const char* what) { return core::fail(core::Fault::malformed, what); }

}  // namespace

core::Result<std::variant<BadgeLine, TarLine>> parse_line(std::string_view line) {
  if (line.starts_with(badge_verb)) {
    const auto number = line.substr(badge_verb.size());
    const bool fits = number.size() >= shortest_card_number && number.size() <= longest_card_number;
    if (!fits || !std::all_of(number.begin(), number.end(), is_digit)) {
      return malformed("BADGE takes a card number of 4 to 20 digits and nothing else");
    }
    return BadgeLine{std::string(number)};
  }
  if (line.starts_with(tar_verb)) {
    const auto tar = line.substr(tar_verb.size());
    if (tar.empty() || tar.size() > longest_tar || !std::all_of(tar.begin(), tar.end(), is_tar_character)) {
      return malformed("TAR takes 1 to 35 of A-Z a-z 0-9 - _ / . and nothing else");
    }
    return TarLine{std::string(tar)};
  }
  return malformed("a line must begin with BADGE or TAR and one blank");
}

LineCutter::~LineCutter() { sodium_memzero(waiting_.data(), waiting_.size()); }

void LineCutter::drop(std::size_t count) {
  sodium_memzero(waiting_.data(), count);  // it may have been a card number
  waiting_.erase(0, count);
}

std::optional<core::Result<std::string>> LineCutter::next() {
  const auto end = waiting_.find('\n');
  const bool whole = end != std::string::npos;
  if (skipping_) {
    drop(whole ? end + 1 : waiting_.size());
    skipping_ = !whole;
    return whole ? next() : std::nullopt;
  }
  const auto length = whole ? end : waiting_.size();
  if (length > max_line_) {
    drop(whole ? end + 1 : length);
    skipping_ = !whole;
    return core::fail(core::Fault::malformed,
                      "a line is longer than " + std::to_string(max_line_) + " bytes; skipped");
  }
  if (!whole) return std::nullopt;
  std::string line = waiting_.substr(0, end);
  drop(end + 1);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace badge
