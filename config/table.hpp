// Takes one table of the configuration apart, key by key, and notes whatever is wrong with it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "config/config.hpp"
#include "config/node.hpp"
#include "config/problem.hpp"

namespace config {

/// What `check` has to look at.
enum class FileKind { certificate, certificate_key, secret_key, tokens, models, folder, state_folder };

struct FileUse {
  int line = 1;
  std::string key;
  std::filesystem::path file;
  FileKind kind = FileKind::folder;
};

/// What comes of loading one file.
struct Loading {
  std::filesystem::path file;    // as it was named, for problems
  std::filesystem::path folder;  // absolute; relative paths start here
  std::vector<Problem> problems;
  std::vector<FileUse> files;
};

enum class Need { required, optional };

/// A text's allowed characters and length.
struct TextRule {
  std::string_view characters;  // empty: any but control characters
  std::size_t most = 255;
  std::string_view allowed = "1 to 255 characters";
};

/// Every getter takes its key once and leaves `out` as it was where the key is absent or wrong.
class Table {
 public:
  Table(const Node& node, std::string name, Loading& loading)
      : node_(&node), name_(std::move(name)), loading_(&loading) {}

  void text(const std::string& key, std::string& out, Need need, const TextRule& rule = {});
  void integer(const std::string& key, int& out, int least, int most, Need need = Need::optional);
  void flag(const std::string& key, bool& out);
  /// A list of `count` numbers, whole ones alone unless `real`; nullopt where it is absent or wrong.
  [[nodiscard]] std::optional<std::vector<double>> numbers(const std::string& key, std::size_t count,
                                                           bool real, const std::string& allowed);
  void duration(const std::string& key, Milliseconds& out, Milliseconds least, Milliseconds most);
  void endpoint(const std::string& key, Endpoint& out, Need need);
  void file(const std::string& key, path& out, FileKind kind, Need need);

  template <class E>
  void choice(const std::string& key, E& out, Need need = Need::optional) {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
        [&names](auto d) { names.emplace_back(d.name); });
    std::string name = boost::describe::enum_to_string(out, "");
    one_of(key, name, names, need);
    boost::describe::enum_from_string(name.c_str(), out);
  }
  void one_of(const std::string& key, std::string& out, const std::vector<std::string>& names, Need need);

  /// A sub-table; nullopt where it is absent or wrong.
  [[nodiscard]] std::optional<Table> table(const std::string& key, Need need);
  /// Tables written as [[key]].
  [[nodiscard]] std::vector<Table> tables(const std::string& key, Need need);

  /// For tables whose keys are names given by the user.
  [[nodiscard]] std::vector<std::string> keys() const;
  [[nodiscard]] const Node* take(const std::string& key);

  [[nodiscard]] int line() const { return node_->line; }
  [[nodiscard]] int line_of(const std::string& key) const;
  [[nodiscard]] bool has(const std::string& key) const { return node_->keys.contains(key); }
  [[nodiscard]] std::string full(const std::string& key) const {
    return name_.empty() ? key : name_ + "." + key;
  }
  [[nodiscard]] path resolve(const std::string& file) const;

  void wrong(const std::string& key, std::string what);  // at the key's line
  void missing(const std::string& key, const std::string& allowed);

  /// Last: keys that nobody took are unknown.
  void finish();

 private:
  const Node* expect(const std::string& key, Node::Kind kind, Need need, const std::string& allowed);

  const Node* node_;
  std::string name_;
  Loading* loading_;
  std::vector<std::string> known_;
};

}  // namespace config
