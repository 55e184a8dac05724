// Reading journal.db beside its writer: open visits and claims for a decision, passages for the console,
// events for the platform. Thread-safe; sees what is committed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gate/audit/leaf.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/result.hpp"
#include "gate/core/visit.hpp"
#include "gate/ports/backlog.hpp"
#include "sync/journal/holdings.hpp"
#include "sync/journal/rows.hpp"
#include "sync/position.hpp"
#include "sync/store/database.hpp"

namespace syncing {

struct OutboxCounts {
  std::int64_t pending = 0;
  std::int64_t parked = 0;
  std::int64_t last = 0;      // the highest number given; 0: none
  std::int64_t findings = 0;  // that nobody has dealt with yet
};

/// A claim that was granted on data which were not online, with whom it was granted to.
struct OfflineClaim {
  core::Claim claim;
  std::optional<std::string> driver_id_hash;
  std::string plate;
};

class JournalReader {
 public:
  [[nodiscard]] static core::Result<std::unique_ptr<JournalReader>> open(const std::filesystem::path& file,
                                                                         const FileLayer& layer = {});

  /// From now on what is read must be what was written, and what is held must be found; damage is noted
  /// there. A claim that is not what was written holds its right and lets nobody pass; such a visit is left
  /// out.
  void watch(std::shared_ptr<Holdings> holdings) { holdings_ = std::move(holdings); }

  /// Open ones (admitted, inside, interrupted) of this plate, a plate near it, or one of these drivers.
  [[nodiscard]] core::Result<std::vector<core::Visit>> open_visits(const std::optional<std::string>& plate,
                                                                   const std::vector<std::string>& drivers);

  /// Those not released, by releaseId or by container stay.
  [[nodiscard]] core::Result<std::vector<core::Claim>> claims(
      const std::vector<std::string>& release_ids,
      const std::vector<std::pair<std::string, std::string>>& stays);

  [[nodiscard]] core::Result<std::vector<core::PassageRecord>> passages(int limit, const std::string& before);
  [[nodiscard]] core::Result<core::PassageRecord> passage(const std::string& id);
  [[nodiscard]] core::Result<std::vector<std::string>> cases(const std::string& passage);

  /// Events of the journal in use without a receipt with a number above `after`, in order.
  [[nodiscard]] core::Result<std::vector<NumberedEvent>> pending(std::int64_t after, int limit);
  [[nodiscard]] core::Result<OutboxCounts> outbox();
  /// All but the journal's id; see ports::Backlog.
  [[nodiscard]] core::Result<ports::OutboxReport> outbox_report(int limit);

  /// See ports::Backlog.
  [[nodiscard]] core::Result<ports::FindingsReport> findings(int limit);
  /// The event of an open one. Fault::not_found.
  [[nodiscard]] core::Result<core::GateEvent> finding(const std::string& ulid);

  /// Of the audit log of that journal, in order, those with a number above `after`; none of one that is not
  /// in the file.
  [[nodiscard]] core::Result<std::vector<audit::Leaf>> leaves(const std::string& log, std::int64_t after,
                                                              int limit);
  /// The newest first.
  [[nodiscard]] core::Result<std::vector<std::string>> checkpoints(const std::string& log, int limit);

  [[nodiscard]] core::Result<std::vector<OfflineClaim>> unreconciled(int limit);

 private:
  explicit JournalReader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  template <class Answer, class Work>
  core::Result<Answer> answer(const char* doing, const Work& work);
  /// `missing`: something that must be there was not found. Looks again, with nothing being written
  /// meanwhile, before that is damage.
  template <class Answer, class Look, class Missing>
  core::Result<Answer> watched(const char* doing, const Look& look, const Missing& missing);
  bool sound(bool (*is_sound)(const RowKey&, SQLite::Statement&), SQLite::Statement& row);

  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
  std::shared_ptr<Holdings> holdings_;
};

}  // namespace syncing
