#include "gate/core/admission.hpp"

#include <algorithm>
#include <iterator>

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

/// Held by somebody else, or used: not ours to take, whoever allows the truck to pass.
bool taken(const std::string& release_id, const std::string& visit, const Dossier& dossier) {
  return std::any_of(dossier.claims.begin(), dossier.claims.end(), [&](const Claim& claim) {
    if (claim.release_id != release_id || claim.state == ClaimState::released) return false;
    return claim.visit != visit || claim.state == ClaimState::used;
  });
}

const ReleaseRight* right_named(const std::string& release_id, const Dossier& dossier) {
  const auto is_it = [&](const ReleaseRight& right) { return right.release_id == release_id; };
  const auto found = std::find_if(dossier.rights.begin(), dossier.rights.end(), is_it);
  return found == dossier.rights.end() ? nullptr : &*found;
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

/// The plate that the exit will look for. An unsure read binds only where it says what was announced; a
/// near one means the announced tractor.
std::string plate_to_bind(const Evidence& evidence, const Appointment* appointment) {
  if (!evidence.plate) return {};
  const PlateEvidence& read = *evidence.plate;
  std::string plate = normalise_plate(read.plate);
  const std::string announced =
      appointment && appointment->tractor_plate ? normalise_plate(*appointment->tractor_plate) : "";
  if (read.source != Source::read || plate == announced) return plate;
  if (!announced.empty() && near_plates(plate, announced)) return announced;
  return read.sure ? plate : std::string();
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
  for (const JobVerdict& judged : verdict.jobs) {
    VisitJob job{judged.job, overridden || judged.decision == Decision::grant, std::nullopt};
    if (job.admitted && judged.release_id && !taken(*judged.release_id, passage, dossier)) {
      job.release_id = judged.release_id;
      admission.claims.push_back(claim_on(*judged.release_id, judged.job, passage, dossier, now));
    }
    visit.jobs.push_back(std::move(job));
  }
  admission.visit = std::move(visit);
  return admission;
}

/// People let a truck out for which no visit was found: what its boxes could have left with is used up.
void claim_for_boxes(const std::string& passage, const Evidence& evidence, const Dossier& dossier,
                     const Moment& now, std::vector<Claim>& claims) {
  for (const ContainerEvidence* box : aboard(evidence)) {
    for (const ReleaseRight& right : dossier.rights) {
      const bool same =
          normalise_equipment_number(right.equipment_number) == normalise_equipment_number(box->code);
      if (!same || right.state != RightState::active || taken(right.release_id, passage, dossier)) continue;
      claims.push_back(claim_on(right.release_id, Job{}, passage, dossier, now));
    }
  }
}

Admission admit_out(const std::string& passage, const Verdict& verdict, const Evidence& evidence,
                    const Dossier& dossier, const Moment& now) {
  Admission admission;
  const auto is_it = [&](const Visit& each) { return each.id == verdict.visit; };
  const auto found = std::find_if(dossier.visits.begin(), dossier.visits.end(), is_it);
  if (found == dossier.visits.end()) {
    claim_for_boxes(passage, evidence, dossier, now, admission.claims);
    return admission;
  }
  admission.visit = *found;
  std::copy_if(dossier.claims.begin(), dossier.claims.end(), std::back_inserter(admission.claims),
               [&](const Claim& claim) {
                 return claim.visit == found->id &&
                        (claim.state == ClaimState::claimed || claim.state == ClaimState::interrupted);
               });
  return admission;
}

void settle(Claim& claim, ClaimState state, const Moment& now) {
  if (claim.state == ClaimState::used || claim.state == ClaimState::released) return;
  claim.state = state;
  claim.since = now.wall;
}

bool stays_behind(const Claim& claim, const std::optional<Visit>& visit, const Evidence& evidence) {
  if (!visit) return false;
  const auto is_it = [&](const VisitJob& job) { return job.job.id == claim.job; };
  const auto job = std::find_if(visit->jobs.begin(), visit->jobs.end(), is_it);
  return job != visit->jobs.end() && !left_with(*job, evidence);
}

GateEvent event_of_job(GateEvent event, const VisitJob& job, const Evidence& evidence,
                       const std::vector<Claim>& claims) {
  event.job = job.job.id;
  event.equipment_number = job.job.equipment_number;
  event.stay_number = job.job.stay_number;
  event.size_type = job.job.size_type;
  event.release_id = job.release_id;
  for (const Claim& claim : claims) {
    if (claim.job != job.job.id) continue;
    event.release_id = claim.release_id;
    if (!event.stay_number) event.stay_number = claim.stay_number;
    if (!event.equipment_number) event.equipment_number = claim.equipment_number;
  }
  const auto boxes = aboard(evidence);
  if (!event.equipment_number && boxes.size() == 1) event.equipment_number = boxes.front()->code;
  const ContainerEvidence* read = read_of(event.equipment_number, evidence);
  if (read && !read->size_type.empty()) event.size_type = read->size_type;
  return event;
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
             : admit_out(passage, verdict, evidence, dossier, now);
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
  if (admission.visit) {
    for (const VisitJob& job : admission.visit->jobs) {
      if (in ? !job.admitted : !left_with(job, evidence)) continue;
      events.push_back(event_of_job(whole, job, evidence, admission.claims));
    }
  }
  if (!events.empty()) return events;
  const auto boxes =
      aboard(evidence);  // a truck without jobs, or one that people let out with what it carried
  for (const ContainerEvidence* box : boxes) {
    events.push_back(whole);
    events.back().equipment_number = box->code;
    if (!box->size_type.empty()) events.back().size_type = box->size_type;
    for (const Claim& claim : admission.claims) {
      if (normalise_equipment_number(claim.equipment_number) != normalise_equipment_number(box->code))
        continue;
      events.back().release_id = claim.release_id;
      events.back().stay_number = claim.stay_number;
    }
  }
  if (events.empty()) events.push_back(whole);
  return events;
}

}  // namespace core
