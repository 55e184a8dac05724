// What goes out: questions, events until they are receipted, and what we prove to know.
#include <set>
#include <utility>

#include <spdlog/spdlog.h>

#include "sync/sync.hpp"
#include "sync/wire/topics.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

constexpr core::Milliseconds kStatusInterval = std::chrono::seconds(10);

}  // namespace

void Sync::connection(bool connected) {
  connected_ = connected;
  if (!connected) return;
  window_.begin_again();
  const core::Moment now = clock_.now();
  send_status(now);
  send_checkpoint();
  pump(now);
}

void Sync::ask(const core::Moment& now) {
  if (!connected_) return;
  const auto question = follower_->question(now);
  if (!question) return;
  Request request;
  request.appliance = settings_.appliance;
  request.ulid = make_ulid(now.wall);
  request.issued_at = now.wall;
  request.kind = question->kind;
  request.epoch = question->epoch;
  request.from = question->from;
  request.snapshot = question->snapshot;
  request.part = question->part;
  send(topics::requests(settings_.stream.terminal, settings_.appliance), request);
}

void Sync::send_refresh(const core::Evidence& evidence) {
  if (!connected_) return;
  Refresh names;
  if (evidence.tar) names.tars.push_back(*evidence.tar);
  if (evidence.plate && !evidence.plate->plate.empty()) names.plates.push_back(evidence.plate->plate);
  std::set<std::string> boxes;
  std::set<std::string> rights;
  for (const auto& container : evidence.containers) boxes.insert(container.code);
  if (const auto dossier = gather(evidence)) {
    for (const auto& right : dossier->rights) rights.insert(right.release_id);
    for (const auto& appointment : dossier->appointments)
      for (const auto& job : appointment.jobs)
        if (job.equipment_number) boxes.insert(*job.equipment_number);
  }
  names.equipment_numbers.assign(boxes.begin(), boxes.end());
  names.release_ids.assign(rights.begin(), rights.end());
  if (names.tars.empty() && names.plates.empty() && boxes.empty() && rights.empty()) return;
  const core::Moment now = clock_.now();
  Request request;
  request.appliance = settings_.appliance;
  request.ulid = make_ulid(now.wall);
  request.issued_at = now.wall;
  request.kind = RequestKind::refresh;
  request.refresh = std::move(names);
  send(topics::requests(settings_.stream.terminal, settings_.appliance), request);
}

void Sync::pump(const core::Moment& now) {
  if (!connected_) return;
  const auto first = journal_reader_->pending(0, 1);
  if (!first) return;
  if (!first->empty() && first->front().journal_id != window_journal_) {
    window_ = {};  // other numbers
    window_journal_ = first->front().journal_id;
  }
  const Window::Slice slice = window_.next(first->empty() ? 0 : first->front().number, now.steady);
  if (slice.most == 0) return;
  const auto events = journal_reader_->pending(slice.after, slice.most);
  if (!events) return;
  const std::string topic = topics::events(settings_.stream.terminal, settings_.appliance);
  for (const auto& one : *events) {
    EventMessage message;
    message.appliance = settings_.appliance;
    message.journal_id = one.journal_id;
    message.number = one.number;
    message.ulid = one.ulid;
    message.event = one.event;
    if (!send(topic, message)) return;
    window_.sent(one.number, now.steady);
  }
}

void Sync::send_status(const core::Moment& now) {
  const core::Standing standing = this->standing(now);
  Status status;
  status.appliance = settings_.appliance;
  status.version = settings_.version;
  status.issued_at = now.wall;
  status.mode = standing.mode;
  status.data_as_of = standing.data_as_of;
  status.reconciling = standing.reconciling;
  status.clock_trusted = now.trusted;
  const Position position = replica_->stand().position;
  status.epoch = position.epoch;
  status.sequence = position.sequence;
  status.journal_id = journal_id();
  status.journal_sound = journal_writer_->holdings()->sound();
  const OutboxCounts outbox = journal_reader_->outbox().value_or(OutboxCounts{});
  status.events = outbox.last;
  status.outbox = outbox.pending;
  if (const Lineage lineage = journal_writer_->lineage(); lineage.lack && untold())
    status.restored = Restored{.knows = lineage.earlier, .lacks = lineage.lack->lacks};
  status.lanes = settings_.lanes;
  if (!send(status_topic(), status, true)) return;
  status_position_ = position;
  next_status_ = now.steady + kStatusInterval;
}

std::string Sync::last_will() const {
  Status status;
  status.appliance = settings_.appliance;
  status.online = false;
  status.version = settings_.version;
  status.issued_at = clock_.now().wall;
  status.journal_id = journal_id();
  status.journal_sound = journal_writer_->holdings()->sound();
  return sealer_.seal(status);
}

}  // namespace syncing
