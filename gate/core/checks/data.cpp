// Whether what we know of a job's right is good enough to decide by. Exports and drops go on without it.
#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

bool too_old(const Scene& scene) {
  return !scene.standing.data_as_of ||
         scene.now.wall - *scene.standing.data_as_of > scene.policy.right_max_age;
}

}  // namespace

Check data(const Scene& scene, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::data, job.job->id);
  std::vector<Reason> reasons;
  // With a doubtful clock no expiry above means anything, whatever mode we are told.
  if (scene.standing.mode == Mode::restricted || !scene.now.trusted)
    reasons.push_back(Reason::mode_restricted);
  if (too_old(scene)) reasons.push_back(Reason::right_data_old);
  return made(CheckKind::data, job.job->id, std::move(reasons));
}

}  // namespace core::checks
