// The replica's side of gathering a dossier: indexed look-ups on the reading connection.
#include <algorithm>
#include <set>

#include "gate/core/plate.hpp"
#include "sync/proof.hpp"
#include "sync/replica/replica.hpp"
#include "sync/replica/rows.hpp"

namespace syncing {
namespace {

/// Slots further away than this from the first detection are of no interest to a decision.
constexpr core::Milliseconds kAround = std::chrono::hours(24);

core::Error damaged() { return {core::Fault::corrupt, "a row of the replica failed its check"}; }

}  // namespace

/// Every row is passed by, which takes a while where there are a million: no truck waits for it.
ReplicaCounts Replica::counts() const {
  const std::lock_guard lock(counting_);
  try {
    if (!counter_) {
      auto opened = open_reader(file_, layer_);
      if (!opened) return {};
      counter_ = std::move(*opened);
    }
    return {.rights = counter_->number("SELECT count(*) FROM rights"),
            .parked = counter_->number("SELECT count(*) FROM parked")};
  } catch (const std::exception&) {
    return {};
  }
}

core::Result<ports::ParkedReport> Replica::parked(int limit) const {
  if (limit < 1 || limit > 500) return core::fail(core::Fault::malformed, "limit: 1 to 500 allowed");
  const std::lock_guard lock(mutex_);
  ports::ParkedReport report;
  const auto take = [&report](SQLite::Statement& row) {
    ports::ParkedChange change;
    change.epoch = row.getColumn(0).getInt64();
    const std::int64_t sequence = row.getColumn(1).getInt64();  // below 0: counted within a snapshot
    (sequence < 0 ? change.in_snapshot : change.sequence) = sequence < 0 ? -sequence : sequence;
    change.kind = row.getColumn(2).getString();
    change.key = row.getColumn(3).getString();
    change.reason = row.getColumn(4).getString();
    report.changes.push_back(std::move(change));
  };
  try {
    report.total = reader().number("SELECT count(*) FROM parked");
    reader().each(
        "SELECT epoch, sequence, kind, id, reason FROM parked ORDER BY epoch DESC, sequence DESC LIMIT ?",
        take, limit);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "listing parked changes"));
  }
  return report;
}

/// The appointments of this plate, and of plates near it, in the order of their slots.
std::set<std::pair<std::int64_t, std::string>> Replica::near(const std::string& plate,
                                                             core::WallTime around) const {
  std::set<std::pair<std::int64_t, std::string>> found;
  for (const auto& key : core::near_keys(plate))
    reader().each(
        "SELECT tar, slot_to, tractor_plate FROM near_plates JOIN appointments USING (tar) "
        "WHERE near_key = ? AND slot_to >= ? AND slot_from <= ?",
        [&found, &plate](SQLite::Statement& row) {
          if (core::near_plates(plate, row.getColumn(2).getString()))
            found.emplace(row.getColumn(1).getInt64(), row.getColumn(0).getString());
        },
        key, around - kAround, around + kAround);
  return found;
}

core::Result<std::vector<core::Appointment>> Replica::appointments(const std::optional<std::string>& tar,
                                                                   const std::optional<std::string>& plate,
                                                                   const std::vector<std::string>& drivers,
                                                                   core::WallTime around) {
  const std::lock_guard lock(mutex_);
  replica::Check check{key_};
  std::vector<core::Appointment> found;
  std::set<std::string> seen;
  const auto take = [this, &found, &seen, &check](SQLite::Statement& row) {
    auto appointment = replica::appointment_of(row, check);
    if (!appointment || !seen.insert(appointment->tar).second) return;
    if (appointment->as_of == core::WallTime{} && stand_.as_of) appointment->as_of = *stand_.as_of;
    found.push_back(std::move(*appointment));
  };
  try {
    const char* by_tar = "SELECT tar, dirty, body, seal FROM appointments WHERE tar = ?";
    if (tar) reader().each(by_tar, take, *tar);
    if (plate)
      for (const auto& one : near(*plate, around)) reader().each(by_tar, take, one.second);
    for (const auto& driver : drivers)
      reader().each(
          "SELECT tar, dirty, body, seal FROM appointments WHERE driver_id_hash = ? AND slot_to >= ? AND "
          "slot_from <= ?",
          take, driver, around - kAround, around + kAround);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "looking up appointments"));
  }
  if (check.corrupt) return tl::unexpected(damaged());
  return found;
}

core::Result<std::vector<core::Driver>> Replica::drivers(const std::string& credential_hash) {
  const std::lock_guard lock(mutex_);
  replica::Check check{key_};
  std::vector<core::Driver> found;
  try {
    reader().each(
        "SELECT d.driver_id_hash, d.dirty, d.body, d.seal FROM credentials c JOIN drivers d USING "
        "(driver_id_hash) "
        "WHERE c.credential_hash = ?",
        [this, &found, &check](SQLite::Statement& row) {
          auto driver = replica::driver_of(row, check);
          if (!driver) return;
          if (driver->as_of == core::WallTime{} && stand_.as_of) driver->as_of = *stand_.as_of;
          found.push_back(std::move(*driver));
        },
        credential_hash);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "looking up drivers"));
  }
  if (check.corrupt) return tl::unexpected(damaged());
  return found;
}

/// A right whose stay the platform has yet to tell may be the very one that was blocked, or used elsewhere,
/// by container stay: unless another right is known to be of that stay, it is not trusted until its stay
/// comes.
bool Replica::doubtful(const core::ReleaseRight& right) const {
  if (right.stay_number) return false;
  if (denials_.names_a_stay_alone(right.equipment_number)) return true;
  const auto used = denials_.stays_used(right.equipment_number);
  return std::any_of(used.begin(), used.end(), [this, &right](const std::string& stay) {
    return reader().number("SELECT count(*) FROM rights WHERE equipment_number = ? AND stay_number = ?",
                           right.equipment_number, stay) == 0;
  });
}

/// A block or use that names a stay finds its right through the index of stays alone. Where that does not
/// show this one, whatever was said so went past it; and so it did, also where the index is whole again by
/// now, where something is kept as said of this stay before it had a right: the right would have taken that
/// over.
bool Replica::may_be_hidden(const core::ReleaseRight& right) const {
  if (right.stay_number && denials_.is_unnamed(right.equipment_number, *right.stay_number)) return true;
  return reader().number(
             "SELECT count(*) FROM rights INDEXED BY rights_by_stay "
             "WHERE equipment_number = ? AND stay_number IS ? AND release_id = ?",
             right.equipment_number, right.stay_number, right.release_id) == 0;
}

core::Result<std::vector<core::ReleaseRight>> Replica::rights(
    const std::vector<std::string>& release_ids, const std::vector<std::string>& equipment_numbers) {
  const std::lock_guard lock(mutex_);
  replica::Check check{key_};
  std::vector<core::ReleaseRight> found;
  std::set<std::string> seen;
  const auto take = [this, &found, &seen, &check](SQLite::Statement& row) {
    auto right = replica::right_of(row, check);
    if (!right || !seen.insert(right->release_id).second) return;
    check.corrupt = check.corrupt || may_be_hidden(*right);
    right->used_elsewhere = denials_.used_elsewhere(*right);
    if (right->state == core::RightState::active && doubtful(*right)) right->state = core::RightState::dirty;
    // A complete stream proves whatever it does not change; a record may state an older proof of its own.
    // A newer one it cannot have.
    const auto unstated = [this](core::WallTime as_of) {
      return as_of == core::WallTime{} || as_of > *stand_.as_of + most_ahead;
    };
    if (stand_.as_of && unstated(right->as_of)) right->as_of = *stand_.as_of;
    if (stand_.as_of && right->driver_id_hash && unstated(right->assignment_as_of.value_or(core::WallTime{})))
      right->assignment_as_of = right->as_of;
    found.push_back(std::move(*right));
  };
  try {
    for (const auto& id : release_ids)
      reader().each(
          "SELECT release_id, equipment_number, stay_number, flags, body, seal FROM rights WHERE release_id "
          "= ?",
          take, id);
    for (const auto& number : equipment_numbers)
      reader().each(
          "SELECT release_id, equipment_number, stay_number, flags, body, seal FROM rights WHERE "
          "equipment_number = ?",
          take, number);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "looking up rights"));
  }
  if (check.corrupt) return tl::unexpected(damaged());
  return found;
}

std::vector<core::Restriction> Replica::restrictions(const Named& named) const {
  const std::lock_guard lock(mutex_);
  return denials_.naming(named);
}

Unreadable Replica::unreadable() const {
  const std::lock_guard lock(mutex_);
  return denials_.unreadable();
}

}  // namespace syncing
