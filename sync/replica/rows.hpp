// Changes of the platform's stream as rows of the replica, and rows back as the records of a decision.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gate/core/records.hpp"
#include "gate/core/result.hpp"
#include "sync/replica/denials.hpp"
#include "sync/replica/seal.hpp"
#include "sync/replica/stand.hpp"
#include "sync/replica/tally.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/changes.hpp"

namespace syncing::replica {

/// Changes in a row and the numbers they are counted under.
struct Numbered {
  std::int64_t epoch;
  std::int64_t first;
  std::int64_t step;  // 1 in the stream, -1 within a snapshot
  std::span<const ReadChange> list;
};

/// Applies changes, also those that could not be read: they are parked, and the rows they name are dirty.
/// `denying` follows every row that denies. Inside a transaction of the caller; throws SQLite::Exception.
void apply(Connection& replica, const RowKey& key, Tally& denying, const Numbered& changes);

/// How far the content goes, sealed together with what denies. In the same transaction as what it covers.
void write_stand(Connection& replica, const RowKey& key, const Tally& denying, const Stand& stand);

/// What the file says of its stand, and everything that denies.
struct Loaded {
  Stand stand;
  Denials denials;
  Tally denying;
};

/// Fault::corrupt: the seal of the stand does not cover what is there, or a row cannot be read. Throws
/// SQLite::Exception.
[[nodiscard]] core::Result<Loaded> load(Connection& replica, const RowKey& key);

/// The first right, appointment or driver that is not as it was written, or that its look-ups do not find; ''
/// where there is none. Reads every row. Throws SQLite::Exception.
[[nodiscard]] std::string unsound(Connection& replica, const RowKey& key);

// The rows that deny, as a tally takes them.
void toggle_use(Tally& denying, const RowKey& key, std::string_view release_id,
                std::string_view equipment_number, std::string_view stay_number);
void toggle_unnamed(Tally& denying, const RowKey& key, std::string_view equipment_number,
                    std::string_view stay_number, int flags);

/// Sets `corrupt` where a row fails its seal or cannot be read; that row is left out.
struct Check {
  const RowKey& key;
  bool corrupt = false;
};

inline constexpr const char* kRightColumns = "release_id, equipment_number, stay_number, flags, body, seal";
inline constexpr const char* kAppointmentColumns = "tar, dirty, body, seal";
inline constexpr const char* kDriverColumns = "driver_id_hash, dirty, body, seal";

[[nodiscard]] std::optional<core::ReleaseRight> right_of(SQLite::Statement& row, Check& check);
/// The seal alone.
[[nodiscard]] bool is_sealed_right(SQLite::Statement& row, const RowKey& key);
[[nodiscard]] std::optional<core::Appointment> appointment_of(SQLite::Statement& row, Check& check);
[[nodiscard]] std::optional<core::Driver> driver_of(SQLite::Statement& row, Check& check);

}  // namespace syncing::replica
