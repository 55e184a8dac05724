#include <boost/describe/enum_to_string.hpp>

#include "gate/canon/canon.hpp"
#include "gate/core/plate.hpp"
#include "sync/replica/restrictions.hpp"
#include "sync/replica/rows.hpp"

namespace syncing::replica {
namespace {

enum Flag : int { kDirty = 1, kBlocked = 2, kRevoked = 4, kDeleted = 8 };

struct RightRow {
  std::string release_id;
  int flags = 0;
};

std::string stay_name(const std::optional<std::string>& equipment, const std::optional<std::string>& stay) {
  return equipment.value_or("") + '/' + stay.value_or("");
}

/// What a parked change is listed under.
std::string row_name(const ChangeKey& key) {
  return key.id.empty() ? stay_name(key.equipment_number, key.stay_number) : key.id;
}

class Applier {
 public:
  Applier(Connection& replica, const RowKey& key, Tally& denying)
      : db_(replica),
        key_(key),
        denying_(denying),
        any_unnamed_(replica.number("SELECT EXISTS (SELECT 1 FROM unnamed_rights)") != 0),
        any_parked_(replica.number("SELECT EXISTS (SELECT 1 FROM parked)") != 0) {}

  /// Applies it, or parks it; `sequence` is what it is counted under.
  void take(std::int64_t epoch, std::int64_t sequence, const ReadChange& change) {
    if (const auto* good = std::get_if<Change>(&change)) {
      (*this)(*good);
      if (any_parked_ && (good->op == ChangeOp::upsert || good->op == ChangeOp::erase)) unpark(*good);
    } else {
      park(epoch, sequence, std::get<ParkedChange>(change));
    }
  }

 private:
  void operator()(const Change& change) {
    switch (change.kind) {
      case ChangeKind::releaseRight:
        return right(change);
      case ChangeKind::appointment:
        return appointment(change);
      case ChangeKind::driver:
        return driver(change);
      case ChangeKind::ban:
      case ChangeKind::hold:
        return restriction(change);
      case ChangeKind::use:
        return use(change);
    }
  }

  /// The row that an unreadable change names is not trusted until it is put right.
  void mark_dirty(ChangeKind kind, const ChangeKey& key) {
    Change dirty;
    dirty.kind = kind;
    dirty.op = ChangeOp::dirty;
    dirty.key = key;
    const bool named = names_a_row(key);
    if (named && kind <= ChangeKind::driver) (*this)(dirty);
    // A use that cannot be read may be a use of just this right.
    dirty.kind = ChangeKind::releaseRight;
    if (named && kind == ChangeKind::use) (*this)(dirty);
  }

  /// The rights that a key means: by releaseId, or every one of the container stay.
  std::vector<RightRow> rights(const ChangeKey& key) {
    std::vector<RightRow> found;
    const auto take = [&found](SQLite::Statement& row) {
      found.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt()});
    };
    if (!key.id.empty())
      db_.each("SELECT release_id, flags FROM rights WHERE release_id = ?", take, key.id);
    else
      db_.each("SELECT release_id, flags FROM rights WHERE equipment_number = ? AND stay_number = ?", take,
               key.equipment_number, key.stay_number);
    return found;
  }

  struct SealedRight {
    std::string body;
    std::vector<unsigned char> seal;
  };

  SealedRight sealed(const core::ReleaseRight& right, int flags) const {
    core::ReleaseRight plain = right;
    plain.state = core::RightState::active;  // said by the flags alone
    SealedRight row{canon::write(plain), {}};
    row.seal = seal_row(key_, {"right", right.release_id, right.equipment_number,
                               right.stay_number.value_or(""), std::to_string(flags), row.body});
    return row;
  }

  void write_right(const core::ReleaseRight& right, int flags) {
    const SealedRight row = sealed(right, flags);
    db_.run(
        "INSERT OR REPLACE INTO rights (release_id, equipment_number, stay_number, flags, body, seal) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        right.release_id, right.equipment_number, right.stay_number, flags, row.body, row.seal);
  }

  /// The same where the right is new: in a snapshot all are, and that is one look at one tree.
  bool add_right(const core::ReleaseRight& right, int flags) {
    const SealedRight row = sealed(right, flags);
    return db_.run(
               "INSERT INTO rights (release_id, equipment_number, stay_number, flags, body, seal) "
               "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (release_id) DO NOTHING",
               right.release_id, right.equipment_number, right.stay_number, flags, row.body, row.seal) > 0;
  }

  /// The same where the right keeps its stay: the index of stays is left alone.
  bool write_over(const core::ReleaseRight& right, int flags) {
    const SealedRight row = sealed(right, flags);
    return db_.run(
               "UPDATE rights SET flags = ?, body = ?, seal = ? WHERE release_id = ? AND equipment_number = "
               "? "
               "AND stay_number IS ?",
               flags, row.body, row.seal, right.release_id, right.equipment_number, right.stay_number) > 0;
  }

  void set_flags(const std::string& release_id, int flags) {
    Check check{key_};
    std::optional<core::ReleaseRight> right;
    db_.each(
        "SELECT release_id, equipment_number, stay_number, flags, body, seal FROM rights WHERE release_id = "
        "?",
        [&right, &check](SQLite::Statement& row) { right = right_of(row, check); }, release_id);
    if (right) write_right(*right, flags);  // a row that fails its seal stays as it is and is found when read
  }

  static int flags_after(ChangeOp op, int before) {
    switch (op) {
      case ChangeOp::dirty:
        return before | kDirty;
      case ChangeOp::revoke:
        return before | kRevoked;
      case ChangeOp::block:
        return before | kBlocked;
      case ChangeOp::unblock:
        return before & ~kBlocked;
      case ChangeOp::erase:
        return before | kDeleted;
      case ChangeOp::upsert:
        break;
    }
    return before;
  }

  static int flags_of(core::RightState state) {
    switch (state) {
      case core::RightState::active:
        return 0;
      case core::RightState::dirty:
        return kDirty;
      case core::RightState::revoked:
        return kRevoked;
      case core::RightState::blocked:
        return kBlocked;
      case core::RightState::deleted:
        return kDeleted;
    }
    return kDirty;
  }

  void right(const Change& change) {
    if (change.op == ChangeOp::upsert) return upsert_right(change);
    std::vector<RightRow> found = rights(change.key);
    if (found.empty() && change.key.id.empty()) return note_unnamed(change);
    if (found.empty()) found.push_back(bare(change.key));
    for (const auto& row : found) set_flags(row.release_id, flags_after(change.op, row.flags));
  }

  /// An upsert says what the right is, not that a block or revocation is over; `state` would say that.
  void upsert_right(const Change& change) {
    const auto& right = std::get<core::ReleaseRight>(change.data);
    const int unnamed = take_unnamed(right.equipment_number, right.stay_number) & ~kDirty;
    if (change.state) return write_right(right, flags_of(*change.state));
    if (add_right(right, unnamed)) return;
    // A block or revocation that is left as it was is believed only of a row that is what was written. Any
    // other stays as it is and is found when it is read.
    Check check{key_};
    int flags = unnamed;
    db_.each(
        "SELECT release_id, equipment_number, stay_number, flags, body, seal FROM rights WHERE release_id = "
        "?",
        [&flags, &check](SQLite::Statement& row) {
          if (right_of(row, check)) flags |= row.getColumn(3).getInt();
        },
        right.release_id);
    flags &= ~kDirty;
    if (!check.corrupt && !write_over(right, flags)) write_right(right, flags);
  }

  /// A right of which only the name is known: it can deny or refer, never grant.
  RightRow bare(const ChangeKey& key) {
    core::ReleaseRight right;
    right.release_id = key.id;
    right.equipment_number = key.equipment_number.value_or("");
    right.stay_number = key.stay_number;
    const int flags = kDirty | take_unnamed(right.equipment_number, right.stay_number);
    write_right(right, flags);
    return {key.id, flags};
  }

  /// The same where only the stay is known, until somebody tells whose it is.
  void note_unnamed(const Change& change) {
    const std::string& equipment = *change.key.equipment_number;
    const std::string& stay = *change.key.stay_number;
    const int flags = flags_after(change.op, take_unnamed(equipment, stay) | kDirty);
    db_.run("INSERT INTO unnamed_rights (equipment_number, stay_number, flags) VALUES (?, ?, ?)", equipment,
            stay, flags);
    any_unnamed_ = true;
    toggle_unnamed(denying_, key_, equipment, stay, flags);
  }

  /// What was said of this stay; the right that takes it over says it from now on.
  int take_unnamed(const std::string& equipment, const std::optional<std::string>& stay) {
    if (!stay || !any_unnamed_) return 0;
    int flags = 0;
    db_.each(
        "DELETE FROM unnamed_rights WHERE equipment_number = ? AND stay_number = ? RETURNING flags",
        [this, &flags, &equipment, &stay](SQLite::Statement& row) {
          flags = row.getColumn(0).getInt();
          toggle_unnamed(denying_, key_, equipment, *stay, flags);
        },
        equipment, *stay);
    return flags;
  }

  void write_appointment(const core::Appointment& appointment, bool dirty) {
    const std::string body = canon::write(appointment);
    drop_near_keys(appointment.tar);
    const auto seal = seal_row(key_, {"appointment", appointment.tar, dirty ? "1" : "0", body});
    db_.run(
        "INSERT OR REPLACE INTO appointments (tar, slot_from, slot_to, tractor_plate, driver_id_hash, dirty, "
        "body, "
        "seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        appointment.tar, appointment.slot_from, appointment.slot_to, appointment.tractor_plate,
        appointment.driver_id_hash, dirty, body, seal);
    if (!appointment.tractor_plate) return;
    for (const auto& near : core::near_keys(*appointment.tractor_plate))
      db_.run("INSERT OR IGNORE INTO near_plates (near_key, tar) VALUES (?, ?)", near, appointment.tar);
  }

  /// The keys of the plate that the row has now.
  void drop_near_keys(const std::string& tar) {
    std::optional<std::string> plate;
    db_.each(
        "SELECT tractor_plate FROM appointments WHERE tar = ?",
        [&plate](SQLite::Statement& row) { plate = text_or_null(row.getColumn(0)); }, tar);
    if (!plate) return;
    for (const auto& near : core::near_keys(*plate))
      db_.run("DELETE FROM near_plates WHERE near_key = ? AND tar = ?", near, tar);
  }

  void appointment(const Change& change) {
    if (change.op == ChangeOp::upsert)
      return write_appointment(std::get<core::Appointment>(change.data), false);
    if (change.op == ChangeOp::erase) {
      drop_near_keys(change.key.id);
      db_.run("DELETE FROM appointments WHERE tar = ?", change.key.id);
      return;
    }
    Check check{key_};
    std::optional<core::Appointment> row_before;
    db_.each(
        "SELECT tar, dirty, body, seal FROM appointments WHERE tar = ?",
        [&row_before, &check](SQLite::Statement& row) { row_before = appointment_of(row, check); },
        change.key.id);
    core::Appointment bare;
    bare.tar = change.key.id;
    write_appointment(row_before.value_or(bare), true);
  }

  void write_driver(const core::Driver& driver, bool dirty) {
    const std::string body = canon::write(driver);
    const auto seal = seal_row(key_, {"driver", driver.driver_id_hash, dirty ? "1" : "0", body});
    const bool fresh =
        db_.run("INSERT OR IGNORE INTO drivers (driver_id_hash, dirty, body, seal) VALUES (?, ?, ?, ?)",
                driver.driver_id_hash, dirty, body, seal) > 0;
    if (!fresh) {
      db_.run("UPDATE drivers SET dirty = ?, body = ?, seal = ? WHERE driver_id_hash = ?", dirty, body, seal,
              driver.driver_id_hash);
      db_.run("DELETE FROM credentials WHERE driver_id_hash = ?", driver.driver_id_hash);
    }
    for (const auto& credential : driver.credential_hashes)
      db_.run("INSERT OR IGNORE INTO credentials (credential_hash, driver_id_hash) VALUES (?, ?)", credential,
              driver.driver_id_hash);
  }

  void driver(const Change& change) {
    if (change.op == ChangeOp::upsert) return write_driver(std::get<core::Driver>(change.data), false);
    if (change.op == ChangeOp::erase) {
      db_.run("DELETE FROM drivers WHERE driver_id_hash = ?", change.key.id);
      db_.run("DELETE FROM credentials WHERE driver_id_hash = ?", change.key.id);
      return;
    }
    Check check{key_};
    std::optional<core::Driver> row_before;
    db_.each(
        "SELECT driver_id_hash, dirty, body, seal FROM drivers WHERE driver_id_hash = ?",
        [&row_before, &check](SQLite::Statement& row) { row_before = driver_of(row, check); }, change.key.id);
    core::Driver bare;
    bare.driver_id_hash = change.key.id;
    write_driver(row_before.value_or(bare), true);
  }

  void restriction(const Change& change) {
    Restrictions restrictions{db_, key_, denying_};
    restrictions.take(change.kind, change.key.id);
    if (change.op == ChangeOp::upsert) restrictions.put(std::get<core::Restriction>(change.data));
  }

  void use(const Change& change) {
    const char* sql =
        change.op == ChangeOp::erase
            ? "DELETE FROM uses WHERE release_id = ? AND equipment_number = ? AND stay_number = ?"
            : "INSERT OR IGNORE INTO uses (release_id, equipment_number, stay_number) VALUES (?, ?, ?)";
    const std::string equipment = change.key.equipment_number.value_or("");
    const std::string stay = change.key.stay_number.value_or("");
    if (db_.run(sql, change.key.id, equipment, stay) > 0)
      toggle_use(denying_, key_, change.key.id, equipment, stay);
  }

  /// Rows whose absence lets somebody in. Of the others a snapshot that could not be read lets nobody in.
  static bool denies(ChangeKind kind) { return kind >= ChangeKind::ban; }

  void park(std::int64_t epoch, std::int64_t sequence, const ParkedChange& parked) {
    if (parked.kind) mark_dirty(*parked.kind, parked.key);
    if (parked.kind && parked.restricts && (sequence >= 0 || denies(*parked.kind)))
      Restrictions{db_, key_, denying_}.note(parked, epoch, sequence);
    any_parked_ = true;
    db_.run(
        "INSERT OR REPLACE INTO parked (epoch, sequence, kind, id, reason, raw) VALUES (?, ?, ?, ?, ?, ?)",
        epoch, sequence, parked.kind ? boost::describe::enum_to_string(*parked.kind, "") : "",
        row_name(parked.key), parked.reason, parked.raw);
  }

  /// The row is put right, under whichever of its names it was parked.
  void unpark(const Change& change) {
    const std::string name = row_name(change.key);
    const auto* right = std::get_if<core::ReleaseRight>(&change.data);
    db_.run("DELETE FROM parked WHERE kind = ? AND id IN (?, ?)",
            boost::describe::enum_to_string(change.kind, ""), name,
            right ? stay_name(right->equipment_number, right->stay_number) : name);
  }

  Connection& db_;
  const RowKey& key_;
  Tally& denying_;
  // Most often there is nothing of either, and nobody need look for it with each change.
  bool any_unnamed_;
  bool any_parked_;
};

}  // namespace

void apply(Connection& replica, const RowKey& key, Tally& denying, const Numbered& changes) {
  Applier applier(replica, key, denying);
  std::int64_t sequence = changes.first;
  for (const ReadChange& change : changes.list) {
    applier.take(changes.epoch, sequence, change);
    sequence += changes.step;
  }
}

}  // namespace syncing::replica
