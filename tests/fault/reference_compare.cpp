// A replica's file, row by row, against the reference.
#include "sync/replica/rows.hpp"
#include "tests/fault/reference.hpp"

namespace fault {
namespace {

/// The same keys with the same values.
template <class Map>
void compare(std::vector<std::string>& wrong, const char* what, const Map& is, const Map& ought) {
  if (is == ought) return;
  wrong.push_back(std::string(what) + ": " + std::to_string(is.size()) + " rows, " +
                  std::to_string(ought.size()) + " expected, or not the same");
}

std::string text_or_empty(SQLite::Statement& row, int column) {
  return syncing::text_or_null(row.getColumn(column)).value_or("");
}

}  // namespace

std::vector<std::string> Reference::differences(syncing::Connection& replica,
                                                const syncing::RowKey& key) const {
  std::vector<std::string> wrong;
  Reference is;
  syncing::replica::Check check{key};
  using syncing::replica::kAppointmentColumns;
  const auto select = [](const char* columns, const char* table) {
    return std::string("SELECT ") + columns + " FROM " + table;
  };
  replica.each(
      select(syncing::replica::kRightColumns, "rights").c_str(), [&is, &check](SQLite::Statement& row) {
        if (const auto right = syncing::replica::right_of(row, check))
          is.rights_[right->release_id] = {.stay = {right->equipment_number, right->stay_number.value_or("")},
                                           .text = right->release_identification.value_or(""),
                                           .flags = row.getColumn(3).getInt()};
      });
  replica.each(select(kAppointmentColumns, "appointments").c_str(), [&is, &check](SQLite::Statement& row) {
    if (const auto one = syncing::replica::appointment_of(row, check))
      is.appointments_[one->tar] = {.text = one->tractor_plate.value_or(""), .dirty = one->dirty};
  });
  replica.each(select(syncing::replica::kDriverColumns, "drivers").c_str(),
               [&is, &check](SQLite::Statement& row) {
                 if (const auto one = syncing::replica::driver_of(row, check))
                   is.drivers_[one->driver_id_hash] = {.text = one->mask, .dirty = one->dirty};
               });
  replica.each("SELECT equipment_number, stay_number, flags FROM unnamed_rights",
               [&is](SQLite::Statement& row) {
                 is.unnamed_[{text_or_empty(row, 0), text_or_empty(row, 1)}] = row.getColumn(2).getInt();
               });
  replica.each("SELECT kind, reference, subject, value FROM restrictions", [&is](SQLite::Statement& row) {
    is.restrictions_[{text_or_empty(row, 0), text_or_empty(row, 1)}] = {text_or_empty(row, 2),
                                                                        text_or_empty(row, 3)};
  });
  replica.each("SELECT release_id, equipment_number, stay_number FROM uses", [&is](SQLite::Statement& row) {
    is.uses_.emplace(text_or_empty(row, 0), text_or_empty(row, 1), text_or_empty(row, 2));
  });
  if (check.corrupt) wrong.emplace_back("a row fails its seal");
  compare(wrong, "rights", is.rights_, rights_);
  compare(wrong, "unnamed rights", is.unnamed_, unnamed_);
  compare(wrong, "appointments", is.appointments_, appointments_);
  compare(wrong, "drivers", is.drivers_, drivers_);
  compare(wrong, "restrictions", is.restrictions_, restrictions_);
  compare(wrong, "uses", is.uses_, uses_);
  return wrong;
}

}  // namespace fault
