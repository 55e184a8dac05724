#include "tests/fault/names.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace fault {

namespace fs = std::filesystem;

namespace {

Names* active = nullptr;  // the system's calls have no other way to find it

struct stat status_of(const fs::path& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status;
}

std::int64_t nanoseconds(const timespec& time) { return time.tv_sec * 1'000'000'000LL + time.tv_nsec; }

bool is_databases(const fs::path& path) { return path.filename().string().find(".db") != std::string::npos; }

}  // namespace

bool Names::Change::shares_name(const Change& other) const {
  const auto named = [&other](const fs::path& path) {
    return !path.empty() && (path == other.from || path == other.to);
  };
  return named(from) || named(to);
}

bool Names::Change::touches(const fs::path& folder) const {
  return from.parent_path() == folder || to.parent_path() == folder;
}

Names::Names(fs::path root, fs::path spare) : root_(std::move(root)), spare_(std::move(spare)) {
  if (active) throw std::logic_error("one at a time");
  fs::create_directories(spare_);
  settle();
  active = this;
}

Names::~Names() { active = nullptr; }

Names* Names::of(const fs::path& path) {
  if (!active) return nullptr;
  const std::string text = path.string(), root = active->root_.string();
  return text == root || text.starts_with(root + "/") ? active : nullptr;
}

void Names::settle() {
  notice();
  pending_.clear();
  for (const auto& path : known_)
    if (const auto status = status_of(path); S_ISREG(status.st_mode))
      synced_[{status.st_dev, status.st_ino}] = {status.st_size, nanoseconds(status.st_mtim)};
}

/// What was made meanwhile, in whatever way.
void Names::notice() {
  for (const auto& entry : fs::recursive_directory_iterator(root_))
    if (known_.insert(entry.path()).second) pending_.push_back({.from = {}, .to = entry.path(), .kept = {}});
}

void Names::begin(const fs::path& from, const fs::path& to) {
  notice();
  if (watch_) watch_();
  current_ = {.from = from, .to = to, .kept = {}};
  const fs::path& lost = to.empty() ? from : to;
  if (!fs::is_regular_file(lost)) return;
  current_.kept = spare_ / std::to_string(spared_++);
  fs::create_hard_link(lost, current_.kept);
}

void Names::done(bool happened) {
  if (!happened) return;
  known_.erase(current_.from);
  if (!current_.to.empty()) known_.insert(current_.to);
  pending_.push_back(current_);
}

void Names::sync(const fs::path& what) {
  notice();
  if (watch_) watch_();
  if (const auto status = status_of(what); S_ISREG(status.st_mode)) {
    synced_[{status.st_dev, status.st_ino}] = {status.st_size, nanoseconds(status.st_mtim)};
    return;
  }
  if (lies_) return;
  std::vector<bool> sure(pending_.size());
  for (std::size_t i = pending_.size(); i-- > 0;) {
    sure[i] = sure[i] || pending_[i].touches(what);
    for (std::size_t j = 0; sure[i] && j < i; ++j)
      if (pending_[j].shares_name(pending_[i])) sure[j] = true;
  }
  std::vector<Change> left;
  for (std::size_t i = 0; i < pending_.size(); ++i)
    if (!sure[i]) left.push_back(pending_[i]);
  pending_ = std::move(left);
}

void Names::image(const fs::path& image, Random& random) {
  const Loss loss = any_loss(random);
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    const fs::path there = image / entry.path().lexically_relative(root_);
    if (entry.is_directory()) fs::create_directories(there);
    if (entry.is_regular_file()) copy(entry.path(), there, loss, random);
  }
  std::vector<Change> lost;
  for (const auto& change : pending_) {
    const bool after_a_lost_one = std::any_of(
        lost.begin(), lost.end(), [&change](const Change& before) { return before.shares_name(change); });
    if (after_a_lost_one || loss == Loss::all || (loss == Loss::some && chance(random, 0, 1) == 0))
      lost.push_back(change);
  }
  for (auto change = lost.rbegin(); change != lost.rend(); ++change) take_back(*change, image, loss, random);
}

void Names::take_back(const Change& change, const fs::path& image, Loss loss, Random& random) const {
  const auto there = [&](const fs::path& path) { return image / path.lexically_relative(root_); };
  std::error_code gone;  // with its folder
  if (change.from.empty()) fs::remove_all(there(change.to), gone);
  if (!change.from.empty() && !change.to.empty()) fs::rename(there(change.to), there(change.from), gone);
  const fs::path& lost = change.to.empty() ? change.from : change.to;
  if (!change.kept.empty()) copy(change.kept, there(lost), loss, random);
}

void Names::copy(const fs::path& from, const fs::path& to, Loss loss, Random& random) const {
  if (to.string().ends_with("-shm")) return;  // memory only
  fs::create_directories(to.parent_path());
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  const auto status = status_of(from);
  const auto synced = synced_.find({status.st_dev, status.st_ino});
  const bool safe =
      synced != synced_.end() && synced->second == Age{status.st_size, nanoseconds(status.st_mtim)};
  if (safe || is_databases(to) || loss == Loss::none) return;
  if (loss == Loss::all || chance(random, 0, 1) == 0)
    fs::resize_file(to, status.st_size / chance(random, 2, 9));
}

}  // namespace fault
