#include "config/key_file.hpp"

#include <fstream>
#include <system_error>

#include "config/values.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;

core::Result<void> is_regular(const fs::path& file, fs::perms& mode) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found)
    return core::fail(core::Fault::not_found, file.string() + ": no such file");
  if (error) return core::fail(core::Fault::broken, file.string() + ": " + error.message());
  if (status.type() != fs::file_type::regular)
    return core::fail(core::Fault::refused, file.string() + ": not a regular file");
  mode = status.permissions();
  return {};
}

core::Result<std::string> read_key(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(128, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) return core::fail(core::Fault::broken, file.string() + ": cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (!is_key_hex(text))
    return core::fail(core::Fault::malformed, file.string() + ": not a key, allowed: 64 hex digits");
  return text;
}

}  // namespace

core::Result<void> secret_file_is_safe(const fs::path& file) {
  fs::perms mode{};
  if (const auto regular = is_regular(file, mode); !regular) return regular;
  if ((mode & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
    return core::fail(core::Fault::refused,
                      file.string() + ": open to others than its owner, allowed: mode 0600 or less");
  }
  return {};
}

core::Result<std::string> read_public_key(const fs::path& file) {
  fs::perms mode{};
  return is_regular(file, mode).and_then([&file]() { return read_key(file); });
}

core::Result<std::string> read_secret_key(const fs::path& file) {
  return secret_file_is_safe(file).and_then([&file]() { return read_key(file); });
}

}  // namespace config
