// How far the journal had come, kept in a file beside it: a copy from earlier that is put in its place is
// known by it, and must not let rights be used again that were used meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace syncing {

/// Written after each commit and never synced: after a power cut it may be behind the journal, never ahead.
class Mark {
 public:
  explicit Mark(const std::filesystem::path& file);
  ~Mark();
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;

  /// The newest entry that the journal had: of the journal of that name, its number, its leaf's hash in hex
  /// digits, and the highest number given to an event that
  /// names a right. An old copy that has grown since has another leaf of
  /// that number.
  struct Entry {
    std::string journal_id;
    std::int64_t number = 0;
    std::string leaf;
    std::int64_t events = 0;
    bool operator==(const Entry&) const = default;
  };

  [[nodiscard]] const std::optional<Entry>& newest() const { return newest_; }
  void set(Entry newest);

 private:
  int handle_;
  std::optional<Entry> newest_;
};

}  // namespace syncing
