#include "gate/ctl/passage_line.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include <boost/describe/enum_to_string.hpp>

#include "gate/ctl/harmless.hpp"

namespace ctl {
namespace {

/// Columns before the reasons, which stand last because they have no width.
constexpr std::array<std::size_t, 9> widths{20, 8, 10, 11, 8, 7, 12, 10, 7};

using Cells = std::array<std::string, 10>;

std::string cell(std::string text) { return text.empty() ? "-" : harmless(std::move(text)); }

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

std::string laid_out(const Cells& cells) {
  std::string line;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const bool number = i >= 7;
    const std::size_t used = characters(cells[i]);
    const std::string blanks(used < widths[i] ? widths[i] - used : 0, ' ');
    line += number ? blanks + cells[i] : cells[i] + blanks;
    line += i + 1 == widths.size() ? "  " : " ";
  }
  return line + cells.back();
}

std::string join(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

std::string time_of_day(core::WallTime time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - days));
  std::array<char, 64> text{};
  static_cast<void>(std::snprintf(text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02dZ",
                                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                                  static_cast<int>(clock.minutes().count()),
                                  static_cast<int>(clock.seconds().count())));
  return text.data();
}

std::string data_age(const core::PassageRecord& record) {
  std::string text = "-";
  if (record.standing.data_as_of) {
    const core::WallTime decided = record.detected + core::Milliseconds(record.verdict_ms.value_or(0));
    text = age_text(std::max(decided - *record.standing.data_as_of, core::Milliseconds(0)));
  }
  if (record.standing.mode != core::Mode::online) {
    text += std::string(" ") + boost::describe::enum_to_string(record.standing.mode, "?");
  }
  return record.decision ? text : "-";
}

std::string milliseconds(const std::optional<int>& count) { return count ? std::to_string(*count) : "-"; }

std::string reasons(const core::PassageRecord& record) {
  std::vector<std::string> names;
  for (const core::Reason reason : record.reasons)
    names.emplace_back(boost::describe::enum_to_string(reason, "?"));
  std::string text = join(names, ",");
  if (!record.operators.empty()) text += (text.empty() ? "by " : " by ") + join(record.operators, "+");
  return text;
}

}  // namespace

std::string age_text(core::Milliseconds age) {
  struct Unit {
    long long length;
    const char* name;
  };
  static constexpr std::array<Unit, 4> units{
      {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1'000, "s"}}};
  const long long count = age.count();
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (count < units[i].length) continue;
    std::string text = std::to_string(count / units[i].length) + units[i].name;
    const bool fine = i + 1 < units.size() - 1;  // seconds beside minutes say nothing about the age of data
    const long long rest = fine ? count % units[i].length / units[i + 1].length : 0;
    return rest > 0 ? text + std::to_string(rest) + units[i + 1].name : text;
  }
  return std::to_string(count) + "ms";
}

std::string passage_header() {
  return laid_out({"time", "lane", "plate", "container", "driver", "verdict", "data", "verdict-ms", "open-ms",
                   "reasons"});
}

std::string passage_line(const core::PassageRecord& record) {
  const char* verdict = record.decision ? boost::describe::enum_to_string(*record.decision, "?") : "-";
  return laid_out({time_of_day(record.detected), cell(record.lane), cell(record.plate),
                   cell(join(record.containers, "+")), cell(record.driver_mask), verdict, data_age(record),
                   milliseconds(record.verdict_ms), milliseconds(record.command_ms), cell(reasons(record))});
}

}  // namespace ctl
