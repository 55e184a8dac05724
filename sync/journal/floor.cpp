#include "sync/journal/floor.hpp"

#include <algorithm>

namespace syncing {

bool Floor::carries(const Position& at, const std::string& build) const {
  const bool is_vouched_for = vouched && vouched->build == build;
  return at >= (is_vouched_for ? vouched->position : position);
}

Floor Floor::raised(const Position& at, const std::string& build) const {
  if (at >= position) return {.position = at, .vouched = std::nullopt};
  Floor next = *this;
  if (next.vouched && next.vouched->build == build)
    next.vouched->position = std::max(next.vouched->position, at);
  return next;
}

std::string Floor::text() const {
  if (!vouched) return "";
  return vouched->build + ' ' + std::to_string(vouched->position.epoch) + ' ' +
         std::to_string(vouched->position.sequence);
}

Floor read_floor(Connection& journal) {
  const auto position_at = [](SQLite::Statement& row, int column) {
    return Position{row.getColumn(column).getInt64(), row.getColumn(column + 1).getInt64()};
  };
  Floor floor;
  journal.each("SELECT epoch, sequence FROM floor",
               [&](SQLite::Statement& row) { floor.position = position_at(row, 0); });
  journal.each("SELECT build, epoch, sequence FROM vouched", [&](SQLite::Statement& row) {
    floor.vouched = Vouched{row.getColumn(0).getString(), position_at(row, 1)};
  });
  return floor;
}

void write_floor(Connection& journal, const Floor& before, const Floor& after) {
  journal.run("UPDATE floor SET epoch = ?, sequence = ?", after.position.epoch, after.position.sequence);
  if (after.vouched == before.vouched) return;
  journal.run("DELETE FROM vouched");
  if (after.vouched)
    journal.run("INSERT INTO vouched (id, build, epoch, sequence) VALUES (1, ?, ?, ?)", after.vouched->build,
                after.vouched->position.epoch, after.vouched->position.sequence);
}

}  // namespace syncing
