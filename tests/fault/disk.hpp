// A disk that fails as it is told: a file layer between SQLite and the system's files.
//
// What was written is in the real file at once, so that every connection sees it. What the file held before,
// as of its last sync, is remembered: a power cut puts some of that back.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace fault {

enum class Access { open, read, write, truncate, sync, close, remove };

/// What an access comes to instead of what was asked.
enum class Harm {
  none,
  broken,       // EIO, nothing was done
  short_write,  // half of the bytes were written, then EIO
  full,         // no room: nothing was written
  flipped,      // of a read: it says that all is well, and one to three bits are not those that were written
};

/// What a file held when it was last on the disk, of the sectors that were written since.
struct Unsynced {
  static constexpr std::int64_t sector = 512;

  std::map<std::int64_t, std::string>
      before;             // by number of the sector; shorter, or empty, at the file's end
  std::int64_t size = 0;  // of the file
  int handles = 0;
};

/// How much a power cut loses: nothing, all that was not synced, or of that whatever chance says.
enum class Loss { none, some, all };

[[nodiscard]] inline Loss any_loss(std::mt19937_64& random) {
  return static_cast<Loss>(std::uniform_int_distribution(0, 2)(random));
}

/// Any thread may open, read and write what lies on it.
class Disk {
 public:
  /// Called before (`done` false) and after each access that changes something, with the file's name without
  /// its folder. What it returns before an access is done to it.
  using Watch = std::function<Harm(Access access, std::string_view file, bool done)>;

  /// Registers itself with SQLite under `name`. One folder at a time.
  explicit Disk(std::string name);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  void watch(Watch watch) {
    const auto held = hold();
    watch_ = std::move(watch);
  }

  /// The same for each read, before it alone. Memory that connections share (a wal-index) is no disk, and
  /// nothing is mapped: no read goes past it.
  void watch_reads(Watch watch) {
    const auto held = hold();
    watch_reads_ = std::move(watch);
  }

  /// A sync that only says so: the planted lie that a power cut must bring to light.
  void lie_about_sync(bool lie) { lies_ = lie; }

  /// All that lies there now is on the disk, also what was put there by other ways.
  void settle() { files_.clear(); }

  /// The power goes: nothing works any more until it comes back.
  void cut_power() { dead_ = true; }
  [[nodiscard]] bool dead() const { return dead_; }
  /// How many accesses came to harm so far.
  [[nodiscard]] std::int64_t harms() const { return harms_; }

  /// The power is back. Of what was not synced, each sector of the files of `folder` may be new, old or torn.
  /// Every connection must be closed.
  void restore_power(const std::string& folder, std::mt19937_64& random);

  // ---- for the file layer ------------------------------------------------------------------------
  using Inode = std::pair<std::uint64_t, std::uint64_t>;

  /// One access at a time, whichever thread it comes from.
  [[nodiscard]] std::unique_lock<std::recursive_mutex> hold() { return std::unique_lock(mutex_); }
  [[nodiscard]] Harm before(Access access, std::string_view file);
  [[nodiscard]] Harm before_read(std::string_view file);
  void flip(std::span<char> bytes);
  void after(Access access, std::string_view file);
  [[nodiscard]] bool lies() const { return lies_; }
  [[nodiscard]] std::shared_ptr<Unsynced> unsynced(const std::string& path);
  [[nodiscard]] sqlite3_vfs* real() const { return real_; }

 private:
  std::string name_;
  sqlite3_vfs* real_;
  sqlite3_vfs layer_{};
  std::recursive_mutex mutex_;
  Watch watch_;
  Watch watch_reads_;
  std::mt19937_64 flips_{20261123};
  std::atomic<bool> dead_ = false;
  std::atomic<std::int64_t> harms_ = 0;
  bool lies_ = false;
  std::map<Inode, std::shared_ptr<Unsynced>> files_;
};

}  // namespace fault
