#include "tests/world/script_table.hpp"

#include <charconv>

namespace world {

std::optional<core::Milliseconds> parse_offset(std::string_view text) {
  const bool signed_ = !text.empty() && (text[0] == '-' || text[0] == '+');
  const bool negative = signed_ && text[0] == '-';
  if (signed_) text.remove_prefix(1);
  int number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  core::Milliseconds one{0};
  if (unit == "ms") one = core::Milliseconds(1);
  if (unit == "s") one = std::chrono::seconds(1);
  if (unit == "m") one = std::chrono::minutes(1);
  if (unit == "h") one = std::chrono::hours(1);
  if (unit == "d") one = std::chrono::hours(24);
  if (one.count() == 0) return std::nullopt;
  return (negative ? -number : number) * one;
}

void Complaints::add(int line, std::string_view key, std::string_view what) {
  lines_.emplace_back(line, name_ + ":" + std::to_string(line) + ": " +
                                (key.empty() ? "" : std::string(key) + ": ") + std::string(what));
}

std::string Complaints::text() const {
  auto sorted = lines_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string all;
  for (const auto& [line, words] : sorted) all += (all.empty() ? "" : "\n") + words;
  return all;
}

int ScriptTable::line(std::string_view key) const {
  const toml::node* node = table_->get(key);
  return node ? static_cast<int>(node->source().begin.line) : line();
}

const toml::node* ScriptTable::take(std::string_view key) {
  taken_.emplace_back(key);
  return table_->get(key);
}

std::string ScriptTable::need(std::string_view key) {
  if (!has(key)) complaints_->add(line(), key, "is missing");
  auto found = text(key);
  if (found && found->empty()) complain(key, "must not be empty");
  return found.value_or("");
}

std::optional<std::string> ScriptTable::text(std::string_view key) {
  const toml::node* node = take(key);
  if (!node) return std::nullopt;
  if (const auto* value = node->as_string()) return value->get();
  complain(key, "must be a text in quotes");
  return std::nullopt;
}

std::vector<std::string> ScriptTable::texts(std::string_view key) {
  std::vector<std::string> found;
  const toml::node* node = take(key);
  if (!node) return found;
  const toml::array* array = node->as_array();
  if (!array) {
    complain(key, "must be a list of texts");
    return found;
  }
  for (const toml::node& element : *array) {
    if (const auto* value = element.as_string()) {
      found.push_back(value->get());
    } else {
      complain(key, "must hold texts only");
    }
  }
  return found;
}

std::optional<core::Milliseconds> ScriptTable::offset(std::string_view key) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  const auto parsed = parse_offset(*written);
  if (!parsed) complain(key, "\"" + *written + "\" is no time: write -61d, +2h, 15m, 9s or 500ms");
  return parsed;
}

std::vector<ScriptTable> ScriptTable::tables(std::string_view key) {
  std::vector<ScriptTable> found;
  const toml::node* node = take(key);
  if (!node) return found;
  const toml::array* array = node->as_array();
  if (!array) {
    complain(key, "must be a list of tables");
    return found;
  }
  for (const toml::node& element : *array) {
    if (const toml::table* inner = element.as_table()) {
      found.emplace_back(*inner, *complaints_);
    } else {
      complain(key, "must hold tables only");
    }
  }
  return found;
}

std::optional<ScriptTable> ScriptTable::table(std::string_view key) {
  const toml::node* node = take(key);
  if (!node) return std::nullopt;
  if (const toml::table* inner = node->as_table()) return ScriptTable(*inner, *complaints_);
  complain(key, "must be a table: { ... }");
  return std::nullopt;
}

std::vector<std::pair<std::string, std::string>> ScriptTable::pairs(std::string_view key) {
  std::vector<std::pair<std::string, std::string>> found;
  const auto inner = table(key);
  if (!inner) return found;
  for (const auto& [name, node] : *inner->table_) {
    if (const auto* value = node.as_string()) {
      found.emplace_back(std::string(name.str()), value->get());
    } else {
      complain(key, "\"" + std::string(name.str()) + "\" must be a text in quotes");
    }
  }
  return found;
}

void ScriptTable::close() {
  for (const auto& [name, node] : *table_) {
    const std::string key(name.str());
    if (std::find(taken_.begin(), taken_.end(), key) != taken_.end()) continue;
    std::string known;
    for (const std::string& one : taken_) known += (known.empty() ? "" : ", ") + one;
    complaints_->add(line(key), key, "is no key here; allowed: " + known);
  }
}

}  // namespace world
