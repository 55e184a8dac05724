#include "gate/state_lock.hpp"

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

core::Error failed(const std::filesystem::path& what, int error) {
  return {core::Fault::broken, what.string() + ": " + std::generic_category().message(error)};
}

std::string holder(int file) {
  std::array<char, 32> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

core::Result<StateLock> StateLock::take(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::create_directories(folder, error))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (error) return tl::unexpected(failed(folder, error.value()));
  const std::filesystem::path path = folder / "gatehoused.lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return tl::unexpected(failed(path, errno));
  StateLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return tl::unexpected(failed(path, errno));
    return core::fail(core::Fault::refused, folder.string() + ": a gatehoused (pid " + holder(file) +
                                                ") works with it already; nothing was touched");
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, pid.data(), pid.size(), 0) < 0)
    return tl::unexpected(failed(path, errno));
  return lock;
}

StateLock::StateLock(StateLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

StateLock::~StateLock() {
  if (file_ >= 0) ::close(file_);  // the lock goes with the process whatever happens; its file stays
}
