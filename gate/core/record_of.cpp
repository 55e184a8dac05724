// A passage as it is written down: for lists and pages, and as events for the platform.
#include <algorithm>

#include "gate/core/advance.hpp"
#include "gate/core/passage.hpp"

namespace core {
namespace {

int milliseconds_between(const Moment& from, const Moment& to) {
  return static_cast<int>(std::clamp<std::int64_t>((to.steady - from.steady).count(), 0, 1'000'000'000));
}

void add_once(const std::vector<FollowUp>& more, std::vector<FollowUp>& all) {
  for (const FollowUp each : more) {
    if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
  }
}

/// Of the jobs that were let through; on a refusal there is nothing to follow up.
std::vector<FollowUp> follow_ups_of(const Verdict& verdict, bool overridden) {
  std::vector<FollowUp> all;
  for (const JobVerdict& job : verdict.jobs) {
    if (overridden || job.decision == Decision::grant) add_once(job.follow_ups, all);
  }
  return all;
}

std::vector<std::string> containers_of(const Passage& passage) {
  std::vector<std::string> codes;
  for (const ContainerEvidence& read : passage.evidence.containers) codes.push_back(read.code);
  if (!codes.empty() || passage.direction == Direction::exit || !passage.opinion) return codes;
  for (const JobVerdict& job : passage.opinion->verdict.jobs) {
    if (job.job.equipment_number) codes.push_back(*job.job.equipment_number);
  }
  return codes;
}

std::optional<std::string> visit_of(const Passage& passage) {
  if (passage.admission && passage.admission->visit) return passage.admission->visit->id;
  return passage.opinion ? passage.opinion->verdict.visit : std::nullopt;
}

}  // namespace

PassageRecord record_of(const Passage& passage) {
  PassageRecord record;
  record.id = passage.id;
  record.lane = passage.lane;
  record.direction = passage.direction;
  record.ending = passage.ending;
  record.detected = passage.evidence.first_detected;
  record.decision = passage.decision;
  record.plate = passage.evidence.plate ? passage.evidence.plate->plate : "";
  record.containers = containers_of(passage);
  record.tar = passage.evidence.tar.value_or("");
  record.visit = visit_of(passage);
  record.operators = passage.operators;
  record.operator_reason = passage.operator_reason;
  record.pictures = passage.evidence.picture_refs;
  if (passage.evidence.pictures == PicturesState::read) {
    record.reading_ms = static_cast<int>(passage.sighting.milliseconds);
  }
  if (passage.detected && passage.decided) {
    record.verdict_ms = milliseconds_between(*passage.detected, *passage.decided);
  }
  if (passage.detected && passage.commanded) {
    record.command_ms = milliseconds_between(*passage.detected, *passage.commanded);
  }
  record.reasons = reasons_of(passage);
  if (!passage.opinion) return record;
  const Verdict& verdict = passage.opinion->verdict;
  record.follow_ups = follow_ups_of(verdict, passage.overridden);
  record.marks = verdict.marks;
  record.driver_mask = verdict.driver_mask.value_or("");
  if (verdict.tar) record.tar = *verdict.tar;
  record.standing = passage.opinion->standing;
  return record;
}

GateEvent event_of(const Passage& passage, EventKind kind, const Moment& now) {
  GateEvent event;
  event.kind = kind;
  event.at = now.wall;
  event.lane = passage.lane;
  if (passage.id.empty()) return event;
  event.passage = passage.id;
  event.visit = visit_of(passage);
  event.tar = passage.evidence.tar;
  if (passage.evidence.plate) event.plate = passage.evidence.plate->plate;
  event.operators = passage.operators;
  if (passage.admission && passage.admission->visit) event.haulier = passage.admission->visit->haulier;
  event.reasons = reasons_of(passage);
  if (!passage.opinion) return event;
  const Verdict& verdict = passage.opinion->verdict;
  if (verdict.tar) event.tar = verdict.tar;
  event.driver_id_hash = verdict.driver_id_hash;
  event.follow_ups = follow_ups_of(verdict, passage.overridden);
  event.standing = passage.opinion->standing;
  return event;
}

}  // namespace core
