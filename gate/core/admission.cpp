#include "gate/core/admission.hpp"

#include <algorithm>
#include <iterator>

#include "gate/core/checks/meant_right.hpp"
#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "gate/core/purpose.hpp"

namespace core {
namespace {

bool counts(const ContainerEvidence& read) { return read.sure || read.source != Source::read; }

std::vector<const ContainerEvidence*> aboard(const Evidence& evidence) {
  std::vector<const ContainerEvidence*> found;
  for (const ContainerEvidence& read : evidence.containers) {
    if (counts(read)) found.push_back(&read);
  }
  return found;
}

const ContainerEvidence* read_of(const std::optional<std::string>& number, const Evidence& evidence) {
  if (!number) return nullptr;
  for (const ContainerEvidence& read : evidence.containers) {
    if (normalise_equipment_number(read.code) == normalise_equipment_number(*number)) return &read;
  }
  return nullptr;
}

const ReleaseRight* right_named(const std::string& release_id, const Dossier& dossier) {
  const auto is_it = [&](const ReleaseRight& right) { return right.release_id == release_id; };
  const auto found = std::find_if(dossier.rights.begin(), dossier.rights.end(), is_it);
  return found == dossier.rights.end() ? nullptr : &*found;
}

/// A claim on the same right: by its release id, or by container and stay.
bool same_right(const Claim& claim, const std::string& release_id, const Dossier& dossier) {
  if (claim.release_id == release_id) return true;
  const ReleaseRight* right = right_named(release_id, dossier);
  return right && checks::claims(claim, *right);
}

/// Held by another visit, or used: not ours to take, whoever allows the truck to pass.
bool taken(const std::string& release_id, const std::string& visit, const Dossier& dossier) {
  return std::any_of(dossier.claims.begin(), dossier.claims.end(), [&](const Claim& claim) {
    const bool held = claim.state == ClaimState::claimed && claim.visit != visit;
    return (held || claim.state == ClaimState::used) && same_right(claim, release_id, dossier);
  });
}

Claim claim_on(const std::string& release_id, const Job& job, const std::string& visit,
               const Dossier& dossier, const Moment& now) {
  Claim claim;
  claim.release_id = release_id;
  const ReleaseRight* right = right_named(release_id, dossier);
  claim.equipment_number = right ? right->equipment_number : job.equipment_number.value_or("");
  claim.stay_number = right ? right->stay_number : job.stay_number;
  claim.visit = visit;
  claim.job = job.id;
  claim.since = now.wall;
  return claim;
}

void settle(Claim& claim, ClaimState state, const Moment& now) {
  if (claim.state == ClaimState::used || claim.state == ClaimState::released) return;
  claim.state = state;
  claim.since = now.wall;
}

/// Takes the right unless it is taken. What was in doubt is in doubt no longer: people, or the visit itself,
/// answered for it, so its old claim ends where the new one begins. False: not ours to take.
bool take(const std::string& release_id, const Job& job, const std::string& visit, const Dossier& dossier,
          const Moment& now, std::vector<Claim>& claims) {
  if (taken(release_id, visit, dossier)) return false;
  for (const Claim& old : dossier.claims) {
    if (old.state != ClaimState::interrupted || old.visit == visit || !same_right(old, release_id, dossier))
      continue;
    claims.push_back(old);
    settle(claims.back(), ClaimState::released, now);
  }
  claims.push_back(claim_on(release_id, job, visit, dossier, now));
  return true;
}

/// The plate that the exit will look for. An unsure read binds only where it says what was announced; a
/// near one means the announced tractor.
std::string plate_to_bind(const Evidence& evidence, const Appointment* appointment) {
  if (!evidence.plate) return {};
  const PlateEvidence& read = *evidence.plate;
  std::string plate = normalise_plate(read.plate);
  std::string announced =
      appointment && appointment->tractor_plate ? normalise_plate(*appointment->tractor_plate) : "";
  if (read.source != Source::read || plate == announced) return plate;
  if (!announced.empty() && near_plates(plate, announced)) return announced;
  return read.sure ? plate : std::string();
}

/// People override what they were shown: the reasons of the best jobs. A worse one stays refused.
Decision best_of(const std::vector<JobVerdict>& jobs) {
  Decision best = Decision::deny;
  for (const JobVerdict& job : jobs) best = std::min(best, job.decision);
  return best;
}

Admission admit_in(const std::string& passage, const Verdict& verdict, const Evidence& evidence,
                   const Dossier& dossier, bool overridden, const Moment& now) {
  const auto is_it = [&](const Appointment& each) { return each.tar == verdict.tar; };
  const auto found = std::find_if(dossier.appointments.begin(), dossier.appointments.end(), is_it);
  const Appointment* appointment = found == dossier.appointments.end() ? nullptr : &*found;
  Admission admission;
  Visit visit;
  visit.id = passage;
  visit.tar = verdict.tar;
  visit.plate = plate_to_bind(evidence, appointment);
  visit.driver_id_hash = verdict.driver_id_hash;
  visit.driver_mask = verdict.driver_mask;
  if (appointment) visit.haulier = appointment->haulier;
  visit.first_detected = evidence.first_detected;
  const Decision shown = overridden ? best_of(verdict.jobs) : Decision::grant;
  for (const JobVerdict& judged : verdict.jobs) {
    VisitJob job{judged.job, judged.decision <= shown, std::nullopt};
    if (job.admitted && judged.release_id &&
        take(*judged.release_id, judged.job, passage, dossier, now, admission.claims))
      job.release_id = judged.release_id;
    visit.jobs.push_back(std::move(job));
  }
  admission.visit = std::move(visit);
  return admission;
}

bool names(const VisitJob& job, const ContainerEvidence& box) {
  const auto& number = job.job.equipment_number;
  return number && normalise_equipment_number(*number) == normalise_equipment_number(box.code);
}

/// The boxes aboard that no admitted job names: what people let pass, or what a job without a number takes.
std::vector<const ContainerEvidence*> unnamed(const std::optional<Visit>& visit, const Evidence& evidence) {
  auto boxes = aboard(evidence);
  if (!visit) return boxes;
  std::erase_if(boxes, [&](const ContainerEvidence* box) {
    return std::any_of(visit->jobs.begin(), visit->jobs.end(),
                       [&](const VisitJob& job) { return job.admitted && names(job, *box); });
  });
  return boxes;
}

/// People let out what no job of a visit explains: what its boxes could have left with is used up.
void claim_for_boxes(const std::string& passage, const Evidence& evidence, const Dossier& dossier,
                     const Moment& now, Admission& admission) {
  for (const ContainerEvidence* box : unnamed(admission.visit, evidence)) {
    for (const ReleaseRight& right : dossier.rights) {
      const bool same =
          normalise_equipment_number(right.equipment_number) == normalise_equipment_number(box->code);
      if (same && right.state == RightState::active)
        take(right.release_id, Job{}, passage, dossier, now, admission.claims);
    }
  }
}

/// A right that the entry did not find, or could not take, is claimed before it leaves.
void claim_at_last(const Verdict& verdict, const Dossier& dossier, const Moment& now, Admission& admission) {
  for (VisitJob& job : admission.visit->jobs) {
    const auto mine = [&](const JobVerdict& judged) { return judged.job.id == job.job.id; };
    const auto judged = std::find_if(verdict.jobs.begin(), verdict.jobs.end(), mine);
    if (judged == verdict.jobs.end() || !judged->release_id) continue;
    const std::string& visit = admission.visit->id;
    const bool held = std::any_of(admission.claims.begin(), admission.claims.end(), [&](const Claim& claim) {
      return claim.visit == visit && same_right(claim, *judged->release_id, dossier);
    });
    if (!held && take(*judged->release_id, judged->job, visit, dossier, now, admission.claims))
      job.release_id = judged->release_id;
  }
}

Admission admit_out(const std::string& passage, const Verdict& verdict, const Evidence& evidence,
                    const Dossier& dossier, bool overridden, const Moment& now) {
  Admission admission;
  const auto is_it = [&](const Visit& each) { return each.id == verdict.visit; };
  const auto found = std::find_if(dossier.visits.begin(), dossier.visits.end(), is_it);
  if (found != dossier.visits.end()) {
    admission.visit = *found;
    std::copy_if(dossier.claims.begin(), dossier.claims.end(), std::back_inserter(admission.claims),
                 [&](const Claim& claim) {
                   return claim.visit == found->id &&
                          (claim.state == ClaimState::claimed || claim.state == ClaimState::interrupted);
                 });
    claim_at_last(verdict, dossier, now, admission);
  }
  if (overridden) claim_for_boxes(passage, evidence, dossier, now, admission);
  return admission;
}

bool stays_behind(const Claim& claim, const std::optional<Visit>& visit, const Evidence& evidence) {
  if (!visit) return false;
  const auto is_it = [&](const VisitJob& job) { return job.job.id == claim.job; };
  const auto job = std::find_if(visit->jobs.begin(), visit->jobs.end(), is_it);
  return job != visit->jobs.end() && !left_with(*job, evidence);
}

/// `box`: what a job without a number may have taken; null where nothing is left for it.
GateEvent event_of_job(GateEvent event, const VisitJob& job, const ContainerEvidence* box,
                       const Evidence& evidence, const std::vector<Claim>& claims) {
  event.job = job.job.id;
  event.equipment_number = job.job.equipment_number;
  event.stay_number = job.job.stay_number;
  event.size_type = job.job.size_type;
  event.release_id = job.release_id;
  for (const Claim& claim : claims) {
    if (claim.job != job.job.id || claim.state == ClaimState::released) continue;
    event.release_id = claim.release_id;
    if (!event.stay_number) event.stay_number = claim.stay_number;
    if (!event.equipment_number) event.equipment_number = claim.equipment_number;
  }
  if (!event.equipment_number && box) event.equipment_number = box->code;
  const ContainerEvidence* read = read_of(event.equipment_number, evidence);
  if (read && !read->size_type.empty()) event.size_type = read->size_type;
  return event;
}

GateEvent event_of_box(GateEvent event, const ContainerEvidence& box, const std::vector<Claim>& claims) {
  event.equipment_number = box.code;
  if (!box.size_type.empty()) event.size_type = box.size_type;
  for (const Claim& claim : claims) {
    if (claim.state == ClaimState::released ||
        normalise_equipment_number(claim.equipment_number) != normalise_equipment_number(box.code))
      continue;
    event.release_id = claim.release_id;
    event.stay_number = claim.stay_number;
  }
  return event;
}

/// The truck of such a job has a container aboard in this direction.
bool carries(JobKind kind, bool in) {
  return in ? !is_pickup(kind) && kind != JobKind::service : is_pickup(kind);
}

}  // namespace

void leave_out_own_claims(const std::string& passage, Dossier& dossier) {
  std::erase_if(dossier.claims, [&](const Claim& claim) {
    return claim.visit == passage && claim.state == ClaimState::claimed;
  });
}

bool left_with(const VisitJob& job, const Evidence& evidence) {
  if (!job.admitted || !is_pickup(job.job.kind)) return false;
  const auto boxes = aboard(evidence);
  if (boxes.empty() || !job.job.equipment_number) return true;
  return std::any_of(boxes.begin(), boxes.end(), [&](const ContainerEvidence* box) {
    return normalise_equipment_number(box->code) == normalise_equipment_number(*job.job.equipment_number);
  });
}

Admission admit(const std::string& passage, const Verdict& verdict, const Evidence& evidence,
                const Dossier& dossier, bool overridden, const Moment& now) {
  return evidence.direction == Direction::entry
             ? admit_in(passage, verdict, evidence, dossier, overridden, now)
             : admit_out(passage, verdict, evidence, dossier, overridden, now);
}

Admission proven(const Admission& admission, const Evidence& evidence, const Moment& now) {
  Admission after = admission;
  if (evidence.direction == Direction::entry) {
    if (after.visit) after.visit->state = VisitState::inside;
    return after;
  }
  if (after.visit) after.visit->state = VisitState::left;
  for (Claim& claim : after.claims) {
    settle(claim, stays_behind(claim, after.visit, evidence) ? ClaimState::released : ClaimState::used, now);
  }
  return after;
}

Admission given_back(const Admission& admission, const std::string& passage, const Moment& now) {
  Admission after = admission;
  if (after.visit && after.visit->id == passage) after.visit->state = VisitState::cancelled;
  for (Claim& claim : after.claims) {
    if (claim.visit == passage) settle(claim, ClaimState::released, now);
  }
  return after;
}

Admission in_doubt(const Admission& admission, const Moment& now) {
  Admission after = admission;
  if (after.visit) after.visit->state = VisitState::interrupted;
  for (Claim& claim : after.claims) settle(claim, ClaimState::interrupted, now);
  return after;
}

std::vector<GateEvent> gate_events(const GateEvent& base, const Admission& admission,
                                   const Evidence& evidence) {
  std::vector<GateEvent> events;
  GateEvent whole = base;
  if (admission.visit) whole.visit = admission.visit->id;
  const bool in = evidence.direction == Direction::entry;
  whole.kind = in ? EventKind::gate_in : EventKind::gate_out;
  std::vector<const ContainerEvidence*> unexplained = unnamed(admission.visit, evidence);
  const auto next_unexplained = [&]() -> const ContainerEvidence* {
    if (unexplained.empty()) return nullptr;
    const ContainerEvidence* next = unexplained.front();
    unexplained.erase(unexplained.begin());
    return next;
  };
  if (admission.visit) {
    for (const VisitJob& job : admission.visit->jobs) {
      if (in ? !job.admitted : !left_with(job, evidence)) continue;
      const bool names_none = !job.job.equipment_number && carries(job.job.kind, in);
      events.push_back(
          event_of_job(whole, job, names_none ? next_unexplained() : nullptr, evidence, admission.claims));
    }
  }
  // A truck without jobs, or one that people let through with what it carried.
  for (const ContainerEvidence* box : unexplained)
    events.push_back(event_of_box(whole, *box, admission.claims));
  if (events.empty()) events.push_back(whole);
  return events;
}

}  // namespace core
