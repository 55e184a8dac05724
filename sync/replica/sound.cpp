// Looking every row of the replica through: whether it is what was written, and whether look-ups find it.
#include <algorithm>

#include "gate/core/plate.hpp"
#include "sync/replica/rows.hpp"

namespace syncing::replica {
namespace {

std::string all_of(const std::string& columns, const std::string& table) {
  return "SELECT " + columns + " FROM " + table;
}

bool are_kept(Connection& replica, const char* count, const std::vector<std::string>& names,
              const std::string& id) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return replica.number(count, name, id) == 1; });
}

bool is_other(const SQLite::Column& column, core::WallTime time) {
  return column.getInt64() != time.time_since_epoch().count();
}

std::string unsound_rights(Connection& replica, Check& check) {
  std::string found;
  replica.each(all_of(kRightColumns, "rights").c_str(), [&check, &found](SQLite::Statement& row) {
    if (found.empty() && !is_sealed_right(row, check.key))
      found = "the right " + row.getColumn(0).getString() + " fails its check";
  });
  return found;
}

/// The seal covers the record. Slot, plate and driver stand beside it once more, to be looked up by.
std::string unsound_appointments(Connection& replica, Check& check) {
  const std::string columns =
      kAppointmentColumns + std::string(", slot_from, slot_to, tractor_plate, driver_id_hash");
  std::string found;
  replica.each(all_of(columns, "appointments").c_str(), [&replica, &check, &found](SQLite::Statement& row) {
    if (!found.empty()) return;
    const std::string tar = row.getColumn(0).getString();
    const auto appointment = appointment_of(row, check);
    if (!appointment)
      found = "the appointment " + tar + " fails its check";
    else if (is_other(row.getColumn(4), appointment->slot_from) ||
             is_other(row.getColumn(5), appointment->slot_to) ||
             text_or_null(row.getColumn(6)) != appointment->tractor_plate ||
             text_or_null(row.getColumn(7)) != appointment->driver_id_hash ||
             (appointment->tractor_plate &&
              !are_kept(replica, "SELECT count(*) FROM near_plates WHERE near_key = ? AND tar = ?",
                        core::near_keys(*appointment->tractor_plate), tar)))
      found = "a look-up does not find the appointment " + tar;
  });
  return found;
}

std::string unsound_drivers(Connection& replica, Check& check) {
  std::string found;
  replica.each(all_of(kDriverColumns, "drivers").c_str(), [&replica, &check, &found](SQLite::Statement& row) {
    if (!found.empty()) return;
    const std::string id = row.getColumn(0).getString();
    const auto driver = driver_of(row, check);
    if (!driver)
      found = "the driver " + id + " fails its check";
    else if (!are_kept(replica,
                       "SELECT count(*) FROM credentials WHERE credential_hash = ? AND "
                       "driver_id_hash = ?",
                       driver->credential_hashes, id))
      found = "a look-up does not find the driver " + id + " by every badge";
  });
  return found;
}

}  // namespace

std::string unsound(Connection& replica, const RowKey& key) {
  Check check{key};
  for (const auto look : {unsound_rights, unsound_appointments, unsound_drivers})
    if (auto found = look(replica, check); !found.empty()) return found;
  return {};
}

}  // namespace syncing::replica
