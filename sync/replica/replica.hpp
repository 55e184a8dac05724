// replica.db: what the platform last told this terminal. Derived, replaceable, complete or not used.
//
// A snapshot is built in a new file beside the old one and renamed over it: a build that fails, or a power
// cut in the middle, cannot touch what is in use, and damage in the old file goes with the old file.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/backlog.hpp"
#include "sync/position.hpp"
#include "sync/replica/denials.hpp"
#include "sync/replica/seal.hpp"
#include "sync/replica/stand.hpp"
#include "sync/replica/tally.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

/// Where the rows of a snapshot are stored: before add_to_snapshot returns, or on a thread of its own while
/// the next part is taken apart.
enum class Building { at_once, aside };

struct ReplicaCounts {
  std::int64_t rights = 0;
  std::int64_t parked = 0;  // changes that could not be applied and whose row was not put right since
};

class Replica {
 public:
  /// Opens or creates; see inspect(). A file that is damaged, edited, newer or none of ours is set aside
  /// (name + ".bad") and an empty replica takes its place; `set_aside` says why. Fault::broken: not even that
  /// worked.
  [[nodiscard]] static core::Result<std::unique_ptr<Replica>> open(std::filesystem::path file, RowKey key,
                                                                   FileLayer layer = {},
                                                                   Building building = Building::at_once);
  ~Replica();

  [[nodiscard]] const std::string& set_aside() const { return set_aside_; }

  // ---- the writer's thread -----------------------------------------------------------------------

  /// Changes and position in one transaction. Fault::refused where the batch does not follow on what is
  /// there: nothing was kept. Changes already applied are skipped.
  [[nodiscard]] core::Result<void> apply(const Batch& batch);

  /// The content is proven as of then. Never moves back.
  [[nodiscard]] core::Result<void> prove(core::WallTime as_of);

  /// It was not: nothing is proven until the next proof.
  [[nodiscard]] core::Result<void> disprove();

  /// A new, empty file beside the replica; what an earlier build left is thrown away.
  [[nodiscard]] core::Result<void> begin_snapshot();
  /// One part at a time is stored aside: the next one waits for it, and gives its error.
  [[nodiscard]] core::Result<void> add_to_snapshot(std::int64_t epoch, std::vector<ReadChange> changes);
  /// Swaps the finished snapshot in. On an error the old replica is still in use. `vouched`: as of Stand.
  [[nodiscard]] core::Result<void> finish_snapshot(const SnapshotManifest& manifest,
                                                   const std::string& vouched = {});

  // ---- any thread --------------------------------------------------------------------------------

  [[nodiscard]] Stand stand() const;
  [[nodiscard]] ReplicaCounts counts() const;

  /// Looks the whole file through, which open() does not wait for: a row is checked when it is read, and what
  /// denies is checked at once. Fault::corrupt: it is damaged and to be replaced by a snapshot.
  [[nodiscard]] core::Result<void> inspect(const std::atomic<bool>& stop) const;
  /// At most `limit` (1 to 500) of the changes that were parked; see ports::Backlog.
  [[nodiscard]] core::Result<ports::ParkedReport> parked(int limit) const;

  /// `as_of` of a record that does not state its own is that of the replica.
  /// Fault::corrupt: a row failed its seal, or an index hides a right that is there. Appointments: by TAR
  /// whenever it is; by plate (near ones too) and driver with a slot within a day of `around`.
  [[nodiscard]] core::Result<std::vector<core::Appointment>> appointments(
      const std::optional<std::string>& tar, const std::optional<std::string>& plate,
      const std::vector<std::string>& drivers, core::WallTime around);
  [[nodiscard]] core::Result<std::vector<core::Driver>> drivers(const std::string& credential_hash);
  [[nodiscard]] core::Result<std::vector<core::ReleaseRight>> rights(
      const std::vector<std::string>& release_ids, const std::vector<std::string>& equipment_numbers);
  [[nodiscard]] std::vector<core::Restriction> restrictions(const Named& named) const;
  [[nodiscard]] Unreadable unreadable() const;

 private:
  Replica(std::filesystem::path file, RowKey key, FileLayer layer, Building building)
      : file_(std::move(file)), key_(std::move(key)), layer_(std::move(layer)), building_(building) {}

  [[nodiscard]] core::Result<void> connect();
  void disconnect();
  [[nodiscard]] std::set<std::pair<std::int64_t, std::string>> near(const std::string& plate,
                                                                    core::WallTime around) const;
  [[nodiscard]] bool doubtful(const core::ReleaseRight& right) const;
  [[nodiscard]] bool may_be_hidden(const core::ReleaseRight& right) const;
  /// Throws where the file could not be opened again after a swap.
  [[nodiscard]] Connection& reader() const;
  [[nodiscard]] Connection& writer() const;
  [[nodiscard]] core::Result<void> load_memory();
  [[nodiscard]] core::Result<void> learn_denials();
  [[nodiscard]] core::Result<void> store(std::int64_t epoch, const std::vector<ReadChange>& changes);
  /// Waits for the part that is stored aside, if any. On its error the build is given up.
  [[nodiscard]] core::Result<void> stored();
  [[nodiscard]] core::Result<void> note_age(std::optional<core::WallTime> as_of);
  [[nodiscard]] core::Result<void> rename_over();

  const std::filesystem::path file_;
  const RowKey key_;
  const FileLayer layer_;
  const Building building_;
  std::string set_aside_;
  std::unique_ptr<Connection> writer_;
  Tally denying_;  // of every row that denies; the writer's thread

  // The snapshot that is built; of the thread aside while a part is stored there.
  std::unique_ptr<Connection> build_;
  std::int64_t built_ = 0;
  Tally build_denying_;
  std::future<core::Result<void>> storing_;

  std::atomic<int> swaps_ = 0;

  mutable std::mutex counting_;  // guards counter_, and swapping
  mutable std::unique_ptr<Connection> counter_;

  mutable std::mutex mutex_;  // guards all below, and swapping
  std::unique_ptr<Connection> reader_;
  Denials denials_;
  Stand stand_;
};

}  // namespace syncing
