// The right that a job means: its state, its life, and whether somebody else holds it.
#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

std::optional<WallTime> expiry_of(const ReleaseRight& right, const Policy& policy) {
  if (right.expiration_date_time_utc) return right.expiration_date_time_utc;
  if (right.release_date_time_utc) return *right.release_date_time_utc + policy.right_life_without_expiry;
  return std::nullopt;
}

/// Judged when the truck was first detected at the entry: a queue of our own making costs nobody a right.
void judge_life(const Scene& scene, const ReleaseRight& right, std::vector<Reason>& reasons) {
  const auto expiry = expiry_of(right, scene.policy);
  if (!expiry) {
    reasons.push_back(Reason::right_undated);
    return;
  }
  const Visit* visit = scene.purpose.visit;
  const WallTime came = visit ? visit->first_detected : scene.evidence.first_detected;
  if (came >= *expiry) {
    reasons.push_back(by_clock(scene, Reason::right_expired));
  } else if (visit && scene.evidence.first_detected >= *expiry) {
    reasons.push_back(by_clock(scene, Reason::right_expired_inside));
  }
}

void judge_state(const ReleaseRight& right, std::vector<Reason>& reasons) {
  switch (right.state) {
    case RightState::active:
      return;
    case RightState::dirty:
      return reasons.push_back(Reason::right_dirty);
    case RightState::revoked:
      return reasons.push_back(Reason::right_revoked);
    case RightState::blocked:
      return reasons.push_back(Reason::right_blocked);
    case RightState::deleted:
      return reasons.push_back(Reason::right_deleted);
  }
  reasons.push_back(Reason::right_dirty);  // a state that we do not know is never an active right
}

void judge_claims(const Scene& scene, const ReleaseRight& right, std::vector<Reason>& reasons) {
  bool used = right.used_elsewhere;
  bool claimed = false;
  bool interrupted = false;
  for (const Claim& claim : scene.dossier.claims) {
    if (!claims(claim, right)) continue;
    const bool own = scene.purpose.visit && claim.visit == scene.purpose.visit->id;
    used = used || claim.state == ClaimState::used;
    claimed = claimed || (claim.state == ClaimState::claimed && !own);
    interrupted = interrupted || claim.state == ClaimState::interrupted;
  }
  if (used) reasons.push_back(Reason::right_used);
  if (claimed) reasons.push_back(Reason::right_claimed);
  if (interrupted) reasons.push_back(Reason::claim_interrupted);
}

}  // namespace

Check right(const Scene& scene, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::right, job.job->id);
  std::vector<Reason> reasons;
  if (job.meant.why_none) {
    reasons.push_back(*job.meant.why_none);
  } else {
    const ReleaseRight& meant = *job.meant.right;
    judge_state(meant, reasons);
    judge_life(scene, meant, reasons);
    judge_claims(scene, meant, reasons);
    if (summarise(scene.policy.lights, meant.lights).has_left)
      reasons.push_back(Reason::right_gate_out_received);
  }
  return made(CheckKind::right, job.job->id, std::move(reasons));
}

}  // namespace core::checks
