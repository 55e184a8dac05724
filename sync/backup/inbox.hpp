// The folder that back-up files are put into: taken one by one, then moved aside with what became of them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "gate/core/moment.hpp"

namespace syncing {

/// A finished file is named *.gatebackup (and begins with no dot) and was the same at two looks; whatever
/// else lies there is left alone, *.part above all. Every call blocks on the disk for a moment.
class Inbox {
 public:
  explicit Inbox(std::filesystem::path folder);

  /// A finished file, the first by name; nullopt: none.
  [[nodiscard]] std::optional<std::filesystem::path> next();

  /// Moves it to taken/ or refused/, with `why` in a text beside it (NAME.why); the newest `kept` files stay
  /// in each. Where it cannot be moved, it is not offered again before it has changed.
  void put_away(const std::filesystem::path& file, bool taken, const std::string& why);

  static constexpr std::size_t kept = 8;

 private:
  /// What a look at a file saw.
  struct Seen {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type written;
    bool done = false;  // came to an end, and could not be moved
    bool operator==(const Seen&) const = default;
  };

  void thin_out(const std::filesystem::path& folder) const;

  std::filesystem::path folder_;
  std::map<std::string, Seen> seen_;  // by name, at the last look
};

}  // namespace syncing
