// Inside the loader: what both halves of it (records, steps) need of each other.
#pragma once

#include <map>
#include <string>

#include "tests/world/day.hpp"
#include "tests/world/script_table.hpp"

namespace world {

class DayParser {
 public:
  explicit DayParser(std::string_view name) : complaints_(std::string(name)) {}
  [[nodiscard]] core::Result<Day> parse(std::string_view toml);

 private:
  // day_records.cpp
  void records(ScriptTable& top);
  void haulier(ScriptTable table);
  void driver(ScriptTable table);
  void right(ScriptTable table);
  void appointment(ScriptTable table);
  void restriction(ScriptTable table);
  core::Job job(ScriptTable& table, const std::string& id);
  core::HaulierIds haulier_of(ScriptTable& table);
  std::optional<std::string> card_of(ScriptTable& table);
  std::optional<core::WallTime> time_of(ScriptTable& table, std::string_view key);
  std::string container_of(ScriptTable& table, std::string_view key, const std::string& code);
  void fill(core::ReleaseRight& right, ScriptTable& table);
  core::ReleaseRight* known_right(ScriptTable& table, std::string_view key, const std::string& id);

  // day_steps.cpp
  void step(ScriptTable table);
  Truck truck(ScriptTable& table);
  Expected expected(ScriptTable table);
  OperatorCall call(ScriptTable table);
  void judge(const Truck& truck, ScriptTable& table);
  static void judge(const Expected& expected, std::string_view key, ScriptTable& table);
  Update update(ScriptTable& table);

  Complaints complaints_;
  Day day_;
  std::map<std::string, core::HaulierIds> hauliers_;
  std::map<std::string, core::ReleaseRight> now_;  // the rights as the script has changed them so far
};

}  // namespace world
