#include "sync/journal/mark.hpp"

#include <array>
#include <cstdio>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

namespace syncing {
namespace {

constexpr int kLine = 26 + 1 + 20 + 1 + 64 + 1 + 20;

}  // namespace

Mark::Mark(const std::filesystem::path& file)
    : handle_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  std::array<char, kLine + 1> text{};
  if (handle_ < 0 || ::pread(handle_, text.data(), text.size() - 1, 0) <= 0) return;
  std::istringstream words(text.data());
  Entry newest;
  if (!(words >> newest.journal_id >> newest.number >> newest.leaf) || newest.number == 0) return;
  words >> newest.events;  // an older version's mark has none
  newest_ = std::move(newest);
}

Mark::~Mark() {
  if (handle_ >= 0) ::close(handle_);
}

void Mark::set(Entry newest) {
  if (handle_ < 0) return;
  std::array<char, kLine + 2> line{};  // of one length: what is written over leaves nothing of what was there
  const int size = std::snprintf(line.data(), line.size(), "%-26s %20lld %-64s %20lld\n",
                                 newest.journal_id.c_str(), static_cast<long long>(newest.number),
                                 newest.leaf.c_str(), static_cast<long long>(newest.events));
  if (size != kLine + 1 || ::pwrite(handle_, line.data(), kLine + 1, 0) != kLine + 1) return;
  newest_ = std::move(newest);
}

}  // namespace syncing
