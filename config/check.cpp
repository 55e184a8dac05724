#include "config/check.hpp"

#include <algorithm>
#include <optional>
#include <ostream>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include <unistd.h>

#include "config/certificate.hpp"
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

// systemd makes the folder of a service's credentials only while it runs.
bool not_handed_over_yet(const path& file) {
  std::error_code error;
  return file.parent_path().parent_path() == "/run/credentials" && !fs::exists(file.parent_path(), error);
}

std::optional<std::string> wrong(const FileUse& use, const Judges& judges) {
  const auto what = [](const auto& result) {
    return result ? std::nullopt : std::optional(result.error().what);
  };
  switch (use.kind) {
    case FileKind::folder:
      return wrong_folder(use.file);
    case FileKind::state_folder:
      return wrong_state_folder(use.file);
    case FileKind::models:
      return what(judges.models(use.file));
    case FileKind::certificate:
      return what(read_certificate(use.file));
    case FileKind::certificate_key:
      return what(read_certificate_key(use.file));
    case FileKind::secret_key:
      return what(read_secret_key(use.file));
    case FileKind::tokens:
      return what(read_secret(use.file).and_then(
          [&](const std::string& text) { return judges.tokens(text, use.file.string()); }));
  }
  return std::nullopt;
}

}  // namespace

Checked check(const path& file, const Judges& judges) {
  Loading loading = loading_of(file);
  Checked checked;
  if (const std::optional<std::string> text = read_file(file, loading.problems)) {
    const Config config = load_all(*text, loading);
    for (const FileUse& use : loading.files) {
      if (not_handed_over_yet(use.file)) {
        checked.unlooked.push_back(use.file);
      } else if (const auto what = wrong(use, judges)) {
        loading.problems.push_back({file, use.line, use.key, *what});
      }
    }
  }
  checked.problems = std::move(loading.problems);
  std::stable_sort(checked.problems.begin(), checked.problems.end(), [](const Problem& a, const Problem& b) {
    return std::tie(a.line, a.key) < std::tie(b.line, b.key);
  });
  return checked;
}

int check_command(const path& file, const Judges& judges, std::ostream& out, std::ostream& err) {
  const Checked checked = check(file, judges);
  if (!checked.problems.empty()) {
    err << text(checked.problems);
    return 1;
  }
  out << file.string() << ": good\n";
  for (const path& unlooked : checked.unlooked)
    out << "not looked at, as systemd hands it over when the service starts: " << unlooked.string() << "\n";
  return 0;
}

}  // namespace config
