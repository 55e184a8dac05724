#include "config/table.hpp"

#include <algorithm>
#include <utility>

#include "config/values.hpp"

namespace config {
namespace {

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) (text += text.empty() ? "" : ", ") += name;
  return text;
}

bool follows(const std::string& text, const TextRule& rule) {
  if (text.empty() || text.size() > rule.most) return false;
  return std::all_of(text.begin(), text.end(), [&rule](char c) {
    return rule.characters.empty() ? static_cast<unsigned char>(c) >= 0x20 && c != 0x7F
                                   : rule.characters.find(c) != rule.characters.npos;
  });
}

}  // namespace

const Node* Table::take(const std::string& key) {
  known_.push_back(key);
  const auto found = node_->keys.find(key);
  return found == node_->keys.end() ? nullptr : &found->second;
}

int Table::line_of(const std::string& key) const {
  const auto found = node_->keys.find(key);
  return found == node_->keys.end() ? node_->line : found->second.line;
}

path Table::resolve(const std::string& file) const { return (loading_->folder / file).lexically_normal(); }

std::vector<std::string> Table::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, value] : node_->keys) keys.push_back(key);
  return keys;
}

void Table::wrong(const std::string& key, std::string what) {
  loading_->problems.push_back({loading_->file, line_of(key), full(key), std::move(what)});
}

void Table::missing(const std::string& key, const std::string& allowed) {
  wrong(key, "missing, allowed: " + allowed);
}

const Node* Table::expect(const std::string& key, Node::Kind kind, Need need, const std::string& allowed) {
  const Node* node = take(key);
  if (node == nullptr) {
    if (need == Need::required) missing(key, allowed);
    return nullptr;
  }
  if (node->kind == kind) return node;
  wrong(key, "wrong type, allowed: " + allowed);
  return nullptr;
}

void Table::text(const std::string& key, std::string& out, Need need, const TextRule& rule) {
  const Node* node = expect(key, Node::Kind::text, need, std::string(rule.allowed));
  if (node == nullptr) return;
  if (!follows(node->text, rule)) return wrong(key, "not allowed, allowed: " + std::string(rule.allowed));
  out = node->text;
}

void Table::integer(const std::string& key, int& out, int least, int most, Need need) {
  const std::string allowed = std::to_string(least) + " to " + std::to_string(most);
  const Node* node = expect(key, Node::Kind::number, need, allowed);
  if (node == nullptr) return;
  if (node->number < least || node->number > most) return wrong(key, "out of bounds, allowed: " + allowed);
  out = static_cast<int>(node->number);
}

void Table::flag(const std::string& key, bool& out) {
  if (const Node* node = expect(key, Node::Kind::flag, Need::optional, "true or false")) out = node->flag;
}

std::optional<std::vector<double>> Table::numbers(const std::string& key, std::size_t count, bool real,
                                                  const std::string& allowed) {
  const Node* node = expect(key, Node::Kind::list, Need::optional, allowed);
  if (node == nullptr) return std::nullopt;
  std::vector<double> values;
  for (const Node& item : node->items)
    if (item.kind == Node::Kind::number || (real && item.kind == Node::Kind::real))
      values.push_back(item.real);
  if (values.size() == count && node->items.size() == count) return values;
  wrong(key,
        "not a list of " + std::to_string(count) + (real ? "" : " whole") + " numbers, allowed: " + allowed);
  return std::nullopt;
}

void Table::duration(const std::string& key, Milliseconds& out, Milliseconds least, Milliseconds most) {
  const std::string allowed =
      "\"" + duration_text(least) + "\" to \"" + duration_text(most) + "\", in ms, s, min, h or d";
  const Node* node = expect(key, Node::Kind::text, Need::optional, allowed);
  if (node == nullptr) return;
  const auto duration = parse_duration(node->text);
  if (!duration) return wrong(key, "not a duration, allowed: " + allowed);
  if (*duration < least || *duration > most) return wrong(key, "out of bounds, allowed: " + allowed);
  out = *duration;
}

void Table::endpoint(const std::string& key, Endpoint& out, Need need) {
  const std::string allowed = "\"host:port\" with a port of 1 to 65535";
  const Node* node = expect(key, Node::Kind::text, need, allowed);
  if (node == nullptr) return;
  const auto endpoint = parse_endpoint(node->text);
  if (!endpoint) return wrong(key, "not an endpoint, allowed: " + allowed);
  out = *endpoint;
}

void Table::file(const std::string& key, path& out, FileKind kind, Need need) {
  std::string name;
  text(key, name, need, {.characters = {}, .most = 4000, .allowed = "a path"});
  if (!name.empty()) out = resolve(name);
  if (!name.empty() || need == Need::optional)
    loading_->files.push_back({line_of(key), full(key), out, kind});
}

void Table::one_of(const std::string& key, std::string& out, const std::vector<std::string>& names,
                   Need need) {
  const Node* node = expect(key, Node::Kind::text, need, join(names));
  if (node == nullptr) return;
  if (std::find(names.begin(), names.end(), node->text) == names.end()) {
    return wrong(key, "unknown value, allowed: " + join(names));
  }
  out = node->text;
}

std::optional<Table> Table::table(const std::string& key, Need need) {
  const Node* node = expect(key, Node::Kind::table, need, "a table, written as [" + full(key) + "]");
  if (node == nullptr) return std::nullopt;
  return Table(*node, full(key), *loading_);
}

std::vector<Table> Table::tables(const std::string& key, Need need) {
  const std::string allowed = "tables, written as [[" + full(key) + "]]";
  const Node* node = expect(key, Node::Kind::list, need, allowed);
  std::vector<Table> tables;
  if (node == nullptr) return tables;
  for (const Node& item : node->items) {
    if (item.kind == Node::Kind::table) {
      tables.emplace_back(item, full(key), *loading_);
    } else {
      loading_->problems.push_back({loading_->file, item.line, full(key), "wrong type, allowed: " + allowed});
    }
  }
  return tables;
}

void Table::finish() {
  for (const auto& [key, node] : node_->keys) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end())
      wrong(key, "unknown key, allowed: " + join(known_));
  }
}

}  // namespace config
