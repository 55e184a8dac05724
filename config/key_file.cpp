#include "config/key_file.hpp"

#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

#include "config/values.hpp"

namespace config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest = 64 * 1024;

core::Result<fs::perms> mode_of(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found)
    return core::fail(core::Fault::not_found, file.string() + ": no such file");
  if (error) return core::fail(core::Fault::broken, file.string() + ": " + error.message());
  if (status.type() != fs::file_type::regular)
    return core::fail(core::Fault::refused, file.string() + ": not a regular file");
  return status.permissions();
}

// systemd opens a credential to the service's user by an access list, which stat() shows as mode 0440; the
// folder it stands in is closed to everybody else.
bool is_credential(const fs::path& file) {
  const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
  std::error_code error;
  return folder != nullptr && fs::equivalent(file.parent_path(), folder, error);
}

core::Result<std::string> read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(largest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in.is_open() || in.bad()) return core::fail(core::Fault::broken, file.string() + ": cannot be read");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest)
    return core::fail(core::Fault::refused, file.string() + ": larger than 64 KiB, allowed: 64 KiB or less");
  return text;
}

core::Result<std::string> key_in(std::string text, const fs::path& file) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (!is_key_hex(text))
    return core::fail(core::Fault::malformed, file.string() + ": not a key, allowed: 64 hex digits");
  return text;
}

}  // namespace

core::Result<std::string> read_open(const fs::path& file) {
  if (const auto mode = mode_of(file); !mode) return tl::unexpected(mode.error());
  return read(file);
}

core::Result<std::string> read_public_key(const fs::path& file) {
  return read_open(file).and_then([&file](std::string text) { return key_in(std::move(text), file); });
}

core::Result<std::string> read_secret(const fs::path& file) {
  const auto mode = mode_of(file);
  if (!mode) return tl::unexpected(mode.error());
  const fs::perms closed = fs::perms::others_all | fs::perms::group_all;
  const fs::perms allowed = is_credential(file) ? fs::perms::group_read : fs::perms::none;
  if ((*mode & closed & ~allowed) != fs::perms::none) {
    return core::fail(core::Fault::refused,
                      file.string() + ": open to others than its owner, allowed: mode 0600 or less");
  }
  return read(file);
}

core::Result<std::string> read_secret_key(const fs::path& file) {
  return read_secret(file).and_then([&file](std::string text) { return key_in(std::move(text), file); });
}

}  // namespace config
