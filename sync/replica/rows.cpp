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

/// The record in `body`, where the seal over `fields` holds.
template <class Record>
std::optional<Record> checked(SQLite::Statement& row, int body, int seal, Check& check,
                              std::initializer_list<std::string_view> fields) {
  if (sealed(row, seal, seal_row(check.key, fields))) {
    auto record = canon::read<Record>(bytes_of(row.getColumn(body)));
    if (record) return std::move(*record);
  }
  check.corrupt = true;
  return std::nullopt;
}

core::RightState state_of(int flags) {
  if (flags & 8) return core::RightState::deleted;
  if (flags & 4) return core::RightState::revoked;
  if (flags & 2) return core::RightState::blocked;
  if (flags & 1) return core::RightState::dirty;
  return core::RightState::active;
}

}  // namespace

std::optional<core::ReleaseRight> right_of(SQLite::Statement& row, Check& check) {
  auto right = checked<core::ReleaseRight>(
      row, 4, 5, check,
      {"right", bytes_of(row.getColumn(0)), bytes_of(row.getColumn(1)), bytes_of(row.getColumn(2)),
       bytes_of(row.getColumn(3)), bytes_of(row.getColumn(4))});
  if (right) right->state = state_of(row.getColumn(3).getInt());
  return right;
}

std::optional<core::Appointment> appointment_of(SQLite::Statement& row, Check& check) {
  auto appointment = checked<core::Appointment>(
      row, 2, 3, check,
      {"appointment", bytes_of(row.getColumn(0)), bytes_of(row.getColumn(1)), bytes_of(row.getColumn(2))});
  if (appointment) appointment->dirty = row.getColumn(1).getInt() != 0;
  return appointment;
}

std::optional<core::Driver> driver_of(SQLite::Statement& row, Check& check) {
  auto driver = checked<core::Driver>(
      row, 2, 3, check,
      {"driver", bytes_of(row.getColumn(0)), bytes_of(row.getColumn(1)), bytes_of(row.getColumn(2))});
  if (driver) driver->dirty = row.getColumn(1).getInt() != 0;
  return driver;
}

}  // namespace syncing::replica
