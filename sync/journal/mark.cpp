#include "sync/journal/mark.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "gate/bytes/bytes.hpp"
#include "sync/store/disk.hpp"

namespace syncing {
namespace {

/// More than anybody puts back by hand: what is larger is none of ours.
constexpr std::size_t kMost = 64 * 1024;
constexpr std::size_t kCheck = 16;

template <class... Values>
std::string line(const char* format, const Values&... values) {
  std::array<char, 256> text{};
  const int size = std::snprintf(text.data(), text.size(), format, values...);
  return {text.data(), std::min(text.size() - 1, static_cast<std::size_t>(std::max(size, 0)))};
}

std::string check_of(std::string_view head, std::string_view lacks) {
  return bytes::to_hex(bytes::sha256(std::string(head) + std::string(lacks))).substr(0, kCheck);
}

/// All that changes with each commit lies in the first sector: a power cut tears none of it.
std::string text_of(const Mark::Entry& newest, const std::vector<EventsUpTo>& lacks) {
  const std::string head = line(
      "%-26s %20lld %-64s %20lld %6zu ", newest.journal_id.c_str(), static_cast<long long>(newest.number),
      newest.leaf.empty() ? "-" : newest.leaf.c_str(), static_cast<long long>(newest.events), lacks.size());
  std::string rest;
  for (const auto& one : lacks)
    rest += line("%-26s %20lld\n", one.journal_id.c_str(), static_cast<long long>(one.up_to));
  return head + check_of(head, rest) + "\n" + rest;
}

bool same(const std::vector<EventsUpTo>& a, const std::vector<EventsUpTo>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const EventsUpTo& one, const EventsUpTo& two) {
    return one.journal_id == two.journal_id && one.up_to == two.up_to;
  });
}

}  // namespace

Mark::Mark(const std::filesystem::path& file)
    : file_(file), handle_(::open(file.c_str(), O_RDWR | O_CLOEXEC)) {
  if (handle_ < 0 && errno == ENOENT) {
    handle_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle_ >= 0) {
      fsync_folder(file.parent_path());  // that there is none must mean something
      found_ = Found::nothing;
    }
  } else if (handle_ >= 0) {
    read();
  }
  if (handle_ < 0) error_ = errno;
}

Mark::~Mark() {
  if (handle_ >= 0) ::close(handle_);
}

void Mark::read() {
  std::string text(kMost + 1, '\0');
  const ssize_t size = ::pread(handle_, text.data(), text.size(), 0);
  if (size == 0) found_ = Found::nothing;
  if (size <= 0 || size > static_cast<ssize_t>(kMost)) return;
  text.resize(static_cast<std::size_t>(size));
  size_ = text.size();
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) return;
  std::istringstream words(text.substr(0, end));
  Entry newest;
  std::size_t count = 0;
  std::string check;
  if (!(words >> newest.journal_id >> newest.number >> newest.leaf)) return;
  words >> newest.events >> count >> check;
  std::string_view rest(text);
  rest.remove_prefix(end + 1);
  if (check.empty() ? !rest.empty() || count != 0
                    : check != check_of(std::string_view(text).substr(0, end - check.size()), rest))
    return;
  std::istringstream lines{std::string(rest)};
  for (EventsUpTo one; lines >> one.journal_id >> one.up_to;) lacks_.push_back(one);
  if (lacks_.size() != count) return lacks_.clear();
  newest_ = std::move(newest);
  found_ = Found::mark;
  synced_ = true;
}

core::Result<void> Mark::set(Entry newest, std::vector<EventsUpTo> lacks) {
  const auto failed = [this](int error) {
    return core::fail(core::Fault::broken, file_.string() + ": " + std::strerror(error));
  };
  if (handle_ < 0) return failed(error_);
  const std::string text = text_of(newest, lacks);
  synced_ = synced_ && newest.journal_id == newest_.journal_id && same(lacks, lacks_);
  newest_ = std::move(newest);
  lacks_ = std::move(lacks);
  errno = ENOSPC;  // what a short write does not say
  if (::pwrite(handle_, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    return failed(errno);
  if (size_ > text.size() && ::ftruncate(handle_, static_cast<off_t>(text.size())) != 0) return failed(errno);
  size_ = text.size();
  if (!synced_ && ::fdatasync(handle_) != 0) return failed(errno);
  synced_ = true;
  return {};
}

}  // namespace syncing
