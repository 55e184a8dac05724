#include "sync/backup/lines.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace syncing {
namespace {

constexpr std::size_t kBlock = 64 * 1024;

}  // namespace

core::Result<Lines> Lines::open(const std::filesystem::path& file, std::size_t longest, std::int64_t most) {
  // Never waits: what is put in the way may be a pipe that nobody writes to.
  const int handle = ::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (handle < 0 && errno == ELOOP) return core::fail(core::Fault::refused, "is a link; a file is expected");
  if (handle < 0)
    return core::fail(core::Fault::broken, std::string("cannot be opened: ") + std::strerror(errno));
  File stream(::fdopen(handle, "rb"));
  struct stat status {};
  if (!stream || ::fstat(handle, &status) != 0) {
    if (!stream) ::close(handle);
    return core::fail(core::Fault::broken, "cannot be read");
  }
  if (!S_ISREG(status.st_mode)) return core::fail(core::Fault::refused, "is no regular file");
  if (status.st_size > most)
    return core::fail(core::Fault::refused, "has " + std::to_string(status.st_size) + " bytes; at most " +
                                                std::to_string(most) + " allowed");
  return Lines(std::move(stream), longest, status.st_size);
}

core::Result<std::optional<std::string>> Lines::next() {
  ++number_;
  std::string line;
  for (;;) {
    const std::size_t feed = block_.find('\n', at_);
    const std::size_t end = std::min(feed, block_.size());
    line.append(block_, at_, end - at_);
    if (line.size() > longest_)
      return core::fail(core::Fault::corrupt,
                        "longer than a line may be; at most " + std::to_string(longest_) + " bytes allowed");
    at_ = end + 1;
    if (feed != std::string::npos) return line;
    if (read_block()) continue;
    if (std::ferror(file_.get()) != 0) return core::fail(core::Fault::broken, "cannot be read");
    if (line.empty()) return std::optional<std::string>();
    return core::fail(core::Fault::corrupt, "torn: cut off after " + std::to_string(line.size()) + " bytes");
  }
}

bool Lines::read_block() {
  block_.resize(kBlock);
  block_.resize(std::fread(block_.data(), 1, block_.size(), file_.get()));
  at_ = 0;
  return !block_.empty();
}

}  // namespace syncing
