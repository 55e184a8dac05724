#include "tests/fault/reference.hpp"

#include <boost/describe/enum_to_string.hpp>

namespace fault {

using syncing::Change;
using syncing::ChangeKind;
using syncing::ChangeOp;
using syncing::ReadChange;

namespace {

constexpr int kDirty = 1;

int flags_after(ChangeOp op, int flags) {
  switch (op) {
    case ChangeOp::dirty:
      return flags | kDirty;
    case ChangeOp::block:
      return flags | 2;
    case ChangeOp::unblock:
      return flags & ~2;
    case ChangeOp::revoke:
      return flags | 4;
    case ChangeOp::erase:
      return flags | 8;
    case ChangeOp::upsert:
      break;
  }
  return flags & ~kDirty;
}

std::pair<std::string, std::string> stay_of(const syncing::ChangeKey& key) {
  return {key.equipment_number.value_or(""), key.stay_number.value_or("")};
}

Change of_stay(ChangeKind kind, ChangeOp op, const std::pair<std::string, std::string>& stay) {
  Change change = syncing::change(kind, op, "");
  change.key.equipment_number = stay.first;
  change.key.stay_number = stay.second;
  return change;
}

/// The ops that bring a row from active to these flags.
void deny(std::vector<ReadChange>& changes, Change change, int flags) {
  const std::pair<ChangeOp, int> ops[] = {
      {ChangeOp::dirty, kDirty}, {ChangeOp::block, 2}, {ChangeOp::revoke, 4}, {ChangeOp::erase, 8}};
  for (const auto& [op, flag] : ops)
    if (flags & flag) {
      change.op = op;
      changes.emplace_back(change);
    }
}

}  // namespace

void Reference::apply(const ReadChange& read) {
  if (const auto* parked = std::get_if<syncing::ParkedChange>(&read)) {
    Change dirty = syncing::change(*parked->kind, ChangeOp::dirty, parked->key.id);
    return right(dirty);  // of rights alone in these streams
  }
  const auto& change = std::get<Change>(read);
  switch (change.kind) {
    case ChangeKind::releaseRight:
      return right(change);
    case ChangeKind::appointment: {
      const auto* data = std::get_if<core::Appointment>(&change.data);
      return known(appointments_, change, data ? data->tractor_plate.value_or("") : "");
    }
    case ChangeKind::driver: {
      const auto* data = std::get_if<core::Driver>(&change.data);
      return known(drivers_, change, data ? data->mask : "");
    }
    case ChangeKind::ban:
    case ChangeKind::hold:
      return restriction(change);
    case ChangeKind::use:
      return use(change);
  }
}

int Reference::take_unnamed(const Stay& stay) {
  const auto found = unnamed_.find(stay);
  if (found == unnamed_.end()) return 0;
  const int flags = found->second;
  unnamed_.erase(found);
  return flags;
}

void Reference::right(const Change& change) {
  if (change.op == ChangeOp::upsert) {
    const auto& data = std::get<core::ReleaseRight>(change.data);
    Right& row = rights_[data.release_id];
    row.stay = {data.equipment_number, data.stay_number.value_or("")};
    row.text = data.release_identification.value_or("");
    row.flags = (row.flags | take_unnamed(row.stay)) & ~kDirty;
    if (change.state) row.flags = 0;  // these streams state nothing but that it is active
  } else if (!change.key.id.empty()) {
    auto [row, fresh] = rights_.try_emplace(change.key.id);
    if (fresh) row->second.flags = kDirty;
    row->second.flags = flags_after(change.op, row->second.flags);
  } else {
    bool found = false;
    for (auto& [id, row] : rights_)
      if (row.stay == stay_of(change.key)) {
        row.flags = flags_after(change.op, row.flags);
        found = true;
      }
    int& flags = unnamed_[stay_of(change.key)];
    flags = flags_after(change.op, flags | kDirty);
    if (found) unnamed_.erase(stay_of(change.key));
  }
}

void Reference::known(std::map<std::string, Known>& rows, const Change& change, std::string text) {
  if (change.op == ChangeOp::upsert)
    rows[change.key.id] = {.text = std::move(text), .dirty = false};
  else if (change.op == ChangeOp::erase)
    rows.erase(change.key.id);
  else
    rows[change.key.id].dirty = true;
}

void Reference::restriction(const Change& change) {
  const std::pair key(std::string(boost::describe::enum_to_string(change.kind, "")), change.key.id);
  restrictions_.erase(key);
  if (change.op == ChangeOp::erase) return;
  const auto& data = std::get<core::Restriction>(change.data);
  restrictions_[key] = {boost::describe::enum_to_string(data.subject, ""), data.value};
}

void Reference::use(const Change& change) {
  const auto [equipment, stay] = stay_of(change.key);
  if (change.op == ChangeOp::erase)
    uses_.erase({change.key.id, equipment, stay});
  else
    uses_.emplace(change.key.id, equipment, stay);
}

std::vector<ReadChange> Reference::whole() const {
  std::vector<ReadChange> changes;
  for (const auto& [id, row] : rights_) {
    core::ReleaseRight right;
    right.release_id = id;
    right.equipment_number = row.stay.first;
    if (!row.stay.second.empty()) right.stay_number = row.stay.second;
    right.release_identification = row.text;
    if (!row.stay.first.empty()) changes.emplace_back(syncing::upsert(right));
    deny(changes, syncing::change(ChangeKind::releaseRight, ChangeOp::dirty, id), row.flags);
  }
  for (const auto& [stay, flags] : unnamed_)
    deny(changes, of_stay(ChangeKind::releaseRight, ChangeOp::dirty, stay), flags);
  for (const auto& [tar, row] : appointments_) {
    core::Appointment appointment;
    appointment.tar = tar;
    if (!row.text.empty()) appointment.tractor_plate = row.text;
    if (!row.text.empty()) changes.emplace_back(syncing::upsert(appointment));
    if (row.dirty) changes.emplace_back(syncing::change(ChangeKind::appointment, ChangeOp::dirty, tar));
  }
  for (const auto& [hash, row] : drivers_) {
    core::Driver driver;
    driver.driver_id_hash = hash;
    driver.mask = row.text;
    if (!row.text.empty()) changes.emplace_back(syncing::upsert(driver));
    if (row.dirty) changes.emplace_back(syncing::change(ChangeKind::driver, ChangeOp::dirty, hash));
  }
  for (const auto& [key, row] : restrictions_) {
    core::Restriction restriction;
    restriction.kind = key.first == "ban" ? core::RestrictionKind::ban : core::RestrictionKind::hold;
    restriction.reference = key.second;
    restriction.subject =
        row.first == "plate" ? core::RestrictionSubject::plate : core::RestrictionSubject::container;
    restriction.value = row.second;
    changes.emplace_back(syncing::upsert(restriction));
  }
  for (const auto& [id, equipment, stay] : uses_) {
    Change use = syncing::change(ChangeKind::use, ChangeOp::upsert, id);
    if (!equipment.empty()) use.key.equipment_number = equipment;
    if (!stay.empty()) use.key.stay_number = stay;
    changes.emplace_back(use);
  }
  return changes;
}

ReadChange random_change(Random& random, int size, const std::string& mark) {
  const std::string one = std::to_string(chance(random, 0, size - 1));
  const std::pair stay("BOX" + one, "S" + std::to_string(chance(random, 0, 1)));
  const int what = chance(random, 0, 19);
  if (what <= 5) {
    core::ReleaseRight right;
    right.release_id = "R" + one;
    right.equipment_number = stay.first;
    right.stay_number = stay.second;
    right.release_identification = mark;
    right.lights = {{"commercialrelease", "ok"}, {"customs", "released"}};
    Change upsert = syncing::upsert(right);
    if (chance(random, 0, 1)) upsert.state = core::RightState::active;  // else all end up denied for ever
    return upsert;
  }
  const ChangeOp ops[] = {ChangeOp::dirty,   ChangeOp::revoke,  ChangeOp::block,
                          ChangeOp::unblock, ChangeOp::unblock, ChangeOp::erase};
  if (what <= 9) return syncing::change(ChangeKind::releaseRight, ops[chance(random, 0, 5)], "R" + one);
  if (what <= 11) return of_stay(ChangeKind::releaseRight, ops[chance(random, 0, 5)], stay);
  if (what == 12)
    return syncing::ParkedChange{
        .raw = R"({"key":{"releaseId":"R)" + one + R"("},"kind":"releaseRight","op":"no such"})",
        .reason = mark,
        .kind = ChangeKind::releaseRight,
        .key = {"R" + one, {}, {}}};
  const ChangeOp row_op = chance(random, 0, 1) ? ChangeOp::dirty : ChangeOp::erase;
  if (what <= 14) {
    if (chance(random, 0, 2) == 0) return syncing::change(ChangeKind::appointment, row_op, "T" + one);
    core::Appointment appointment;
    appointment.tar = "T" + one;
    appointment.tractor_plate = mark;
    return syncing::upsert(appointment);
  }
  if (what <= 16) {
    if (chance(random, 0, 2) == 0) return syncing::change(ChangeKind::driver, row_op, "D" + one);
    core::Driver driver;
    driver.driver_id_hash = "D" + one;
    driver.credential_hashes = {"C" + one};
    driver.mask = mark;
    return syncing::upsert(driver);
  }
  if (what <= 18) {
    const bool ban = chance(random, 0, 1) == 0;
    if (chance(random, 0, 2) == 0)
      return syncing::change(ban ? ChangeKind::ban : ChangeKind::hold, ChangeOp::erase, "B" + one);
    core::Restriction restriction;
    restriction.kind = ban ? core::RestrictionKind::ban : core::RestrictionKind::hold;
    restriction.reference = "B" + one;
    restriction.subject =
        chance(random, 0, 1) ? core::RestrictionSubject::plate : core::RestrictionSubject::container;
    restriction.value = mark;
    return syncing::upsert(restriction);
  }
  const ChangeOp op = chance(random, 0, 2) == 0 ? ChangeOp::erase : ChangeOp::upsert;
  return chance(random, 0, 1) ? syncing::change(ChangeKind::use, op, "R" + one)
                              : of_stay(ChangeKind::use, op, stay);
}

}  // namespace fault
