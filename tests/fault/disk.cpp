#include "tests/fault/disk.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fault/layer.hpp"

namespace fault {
namespace {

std::string read_at(int handle, std::int64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t got = ::pread(handle, bytes.data(), size, offset);
  bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return bytes;
}

bool one_in(std::mt19937_64& random, int n) { return std::uniform_int_distribution(1, n)(random) == 1; }

/// Where a torn sector turns from new to old.
std::size_t tear(std::mt19937_64& random) {
  return std::uniform_int_distribution<std::size_t>(1, Unsynced::sector - 1)(random);
}

std::string survivor(const std::string& now, std::string before, Loss loss, std::mt19937_64& random) {
  before.resize(std::max(before.size(), now.size()), '\0');  // beyond the old end: a hole
  if (loss == Loss::all) return before;
  if (loss == Loss::none || one_in(random, 2)) return now;
  if (one_in(random, 2)) return before;
  const std::size_t edge = std::min(tear(random), now.size());
  std::string torn = now.substr(0, edge);
  return torn + before.substr(edge);
}

void lose(const std::string& path, Unsynced& file, Loss loss, std::mt19937_64& random) {
  const int handle = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (handle < 0) throw std::runtime_error("cannot cut the power of " + path);
  for (const auto& [number, before] : file.before) {
    const std::int64_t offset = number * Unsynced::sector;
    const std::string left = survivor(read_at(handle, offset, Unsynced::sector), before, loss, random);
    if (left.empty()) continue;
    if (::pwrite(handle, left.data(), left.size(), offset) < 0)
      throw std::runtime_error("cannot write " + path);
  }
  const bool size_lost = loss == Loss::all || (loss == Loss::some && one_in(random, 2));
  if (size_lost && ::ftruncate(handle, file.size) != 0) throw std::runtime_error("cannot cut " + path);
  ::close(handle);
  file.before.clear();
}

Disk::Inode inode_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return {status.st_dev, status.st_ino};
}

}  // namespace

Disk::Disk(std::string name) : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)) {
  layer_ = layer_over(*real_, name_.c_str(), this);
  if (sqlite3_vfs_register(&layer_, 0) != SQLITE_OK) throw std::runtime_error("cannot register a file layer");
}

Disk::~Disk() { sqlite3_vfs_unregister(&layer_); }

Harm Disk::before(Access access, std::string_view file) {
  Harm harm = watch_ && !dead_ ? watch_(access, file, false) : Harm::none;
  if (dead_) harm = Harm::broken;
  harms_ += harm == Harm::none ? 0 : 1;
  return harm;
}

Harm Disk::before_read(std::string_view file) {
  if (dead_) return Harm::broken;
  const Harm harm = watch_reads_ ? watch_reads_(Access::read, file, false) : Harm::none;
  harms_ += harm == Harm::none ? 0 : 1;
  return harm;
}

void Disk::flip(std::span<char> bytes) {
  for (int left = std::uniform_int_distribution(1, 3)(flips_); left > 0; --left) {
    const auto at = std::uniform_int_distribution<std::size_t>(0, bytes.size() - 1)(flips_);
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << std::uniform_int_distribution(0, 7)(flips_)));
  }
}

void Disk::after(Access access, std::string_view file) {
  if (watch_ && !dead_) watch_(access, file, true);
}

std::shared_ptr<Unsynced> Disk::unsynced(const std::string& path) {
  auto& file = files_[inode_of(path)];
  std::error_code failed;
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path, failed));
  // A file that nobody holds and that is empty is a new one, whatever lay under its number before.
  if (!file || (file->handles == 0 && size == 0)) {
    file = std::make_shared<Unsynced>();
    file->size = size;
  }
  return file;
}

void Disk::restore_power(const std::string& folder, std::mt19937_64& random) {
  const Loss loss = any_loss(random);
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  for (const auto& path : paths) {
    if (path.ends_with("-shm")) {
      std::filesystem::remove(path);  // memory only
      continue;
    }
    if (const auto found = files_.find(inode_of(path)); found != files_.end())
      lose(path, *found->second, loss, random);
  }
  files_.clear();
  dead_ = false;
}

}  // namespace fault
