#include "gate/canon/time_text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace canon {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

constexpr core::WallTime earliest{sys_days{year{0} / month{1} / day{1}}};
constexpr core::WallTime latest{sys_days{year{10000} / month{1} / day{1}} - core::Milliseconds(1)};

void put(std::string& text, std::size_t at, std::size_t digits, std::int64_t value) {
  for (std::size_t i = digits; i-- > 0; value /= 10) text[at + i] = static_cast<char>('0' + value % 10);
}

/// Takes a text apart from its front; `good` stays false once something was not there.
struct Scanner {
  std::string_view rest;
  bool good = true;

  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest.empty() || rest.front() < '0' || rest.front() > '9') return good = false, 0;
      value = value * 10 + (rest.front() - '0');
      rest.remove_prefix(1);
    }
    return value;
  }

  bool skip(std::string_view one_of) {
    if (rest.empty() || one_of.find(rest.front()) == one_of.npos) return false;
    rest.remove_prefix(1);
    return true;
  }

  void expect(std::string_view one_of) { good = skip(one_of) && good; }
};

core::Milliseconds fraction(Scanner& scan) {
  if (!scan.skip(".")) return core::Milliseconds(0);
  int milliseconds = 0;
  int digits = 0;
  for (; !scan.rest.empty() && scan.rest.front() >= '0' && scan.rest.front() <= '9'; ++digits) {
    if (digits < 3) milliseconds = milliseconds * 10 + (scan.rest.front() - '0');
    scan.rest.remove_prefix(1);
  }
  if (digits < 1 || digits > 9) scan.good = false;
  for (int i = digits; i < 3; ++i) milliseconds *= 10;
  return core::Milliseconds(milliseconds);
}

std::chrono::minutes offset(Scanner& scan) {
  if (scan.skip("Zz")) return std::chrono::minutes(0);
  const bool west = scan.rest.starts_with('-');
  scan.expect("+-");
  const int hours = scan.number(2);
  scan.expect(":");
  const int minutes = scan.number(2);
  if (hours > 23 || minutes > 59) scan.good = false;
  const std::chrono::minutes total(hours * 60 + minutes);
  return west ? -total : total;
}

}  // namespace

std::string time_text(core::WallTime time) {
  time = std::clamp(time, earliest, latest);
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  std::string text = "0000-00-00T00:00:00.000Z";
  put(text, 0, 4, static_cast<int>(date.year()));
  put(text, 5, 2, static_cast<unsigned>(date.month()));
  put(text, 8, 2, static_cast<unsigned>(date.day()));
  put(text, 11, 2, clock.hours().count());
  put(text, 14, 2, clock.minutes().count());
  put(text, 17, 2, clock.seconds().count());
  put(text, 20, 3, clock.subseconds().count());
  return text;
}

std::optional<core::WallTime> parse_time(std::string_view text) {
  Scanner scan{text};
  const int y = scan.number(4);
  scan.expect("-");
  const int mon = scan.number(2);
  scan.expect("-");
  const int d = scan.number(2);
  scan.expect("Tt");
  const int hours = scan.number(2);
  scan.expect(":");
  const int minutes = scan.number(2);
  scan.expect(":");
  const int seconds = scan.number(2);
  const core::Milliseconds part = fraction(scan);
  const std::chrono::minutes ahead = offset(scan);
  const std::chrono::year_month_day date =
      year{y} / month{static_cast<unsigned>(mon)} / day{static_cast<unsigned>(d)};
  if (!scan.good || !scan.rest.empty() || !date.ok()) return std::nullopt;
  if (hours > 23 || minutes > 59 || seconds > 60) return std::nullopt;
  return core::WallTime(sys_days(date)) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
         std::chrono::seconds(seconds) + part - ahead;
}

std::optional<core::WallTime> parse_canonical_time(std::string_view text) {
  const std::optional<core::WallTime> time = parse_time(text);
  if (!time || time_text(*time) != text) return std::nullopt;
  return time;
}

}  // namespace canon
