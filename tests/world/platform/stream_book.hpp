// What the platform says to a terminal: the content of its stream, and every batch of one epoch.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sync/wire/message.hpp"
#include "tests/world/day.hpp"

namespace world {

/// The changes that make these records.
[[nodiscard]] std::vector<syncing::Change> changes_of(const Records& records);

/// A script's change of a right, its `right` as it really stands (see right_at).
[[nodiscard]] syncing::Change change_of(const RightChange& change);

/// No I/O. Every change takes one sequence number.
class StreamBook {
 public:
  /// A new generation: what was said before no longer counts, the sequence starts at 0.
  void begin(std::int64_t epoch, std::vector<syncing::Change> records);

  /// Takes the changes over and numbers them. `changes` must not be empty.
  syncing::Batch append(const std::vector<syncing::Change>& changes);

  /// From number `first` on, in batches of at most `per_batch`; empty where nothing is that new.
  [[nodiscard]] std::vector<syncing::Batch> since(std::int64_t first, std::size_t per_batch = 500) const;

  /// The whole content as it stands now, for a snapshot.
  [[nodiscard]] std::vector<syncing::ReadChange> content() const;

  /// The rows that a refresh names, as they stand at `now`: proven to be so by the platform's answer.
  [[nodiscard]] std::vector<syncing::Change> named_by(const syncing::Refresh& refresh,
                                                      core::WallTime now) const;

  /// Whether the content has the row that this change would write.
  [[nodiscard]] bool has(const syncing::Change& change) const;

  [[nodiscard]] std::int64_t epoch() const { return epoch_; }
  [[nodiscard]] std::int64_t sequence() const { return static_cast<std::int64_t>(log_.size()); }

 private:
  void apply(const syncing::Change& change);

  std::int64_t epoch_ = 0;
  std::vector<syncing::Change> log_;
  std::map<std::pair<syncing::ChangeKind, std::string>, syncing::Change> rows_;
};

}  // namespace world
