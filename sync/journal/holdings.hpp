// What the journal must hold, by its names, and whether it still does. In memory: a row that a damaged index
// no longer finds, or that is gone, is missed when somebody asks for it.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "gate/core/visit.hpp"
#include "sync/replica/seal.hpp"

namespace syncing {

/// Shared by the writer and the reader of one journal. Thread-safe. Two words of memory for each name of a
/// claim.
class Holdings {
 public:
  explicit Holdings(RowKey key) : key_(std::move(key)) {}

  [[nodiscard]] const RowKey& key() const { return key_; }

  // ---- the writer's thread -----------------------------------------------------------------------

  /// A claim that is not released, a visit that is open.
  void hold(const core::Claim& claim) { count(claim, 1); }
  void drop(const core::Claim& claim) { count(claim, -1); }
  void hold(const core::Visit& visit);
  void drop(const core::Visit& visit);

  /// Held while the names and the file change together: who misses a row asks again under it.
  [[nodiscard]] std::mutex& settling() { return settling_; }

  // ---- any thread --------------------------------------------------------------------------------

  [[nodiscard]] bool holds_right(const std::string& release_id) const;
  [[nodiscard]] bool holds_visit(const std::string& id) const;
  [[nodiscard]] bool holds_stay(const std::string& equipment_number, const std::string& stay_number) const;
  /// Ids of the open visits of this plate, or of one near it, and of these drivers.
  [[nodiscard]] std::vector<std::string> visits(const std::optional<std::string>& plate,
                                                const std::vector<std::string>& drivers) const;

  /// Something is not what was written. It stays said until a restart finds the file sound; the first thing
  /// found is kept.
  void damaged(const std::string& what);
  [[nodiscard]] bool sound() const { return sound_; }
  [[nodiscard]] std::string damage() const;

 private:
  struct Names {
    std::string plate;
    std::optional<std::string> driver_id_hash;
  };

  void count(const core::Claim& claim, int by);
  void count(std::uint64_t name, int by);
  [[nodiscard]] std::uint64_t name_of(std::string_view kind, std::string_view a,
                                      std::string_view b = {}) const;
  [[nodiscard]] bool holds(std::uint64_t name) const;

  const RowKey key_;
  std::mutex settling_;
  std::atomic<bool> sound_ = true;
  mutable std::mutex mutex_;                                        // guards all below
  boost::unordered_flat_map<std::uint64_t, std::uint32_t> claims_;  // by keyed hashes of their names
  std::map<std::string, Names> visits_;
  std::string damage_;
};

}  // namespace syncing
