// The release lights of the container that a job picks up.
#include "gate/core/lights.hpp"

#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

/// Red is the only colour that denies. Whatever else is not a colour to leave under is not understood.
void judge(Colour colour, Reason red, bool orange_leaves, std::vector<Reason>& reasons) {
  switch (colour) {
    case Colour::green:
      return;
    case Colour::red:
      return reasons.push_back(red);
    case Colour::orange:
      if (!orange_leaves) reasons.push_back(Reason::light_unknown);
      return;
    case Colour::information:
      return reasons.push_back(Reason::light_unknown);
    case Colour::unknown:
      return;  // told by `missing` or `unknown` of the summary
  }
}

std::vector<Reason> reasons_of(const LightsSummary& summary, CustomsPolicy customs) {
  std::vector<Reason> reasons;
  judge(summary.commercial, Reason::commercial_red, false, reasons);
  const bool only_warn = summary.customs == Colour::red && customs == CustomsPolicy::warn;
  if (!only_warn) judge(summary.customs, Reason::customs_red, true, reasons);
  const bool terminal_known = summary.terminal != Colour::unknown;
  if (summary.terminal != Colour::green && (terminal_known || !summary.missing)) {
    reasons.push_back(Reason::terminal_not_green);
  }
  if (summary.unknown) reasons.push_back(Reason::light_unknown);
  if (summary.missing) reasons.push_back(Reason::light_missing);
  return reasons;
}

}  // namespace

Check lights(const Scene& scene, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::lights, job.job->id);
  if (job.meant.why_none) return made(CheckKind::lights, job.job->id, {*job.meant.why_none});
  const LightsSummary summary = summarise(scene.policy.lights, job.meant.right->lights);
  return made(CheckKind::lights, job.job->id, reasons_of(summary, scene.policy.customs));
}

std::vector<FollowUp> follow_ups(const Scene& scene, const JobScene& job) {
  if (!job.cpu || !job.meant.right) return {};
  return summarise(scene.policy.lights, job.meant.right->lights).follow_ups;
}

bool customs_warned(const Scene& scene, const JobScene& job) {
  return job.cpu && job.meant.right && scene.policy.customs == CustomsPolicy::warn &&
         summarise(scene.policy.lights, job.meant.right->lights).customs == Colour::red;
}

}  // namespace core::checks
