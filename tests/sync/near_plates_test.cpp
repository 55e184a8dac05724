// A truck's appointment is found by plates that could be taken for its own: through an index, and the same
// ones as by looking at every appointment.
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/core/plate.hpp"
#include "sync/replica/replica.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

/// Few letters, so that many plates are near one another; now and then none, or a very long one.
rc::Gen<std::string> plates() {
  const auto character = rc::gen::element<std::string>("0", "O", "1", "I", "B", "8", "A", "\xC3\x84");
  return rc::gen::map(rc::gen::mapcat(rc::gen::element<std::size_t>(0, 3, 6, 7, 7, 8, 9, 12, 20),
                                      [character](std::size_t size) {
                                        return rc::gen::container<std::vector<std::string>>(size, character);
                                      }),
                      [](const std::vector<std::string>& characters) {
                        std::string plate;
                        for (const auto& one : characters) plate += one;
                        return plate;
                      });
}

/// `plate` with up to two characters of ASCII changed.
std::string misread(std::string plate, int changes) {
  for (int i = 0; i < changes && !plate.empty(); ++i) {
    char& c = plate[*rc::gen::inRange<std::size_t>(0, plate.size())];
    if (static_cast<unsigned char>(c) < 128) c = *rc::gen::elementOf(std::string("0O1IB8A7"));
  }
  return plate;
}

core::Appointment appointment(int number, std::optional<std::string> plate, core::WallTime from) {
  core::Appointment appointment;
  appointment.tar = "T" + std::to_string(number);
  appointment.slot_from = from;
  appointment.slot_to = from + std::chrono::hours(1);
  appointment.tractor_plate = std::move(plate);
  return appointment;
}

class NearPlates {
 public:
  NearPlates() {
    open();
    SnapshotManifest manifest;
    manifest.epoch = 1;
    manifest.issued_at = manifest.source_as_of = at(0);
    RC_ASSERT(replica_->begin_snapshot().has_value());
    RC_ASSERT(replica_->finish_snapshot(manifest).has_value());
  }

  void put(const core::Appointment& appointment) {
    next(upsert(appointment));
    known_[appointment.tar] = appointment;
  }
  void erase(const std::string& tar) {
    next(change(ChangeKind::appointment, ChangeOp::erase, tar));
    known_.erase(tar);
  }

  /// What looking at every appointment finds.
  [[nodiscard]] std::set<std::string> by_looking(const std::string& plate, core::WallTime around) const {
    std::set<std::string> tars;
    for (const auto& [tar, one] : known_)
      if (one.tractor_plate && core::near_plates(plate, *one.tractor_plate) &&
          one.slot_to >= around - std::chrono::hours(24) && one.slot_from <= around + std::chrono::hours(24))
        tars.insert(tar);
    return tars;
  }
  [[nodiscard]] std::set<std::string> by_index(const std::string& plate, core::WallTime around) const {
    std::set<std::string> tars;
    const auto found = replica_->appointments({}, plate, {}, around).value();
    for (const auto& one : found) tars.insert(one.tar);
    return tars;
  }

  [[nodiscard]] std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    const auto file = open_reader(folder_ / "replica.db").value();
    file->each("SELECT near_key, tar FROM near_plates ORDER BY 1, 2", [&keys](SQLite::Statement& row) {
      keys.push_back(row.getColumn(0).getString() + " " + row.getColumn(1).getString());
    });
    return keys;
  }

  /// As the schema had it before there was this index, brought to that of today.
  void migrate_from_before() {
    replica_.reset();
    {
      SQLite::Database file((folder_ / "replica.db").string(), SQLite::OPEN_READWRITE);
      file.exec(
          "ALTER TABLE stand DROP COLUMN vouched;"
          "DROP TABLE unreadable_restrictions;"
          "DROP TABLE near_plates;"
          "CREATE INDEX appointments_by_slot ON appointments (slot_to, slot_from, tractor_plate);"
          "CREATE INDEX appointments_by_plate ON appointments (tractor_plate, slot_to);"
          "PRAGMA user_version = 3");
    }
    open();
  }

 private:
  void open() { replica_ = Replica::open(folder_ / "replica.db", RowKey(32, 7)).value(); }

  void next(Change change) {
    const auto sequence = replica_->stand().position.sequence + 1;
    Batch batch{.epoch = 1, .first = sequence, .last = sequence, .changes = {}};
    batch.changes.emplace_back(std::move(change));
    RC_ASSERT(replica_->apply(batch).has_value());
  }

  TempFolder folder_;
  std::unique_ptr<Replica> replica_;
  std::map<std::string, core::Appointment> known_;
};

RC_GTEST_PROP(NearPlates, AreFoundThroughTheIndexAsByLookingAtEveryAppointment, ()) {
  NearPlates here;
  std::vector<std::string> given;
  for (int i = 0; i < 30; ++i) {
    const int number = *rc::gen::inRange(0, 20);
    std::optional<std::string> plate = *plates();
    if (!given.empty() && *rc::gen::inRange(0, 2) == 0)
      plate = misread(*rc::gen::elementOf(given), *rc::gen::inRange(0, 3));
    given.push_back(*plate);
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        here.erase("T" + std::to_string(number));
        break;
      case 1:
        plate.reset();
        [[fallthrough]];
      default:
        here.put(appointment(number, plate, at(*rc::gen::inRange(-30, 30) * 3600)));
    }
  }
  for (const auto& one : given) {
    const std::string plate = misread(one, *rc::gen::inRange(0, 3));
    if (!plate.empty()) RC_ASSERT(here.by_index(plate, at(0)) == here.by_looking(plate, at(0)));
  }
}

RC_GTEST_PROP(NearPlates, AreIndexedWhenAnOlderReplicaIsOpenedAsIfTheyHadAlwaysBeen, ()) {
  NearPlates here;
  for (int i = 0; i < 20; ++i) here.put(appointment(i, *plates(), at(0)));
  const auto keys = here.keys();
  here.migrate_from_before();
  RC_ASSERT(here.keys() == keys);
}

RC_GTEST_PROP(NearPlates, LeaveNoKeyBehind, ()) {
  NearPlates here;
  for (int i = 0; i < 20; ++i) here.put(appointment(i % 5, *plates(), at(0)));
  for (int i = 0; i < 5; ++i) here.erase("T" + std::to_string(i));
  RC_ASSERT(here.keys().empty());
}

}  // namespace
