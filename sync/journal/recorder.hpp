// What the link has to say for itself (modes, alarms, reconciliation) on its way into the journal: kept in
// order while the disk refuses it, and written with its own time once the disk takes it again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/core/result.hpp"
#include "sync/journal/writer.hpp"

namespace syncing {

/// In memory: a stop takes along what still waits.
class Recorder {
 public:
  /// So many events wait at most, the first ones: at one a minute those of half a day. What comes on top is
  /// counted, and the event that follows them says how many are missing and of what time.
  static constexpr std::size_t most = 720;

  explicit Recorder(JournalWriter& writer) : writer_(writer) {}

  /// Any thread.
  void add(std::vector<core::GateEvent> events);
  [[nodiscard]] bool waits() const;

  /// All that waits, as one entry; on the writer's thread. Fault::broken: it goes on waiting.
  [[nodiscard]] core::Result<void> write();

 private:
  struct LeftOut {
    std::int64_t count = 0;
    core::WallTime since{};
    core::GateEvent last;
  };
  [[nodiscard]] static core::GateEvent told(const LeftOut& left_out);
  void take_back(LeftOut left_out);

  JournalWriter& writer_;
  bool refused_ = false;  // the last time; on the writer's thread
  mutable std::mutex mutex_;
  std::deque<core::GateEvent> waiting_;
  std::optional<LeftOut> left_out_;
};

}  // namespace syncing
