// The badge, and whether its driver may do this job. Only the keyed hash is compared, never the mask.
#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

/// Another driver is refused only where the assignment is known to be of now: it may have been changed
/// a moment ago, and then the driver is right and our data are not.
bool fresh_assignment(const Scene& scene, const ReleaseRight& right) {
  return scene.standing.mode == Mode::online && scene.now.trusted && right.assignment_as_of &&
         scene.now.wall - *right.assignment_as_of <= scene.policy.assignment_max_age;
}

std::vector<Reason> against_assignment(const Scene& scene, const ReleaseRight& right) {
  if (!right.driver_id_hash || right.driver_id_hash->empty()) return {Reason::driver_unassigned};
  if (*right.driver_id_hash == scene.purpose.driver->driver_id_hash) return {};
  return {fresh_assignment(scene, right) ? Reason::driver_other : Reason::driver_other_stale};
}

std::vector<Reason> against_haulier(const Scene& scene, const ReleaseRight& right) {
  switch (compare(scene.purpose.driver->haulier, right.carrier)) {
    case HaulierMatch::same:
      return {};
    case HaulierMatch::different:
      return {Reason::haulier_other};
    case HaulierMatch::contradicting:
      return {Reason::haulier_contradicting};
    case HaulierMatch::unknown:
      break;
  }
  return {Reason::haulier_unknown};
}

}  // namespace

Check badge(const Scene& scene) { return made(CheckKind::badge, {}, badge_reasons(scene)); }

Check driver(const Scene& scene, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::driver, job.job->id);
  std::vector<Reason> reasons = badge_reasons(scene);
  if (reasons.empty() && job.meant.why_none) reasons = {*job.meant.why_none};
  if (reasons.empty()) {
    reasons = scene.policy.driver == DriverPolicy::haulier ? against_haulier(scene, *job.meant.right)
                                                           : against_assignment(scene, *job.meant.right);
  }
  return made(CheckKind::driver, job.job->id, std::move(reasons));
}

}  // namespace core::checks
