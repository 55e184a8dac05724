#include "sync/replica/rows.hpp"

#include <algorithm>

#include "gate/canon/canon.hpp"

namespace syncing::replica {
namespace {

bool sealed(SQLite::Statement& row, int column, const std::vector<unsigned char>& seal) {
  const std::string_view stored = bytes_of(row.getColumn(column));
  return stored.size() == seal.size() &&
         std::equal(seal.begin(), seal.end(), reinterpret_cast<const unsigned char*>(stored.data()));
}

/// The record in `body`, where its seal holds.
template <class Record>
std::optional<Record> record_of(SQLite::Statement& row, int body, Check& check, bool seal_holds) {
  if (seal_holds) {
    auto record = canon::read<Record>(bytes_of(row.getColumn(body)));
    if (record) return std::move(*record);
  }
  check.corrupt = true;
  return std::nullopt;
}

/// Name, whether it is dirty, body and seal.
bool is_sealed(SQLite::Statement& row, std::string_view table, const RowKey& key) {
  return sealed(row, 3,
                seal_row(key, {table, bytes_of(row.getColumn(0)), bytes_of(row.getColumn(1)),
                               bytes_of(row.getColumn(2))}));
}

core::RightState state_of(int flags) {
  if (flags & 8) return core::RightState::deleted;
  if (flags & 4) return core::RightState::revoked;
  if (flags & 2) return core::RightState::blocked;
  if (flags & 1) return core::RightState::dirty;
  return core::RightState::active;
}

}  // namespace

bool is_sealed_right(SQLite::Statement& row, const RowKey& key) {
  return sealed(
      row, 5,
      seal_row(key, {"right", bytes_of(row.getColumn(0)), bytes_of(row.getColumn(1)),
                     bytes_of(row.getColumn(2)), bytes_of(row.getColumn(3)), bytes_of(row.getColumn(4))}));
}

std::optional<core::ReleaseRight> right_of(SQLite::Statement& row, Check& check) {
  auto right = record_of<core::ReleaseRight>(row, 4, check, is_sealed_right(row, check.key));
  if (right) right->state = state_of(row.getColumn(3).getInt());
  return right;
}

std::optional<core::Appointment> appointment_of(SQLite::Statement& row, Check& check) {
  auto appointment = record_of<core::Appointment>(row, 2, check, is_sealed(row, "appointment", check.key));
  if (appointment) appointment->dirty = row.getColumn(1).getInt() != 0;
  return appointment;
}

std::optional<core::Driver> driver_of(SQLite::Statement& row, Check& check) {
  auto driver = record_of<core::Driver>(row, 2, check, is_sealed(row, "driver", check.key));
  if (driver) driver->dirty = row.getColumn(1).getInt() != 0;
  return driver;
}

}  // namespace syncing::replica
