#include "sync/store/disk.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace syncing {

bool write_durably(const std::filesystem::path& file, std::string_view bytes) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (handle < 0) return false;
  while (!bytes.empty()) {
    const ssize_t taken = ::write(handle, bytes.data(), bytes.size());
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) break;
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
  const bool durable = bytes.empty() && ::fsync(handle) == 0;
  return ::close(handle) == 0 && durable;
}

void fsync_folder(const std::filesystem::path& folder) {
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

bool make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  if (std::filesystem::is_directory(folder, failed)) return true;
  if (!folder.has_relative_path() || !make_folder(folder.parent_path())) return false;
  std::filesystem::create_directory(folder, failed);
  if (failed) return false;
  fsync_folder(folder.parent_path());
  return true;
}

}  // namespace syncing
