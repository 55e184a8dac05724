#include "sync/backup/inbox.hpp"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>

#include "sync/store/disk.hpp"

namespace syncing {

namespace fs = std::filesystem;

namespace {

constexpr const char* kEnding = ".gatebackup";

bool is_backup_name(const std::string& name) { return name.ends_with(kEnding) && !name.starts_with("."); }

}  // namespace

Inbox::Inbox(fs::path folder) : folder_(std::move(folder)) {
  if (!make_folder(folder_ / "taken") || !make_folder(folder_ / "refused"))
    spdlog::error("inbox {}: cannot be made", folder_.string());
}

std::optional<fs::path> Inbox::next() {
  std::map<std::string, Seen> now;
  std::optional<fs::path> found;
  std::error_code failed;
  for (fs::directory_iterator entry(folder_, failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (!is_backup_name(name)) continue;
    std::error_code unknown;  // of a link or a pipe: it is offered all the same, and will be refused
    const bool regular = fs::is_regular_file(entry->symlink_status(unknown));
    Seen seen;
    if (regular) seen.size = entry->file_size(unknown);
    if (regular) seen.written = entry->last_write_time(unknown);
    const auto before = seen_.find(name);
    const bool settled =
        before != seen_.end() && before->second.size == seen.size && before->second.written == seen.written;
    seen.done = settled && before->second.done;
    if (settled && !seen.done && (!found || entry->path() < *found)) found = entry->path();
    now.emplace(name, seen);
  }
  seen_ = std::move(now);
  return found;
}

void Inbox::put_away(const fs::path& file, bool taken, const std::string& why) {
  const fs::path folder = folder_ / (taken ? "taken" : "refused");
  const fs::path there = folder / file.filename();
  std::error_code failed;
  // First what became of it: a power cut never leaves a file here without a word.
  if (!make_folder(folder) || !write_durably(there.string() + ".why", why + "\n"))
    spdlog::error("inbox: what became of {} could not be written: {}", there.string(), why);
  fsync_folder(folder);
  fs::rename(file, there, failed);
  if (failed) {
    spdlog::error("inbox: {} cannot be moved to {}: {}", file.string(), folder.string(), failed.message());
    seen_[file.filename().string()].done = true;
    return;
  }
  seen_.erase(file.filename().string());
  thin_out(folder);
  fsync_folder(folder);
  fsync_folder(folder_);
}

void Inbox::thin_out(const fs::path& folder) const {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code failed;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    std::error_code unknown;
    if (is_backup_name(entry->path().filename().string()))
      files.emplace_back(fs::last_write_time(entry->path().string() + ".why", unknown), entry->path());
  }
  std::sort(files.rbegin(), files.rend());
  for (std::size_t i = kept; i < files.size(); ++i) {
    fs::remove_all(files[i].second, failed);
    fs::remove(files[i].second.string() + ".why", failed);
  }
}

}  // namespace syncing
