// How far the journal had come, and what it does not know, kept in a file beside it: a copy from earlier that
// is put in its place is known by it, and must not let rights be used again that were used meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/result.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

/// Written after each commit: after a power cut it may be behind the journal, never ahead. It is synced where
/// the journal's name or what it lacks is new, and not otherwise. One line for the newest entry, with a check
/// over the whole, and one for each journal that it lacks; an older version's has the first line alone,
/// without check.
class Mark {
 public:
  /// Creates the file where there is none.
  explicit Mark(const std::filesystem::path& file);
  ~Mark();
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;

  /// The newest entry that the journal had: of the journal of that name, its number (0: none yet), its leaf's
  /// hash in hex digits, and the highest number given to an event that names a right. An old copy that has
  /// grown since has another leaf of that number.
  struct Entry {
    std::string journal_id;
    std::int64_t number = 0;
    std::string leaf;
    std::int64_t events = 0;
  };

  enum class Found {
    nothing,     // no file, or one that was never written
    unreadable,  // torn, damaged, or not to be opened: whatever it said is not known
    mark
  };
  /// What was there when it was opened.
  [[nodiscard]] Found found() const { return found_; }
  [[nodiscard]] const Entry& newest() const { return newest_; }
  /// What that journal had not been told yet, beyond what it knew itself.
  [[nodiscard]] const std::vector<EventsUpTo>& lacks() const { return lacks_; }

  /// Fault::broken: the disk did not take it.
  [[nodiscard]] core::Result<void> set(Entry newest, std::vector<EventsUpTo> lacks);

 private:
  void read();

  std::filesystem::path file_;
  int handle_;
  int error_ = 0;  // why it could not be opened
  Found found_ = Found::unreadable;
  Entry newest_;
  std::vector<EventsUpTo> lacks_;
  std::size_t size_ = 0;  // of the file, as far as it was written here
  bool synced_ = false;   // the name and the lacks that stand here are on the disk
};

}  // namespace syncing
