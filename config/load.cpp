#include "config/load.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "config/key_file.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"

namespace config {
namespace {

using namespace std::chrono_literals;

constexpr TextRule terminal_rule{"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 16,
                                 "1 to 16 characters of A-Z and 0-9"};
constexpr TextRule appliance_rule{"abcdefghijklmnopqrstuvwxyz0123456789-", 32,
                                  "1 to 32 characters of a-z, 0-9 and -"};
constexpr TextRule kid_rule{"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", 32,
                            "1 to 32 characters of a-z, A-Z, 0-9, - and _"};
constexpr std::size_t longest_socket_path = 107;  // sockaddr_un
constexpr std::size_t largest_file = 1 << 20;

void load_site(Table table, Site& site) {
  table.text("terminal", site.terminal, Need::required, terminal_rule);
  table.text("appliance", site.appliance, Need::required, appliance_rule);
  table.choice("environment", site.environment);
  table.file("state", site.state, FileKind::state_folder, Need::optional);
  table.file("models", site.models, FileKind::models, Need::optional);
  table.file("identity_key", site.identity_key, FileKind::secret_key, Need::required);
  table.text("identity_key_id", site.identity_key_id, Need::optional, kid_rule);
  table.finish();
}

/// A platform's public key: { file = "..." }.
void load_key_file(Table table, std::string& key) {
  std::string file;
  table.text("file", file, Need::required, {.characters = {}, .most = 4000, .allowed = "a path"});
  if (!file.empty()) {
    const core::Result<std::string> read = read_public_key(table.resolve(file));
    if (read) key = *read;
    if (!read) table.wrong("file", read.error().what);
  }
  table.finish();
}

void load_platform_keys(Table table, std::map<std::string, std::string>& keys) {
  for (const std::string& kid : table.keys()) {
    const bool good = kid.size() <= kid_rule.most && kid.find_first_not_of(kid_rule.characters) == kid.npos;
    if (!good || kid.empty()) table.wrong(kid, "not a key id, allowed: " + std::string(kid_rule.allowed));
    const Node* node = table.take(kid);
    if (node->kind == Node::Kind::table) {
      if (auto file = table.table(kid, Need::required)) load_key_file(std::move(*file), keys[kid]);
    } else if (node->kind == Node::Kind::text && is_key_hex(node->text)) {
      keys[kid] = node->text;
    } else {
      table.wrong(kid, "not a public key, allowed: 64 hex digits, or { file = \"...\" }");
    }
  }
}

void load_link(Table table, Link& link) {
  table.endpoint("broker", link.broker, Need::required);
  table.file("ca", link.ca, FileKind::certificate, Need::required);
  table.file("certificate", link.certificate, FileKind::certificate, Need::required);
  table.file("key", link.key, FileKind::certificate_key, Need::required);
  if (auto keys = table.table("platform_keys", Need::required)) {
    if (keys->keys().empty()) table.wrong("platform_keys", "empty, allowed: at least one key");
    load_platform_keys(std::move(*keys), link.platform_keys);
  }
  table.file("signing_key", link.signing_key, FileKind::secret_key, Need::required);
  table.text("signing_key_id", link.signing_key_id, Need::optional, kid_rule);
  table.file("encryption_key", link.encryption_key, FileKind::secret_key, Need::required);
  table.text("encryption_key_id", link.encryption_key_id, Need::optional, kid_rule);
  table.integer("max_message_bytes", link.max_message_bytes, 65'536, 67'108'864);
  table.duration("head_interval", link.head_interval, 200ms, 1min);
  table.finish();
}

void load_console(Table table, Console& console) {
  table.endpoint("bind", console.bind, Need::optional);
  if (!is_loopback(console.bind.host)) {
    table.wrong("bind",
                "not a loopback address, allowed: 127.0.0.1, another of 127.0.0.0/8, [::1] or localhost");
  }
  table.file("tokens", console.tokens, FileKind::tokens, Need::required);
  std::string socket;
  table.text("control_socket", socket, Need::optional, {.characters = {}, .most = 4000, .allowed = "a path"});
  if (!socket.empty()) console.control_socket = table.resolve(socket);
  if (console.control_socket.native().size() > longest_socket_path) {
    table.wrong("control_socket", "the whole path has " +
                                      std::to_string(console.control_socket.native().size()) +
                                      " bytes, allowed: 1 to " + std::to_string(longest_socket_path));
  }
  table.finish();
}

void load_root(Table root, Config& config) {
  if (auto site = root.table("site", Need::required)) load_site(std::move(*site), config.site);
  if (auto link = root.table("link", Need::required)) load_link(std::move(*link), config.link);
  if (auto console = root.table("console", Need::required)) load_console(std::move(*console), config.console);
  if (auto table = root.table("freshness", Need::optional))
    load_freshness(std::move(*table), config.freshness);
  if (auto policy = root.table("policy", Need::optional)) load_policy(std::move(*policy), config.policy);
  std::vector<Table> lanes = root.tables("lane", Need::required);
  if (root.has("lane") && lanes.empty())
    root.wrong("lane", "none, allowed: at least one lane, written as [[lane]]");
  load_lanes(std::move(lanes), config.lanes);
  root.finish();
}

}  // namespace

std::string text(const Problem& problem) {
  return problem.file.string() + ":" + std::to_string(problem.line) + ": " +
         (problem.key.empty() ? "" : problem.key + ": ") + problem.what;
}

std::string text(const std::vector<Problem>& problems) {
  std::string lines;
  for (const Problem& problem : problems) lines += text(problem) + "\n";
  return lines;
}

Loading loading_of(const path& file) {
  std::error_code error;
  const path whole = std::filesystem::absolute(file, error);
  return {file, (error ? file : whole).parent_path(), {}, {}};
}

Config load_all(std::string_view text, Loading& loading) {
  Config config;
  const auto root = parse_toml(text);
  if (!root) {
    loading.problems.push_back({loading.file, root.error().line, "", "not TOML: " + root.error().what});
    return config;
  }
  load_root(Table(*root, "", loading), config);
  std::stable_sort(loading.problems.begin(), loading.problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.key) < std::tie(b.line, b.key);
  });
  return config;
}

std::optional<std::string> read_file(const path& file, std::vector<Problem>& problems) {
  const auto failed = [&file, &problems](const std::string& what) {
    problems.push_back({file, 1, "", what});
    return std::nullopt;
  };
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return failed("no such file");
  if (std::filesystem::is_directory(status)) return failed("is a folder, allowed: a TOML file");
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (char c = 0; text.size() <= largest_file && in.get(c);) text += c;
  if (!in.is_open() || in.bad()) return failed("cannot be read");
  if (text.size() > largest_file) return failed("too large, allowed: up to 1048576 bytes");
  return text;
}

tl::expected<Config, std::vector<Problem>> parse(std::string_view text, const path& file) {
  Loading loading = loading_of(file);
  Config config = load_all(text, loading);
  if (!loading.problems.empty()) return tl::unexpected(std::move(loading.problems));
  return config;
}

tl::expected<Config, std::vector<Problem>> load(const path& file) {
  std::vector<Problem> problems;
  const std::optional<std::string> text = read_file(file, problems);
  if (!text) return tl::unexpected(std::move(problems));
  return parse(*text, file);
}

}  // namespace config
