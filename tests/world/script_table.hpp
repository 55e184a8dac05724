// Reads one table of a TOML script: every getter takes its key off the list, every mistake is noted with
// its line, and `close` names the keys that nobody asked for.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <toml++/toml.h>

#include "gate/core/moment.hpp"

namespace world {

/// "-61d", "+2h", "90s", "500ms", "15m", "0s".
[[nodiscard]] std::optional<core::Milliseconds> parse_offset(std::string_view text);

class Complaints {
 public:
  explicit Complaints(std::string name) : name_(std::move(name)) {}
  void add(int line, std::string_view key, std::string_view what);
  [[nodiscard]] bool any() const { return !lines_.empty(); }
  [[nodiscard]] std::string text() const;

 private:
  std::string name_;
  std::vector<std::pair<int, std::string>> lines_;
};

class ScriptTable {
 public:
  ScriptTable(const toml::table& table, Complaints& complaints) : table_(&table), complaints_(&complaints) {}

  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }
  [[nodiscard]] int line() const { return static_cast<int>(table_->source().begin.line); }
  [[nodiscard]] int line(std::string_view key) const;

  [[nodiscard]] std::string need(std::string_view key);  // empty and a complaint where it is missing
  [[nodiscard]] std::optional<std::string> text(std::string_view key);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] std::optional<core::Milliseconds> offset(std::string_view key);
  [[nodiscard]] std::vector<ScriptTable> tables(std::string_view key);
  [[nodiscard]] std::optional<ScriptTable> table(std::string_view key);
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> pairs(std::string_view key);

  template <class Enum>
  [[nodiscard]] Enum word(std::string_view key, Enum otherwise) {
    const auto written = text(key);
    return written ? word_of(*written, key, otherwise) : otherwise;
  }

  template <class Enum>
  [[nodiscard]] std::vector<Enum> words(std::string_view key) {
    std::vector<Enum> found;
    for (const std::string& written : texts(key)) found.push_back(word_of(written, key, Enum{}));
    return found;
  }

  template <class Enum>
  [[nodiscard]] Enum word_of(const std::string& written, std::string_view key, Enum otherwise) {
    Enum value = otherwise;
    if (boost::describe::enum_from_string(written.c_str(), value)) return value;
    std::string allowed;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&allowed](auto enumerator) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(enumerator.name);
    });
    complain(key, "\"" + written + "\" is none of: " + allowed);
    return otherwise;
  }

  void complain(std::string_view key, std::string_view what) { complaints_->add(line(key), key, what); }
  void close();

 private:
  const toml::node* take(std::string_view key);

  const toml::table* table_;
  Complaints* complaints_;
  std::vector<std::string> taken_;
};

}  // namespace world
