#include "config/check.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <tuple>

#include <unistd.h>

#include "config/key_file.hpp"
#include "config/sections.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> wrong_folder(const path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return folder.string() + ": no such folder";
  if (!fs::is_directory(folder, error)) return folder.string() + ": not a folder";
  return std::nullopt;
}

/// The daemon makes its state folder itself where the folder above it can be written.
std::optional<std::string> wrong_state_folder(const path& folder) {
  std::error_code error;
  path existing = folder;
  while (!fs::exists(existing, error) && existing.has_relative_path()) existing = existing.parent_path();
  if (!fs::is_directory(existing, error)) return existing.string() + ": not a folder";
  if (::access(existing.c_str(), W_OK | X_OK) != 0) return existing.string() + ": cannot be written";
  return std::nullopt;
}

std::optional<std::string> wrong_file(const path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return file.string() + ": no such file";
  if (!fs::is_regular_file(file, error)) return file.string() + ": not a regular file";
  if (::access(file.c_str(), R_OK) != 0) return file.string() + ": cannot be read";
  return std::nullopt;
}

// systemd makes the folder of a service's credentials only while it runs.
bool not_handed_over_yet(const path& file) {
  std::error_code error;
  return file.parent_path().parent_path() == "/run/credentials" && !fs::exists(file.parent_path(), error);
}

std::optional<std::string> wrong(const FileUse& use) {
  if (not_handed_over_yet(use.file)) return std::nullopt;
  const auto what = [](const auto& result) {
    return result ? std::nullopt : std::optional(result.error().what);
  };
  switch (use.kind) {
    case FileKind::folder:
      return wrong_folder(use.file);
    case FileKind::state_folder:
      return wrong_state_folder(use.file);
    case FileKind::readable:
      return wrong_file(use.file);
    case FileKind::secret:
      return what(read_secret(use.file));
    case FileKind::secret_key:
      return what(read_secret_key(use.file));
  }
  return std::nullopt;
}

}  // namespace

std::vector<Problem> check(const path& file) {
  Loading loading = loading_of(file);
  const std::optional<std::string> text = read_file(file, loading.problems);
  if (!text) return loading.problems;
  const Config config = load_all(*text, loading);
  for (const FileUse& use : loading.files) {
    if (const auto what = wrong(use)) loading.problems.push_back({file, use.line, use.key, *what});
  }
  std::stable_sort(loading.problems.begin(), loading.problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.key) < std::tie(b.line, b.key);
  });
  return loading.problems;
}

int check_command(const path& file, std::ostream& out, std::ostream& err) {
  const std::vector<Problem> problems = check(file);
  if (problems.empty()) {
    out << file.string() << ": good\n";
    return 0;
  }
  err << text(problems);
  return 1;
}

}  // namespace config
