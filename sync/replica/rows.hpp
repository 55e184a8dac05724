// One change of the platform's stream as rows of the replica, and rows back as the records of a decision.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gate/core/records.hpp"
#include "gate/core/result.hpp"
#include "sync/replica/seal.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/changes.hpp"

namespace syncing::replica {

/// Applies one change, also one that could not be read: that one is parked, and the row it names is dirty.
/// Inside a transaction of the caller; throws SQLite::Exception.
void apply(Connection& replica, const RowKey& key, std::int64_t epoch, std::int64_t sequence,
           const ReadChange& change);

/// Sets `corrupt` where a row fails its seal or cannot be read; that row is left out.
struct Check {
  const RowKey& key;
  bool corrupt = false;
};

inline constexpr const char* kRightColumns = "release_id, equipment_number, stay_number, flags, body, seal";
inline constexpr const char* kAppointmentColumns = "tar, dirty, body, seal";
inline constexpr const char* kDriverColumns = "driver_id_hash, dirty, body, seal";

[[nodiscard]] std::optional<core::ReleaseRight> right_of(SQLite::Statement& row, Check& check);
[[nodiscard]] std::optional<core::Appointment> appointment_of(SQLite::Statement& row, Check& check);
[[nodiscard]] std::optional<core::Driver> driver_of(SQLite::Statement& row, Check& check);

}  // namespace syncing::replica
