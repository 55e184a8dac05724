#include "tests/world/platform/stream_book.hpp"

#include <algorithm>

namespace world {
namespace {

using syncing::Change;
using syncing::ChangeKind;
using syncing::ChangeOp;

ChangeOp op_of(RightOp op) {
  switch (op) {
    case RightOp::upsert:
      return ChangeOp::upsert;
    case RightOp::dirty:
      return ChangeOp::dirty;
    case RightOp::revoke:
      return ChangeOp::revoke;
    case RightOp::block:
      return ChangeOp::block;
    case RightOp::unblock:
      return ChangeOp::unblock;
    case RightOp::remove:
      return ChangeOp::erase;
  }
  return ChangeOp::dirty;
}

Change upsert_with_state(const core::ReleaseRight& right) {
  Change change = syncing::upsert(right);
  change.state = right.state;
  return change;
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

/// What a refresh names, and what its appointments lead to.
bool is_named(const syncing::Refresh& refresh, const Change& change) {
  if (const auto* right = std::get_if<core::ReleaseRight>(&change.data)) {
    return holds(refresh.release_ids, right->release_id) ||
           holds(refresh.equipment_numbers, right->equipment_number);
  }
  if (const auto* appointment = std::get_if<core::Appointment>(&change.data)) {
    return holds(refresh.tars, appointment->tar) ||
           (appointment->tractor_plate && holds(refresh.plates, *appointment->tractor_plate));
  }
  return false;
}

void add_rights_of(const core::Appointment& appointment, syncing::Refresh& refresh) {
  for (const core::Job& job : appointment.jobs) {
    if (job.release_id) refresh.release_ids.push_back(*job.release_id);
  }
}

void prove(Change& change, core::WallTime now) {
  if (auto* right = std::get_if<core::ReleaseRight>(&change.data)) {
    right->as_of = now;
    if (right->driver_id_hash) right->assignment_as_of = now;
  }
  if (auto* appointment = std::get_if<core::Appointment>(&change.data)) appointment->as_of = now;
}

}  // namespace

std::vector<Change> changes_of(const Records& records) {
  std::vector<Change> changes;
  for (const auto& driver : records.drivers) changes.push_back(syncing::upsert(driver));
  for (const auto& right : records.rights) changes.push_back(upsert_with_state(right));
  for (const auto& appointment : records.appointments) changes.push_back(syncing::upsert(appointment));
  for (const auto& restriction : records.restrictions) changes.push_back(syncing::upsert(restriction));
  return changes;
}

Change change_of(const RightChange& change) {
  if (change.op == RightOp::upsert) return upsert_with_state(change.right);
  return syncing::change(ChangeKind::releaseRight, op_of(change.op), change.right.release_id);
}

void StreamBook::begin(std::int64_t epoch, std::vector<Change> records) {
  epoch_ = epoch;
  log_.clear();
  rows_.clear();
  for (const Change& change : records) apply(change);
}

syncing::Batch StreamBook::append(const std::vector<Change>& changes) {
  syncing::Batch batch;
  batch.epoch = epoch_;
  batch.first = sequence() + 1;
  for (const Change& change : changes) {
    apply(change);
    log_.push_back(change);
    batch.changes.emplace_back(change);
  }
  batch.last = sequence();
  return batch;
}

void StreamBook::apply(const Change& change) {
  const auto key = std::pair(change.kind, change.key.id);
  if (change.op == ChangeOp::upsert) {
    rows_[key] = change;
    return;
  }
  const auto row = rows_.find(key);
  if (row == rows_.end()) return;
  switch (change.op) {
    case ChangeOp::revoke:
      row->second.state = core::RightState::revoked;
      break;
    case ChangeOp::block:
      row->second.state = core::RightState::blocked;
      break;
    case ChangeOp::unblock:
      row->second.state = core::RightState::active;
      break;
    case ChangeOp::dirty:
      row->second.state = core::RightState::dirty;
      break;
    case ChangeOp::erase:
      rows_.erase(row);
      break;
    case ChangeOp::upsert:
      break;
  }
}

std::vector<syncing::Batch> StreamBook::since(std::int64_t first, std::size_t per_batch) const {
  std::vector<syncing::Batch> batches;
  for (std::int64_t number = std::max<std::int64_t>(first, 1); number <= sequence();) {
    syncing::Batch batch;
    batch.epoch = epoch_;
    batch.first = number;
    for (; number <= sequence() && batch.changes.size() < per_batch; ++number) {
      batch.changes.emplace_back(log_[static_cast<std::size_t>(number - 1)]);
    }
    batch.last = number - 1;
    batches.push_back(std::move(batch));
  }
  return batches;
}

std::vector<syncing::ReadChange> StreamBook::content() const {
  std::vector<syncing::ReadChange> changes;
  for (const auto& [key, row] : rows_) changes.emplace_back(row);
  return changes;
}

bool StreamBook::has(const Change& change) const { return rows_.contains({change.kind, change.key.id}); }

std::vector<Change> StreamBook::named_by(const syncing::Refresh& refresh, core::WallTime now) const {
  syncing::Refresh wanted = refresh;
  for (const auto& [key, row] : rows_) {
    const auto* appointment = std::get_if<core::Appointment>(&row.data);
    if (appointment && is_named(wanted, row)) add_rights_of(*appointment, wanted);
  }
  std::vector<Change> changes;
  for (const auto& [key, row] : rows_) {
    if (!is_named(wanted, row)) continue;
    changes.push_back(row);
    prove(changes.back(), now);
  }
  return changes;
}

}  // namespace world
