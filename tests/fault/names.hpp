// The names of files on a disk that loses power: a name that was made, moved or removed is only surely so
// once its folder was synced, and a file's bytes once the file was. SQLite's own bytes are the other layer's
// (disk.hpp).
//
// The system's calls of this process go through here: what happens is real at once, and remembered so that it
// can be undone in a copy.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <sys/stat.h>

#include "tests/fault/disk.hpp"
#include "tests/fault/reference.hpp"

namespace fault {

class Names {
 public:
  /// Watches everything under `root`; what lies there now is on the disk. `spare`: a folder of the same disk.
  /// One at a time, for one thread.
  Names(std::filesystem::path root, std::filesystem::path spare);
  ~Names();
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  /// Called before each call that changes a name or syncs: there the power may go.
  void watch(std::function<void()> watch) { watch_ = std::move(watch); }

  /// A folder's sync that only says so: what a power cut must bring to light.
  void lie_about_folders(bool lie) { lies_ = lie; }

  /// All that lies there now is on the disk.
  void settle();

  /// Copies to `image` what may lie on the disk if the power goes now.
  void image(const std::filesystem::path& image, Random& random);

  // ---- for the system's calls ----------------------------------------------------------------------
  [[nodiscard]] static Names* of(const std::filesystem::path& path);
  /// Before it happens; whether it did is told with done().
  void begin(const std::filesystem::path& from, const std::filesystem::path& to);
  void done(bool happened);
  void sync(const std::filesystem::path& what);

 private:
  /// `from` empty: made. `to` empty: removed. Both: moved.
  struct Change {
    std::filesystem::path from, to;
    std::filesystem::path kept;  // what stood where something was removed or moved to; empty: nothing
    [[nodiscard]] bool shares_name(const Change& other) const;
    [[nodiscard]] bool touches(const std::filesystem::path& folder) const;
  };
  using Inode = std::pair<dev_t, ino_t>;
  using Age = std::pair<off_t, std::int64_t>;

  void notice();
  void take_back(const Change& change, const std::filesystem::path& image, Loss loss, Random& random) const;
  void copy(const std::filesystem::path& from, const std::filesystem::path& to, Loss loss,
            Random& random) const;

  std::filesystem::path root_, spare_;
  std::function<void()> watch_;
  std::set<std::filesystem::path> known_;
  std::vector<Change> pending_;  // not yet surely on the disk, the oldest first
  std::map<Inode, Age> synced_;  // bytes as of then are on the disk
  Change current_;
  int spared_ = 0;
  bool lies_ = false;
};

}  // namespace fault
