#include "gate/core/verify.hpp"

#include <algorithm>
#include <array>

#include "gate/core/checks/checks.hpp"

namespace core {
namespace {

using checks::JobScene;
using checks::Scene;

constexpr std::array truck_checks = {checks::restriction, checks::appointment, checks::visit,
                                     checks::plate,       checks::badge,       checks::containers_aboard};
constexpr std::array job_checks = {
    checks::right,     checks::lights, checks::driver, checks::haulier, checks::means_of_transport,
    checks::container, checks::data};

Decision decision_of(const std::vector<Reason>& reasons) {
  Decision worst = Decision::grant;
  for (const Reason reason : reasons) worst = std::max(worst, facts(reason).decision);
  return worst;
}

bool has(const std::vector<Reason>& reasons, Reason reason) {
  return std::find(reasons.begin(), reasons.end(), reason) != reasons.end();
}

/// The worst first, then as the enumeration has them; each once.
void put_in_order(std::vector<Reason>& reasons) {
  std::sort(reasons.begin(), reasons.end(), [](Reason a, Reason b) {
    const Decision left = facts(a).decision;
    const Decision right = facts(b).decision;
    return left != right ? left > right : a < b;
  });
  reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
}

void add(const std::vector<Reason>& more, std::vector<Reason>& reasons) {
  reasons.insert(reasons.end(), more.begin(), more.end());
}

bool listed(const BackupRefers& refers, CheckKind kind) {
  switch (kind) {
    case CheckKind::right:
      return refers.right;
    case CheckKind::lights:
      return refers.lights;
    case CheckKind::driver:
      return refers.driver;
    case CheckKind::haulier:
      return refers.haulier;
    case CheckKind::means_of_transport:
      return refers.means_of_transport;
    case CheckKind::data:
      return refers.data;
    default:
      return false;
  }
}

/// What passes on data that may have changed since is for an operator, where policy wants it so.
Check with_backup_policy(Check check, const Scene& scene, const JobScene& job) {
  const bool doubted = scene.standing.mode == Mode::backup && job.cpu && check.outcome == Outcome::pass &&
                       listed(scene.policy.backup_refers, check.kind);
  return doubted ? checks::made(check.kind, check.job, {Reason::backup_referred}) : std::move(check);
}

JobVerdict judge(const Scene& scene, const JobScene& job, std::vector<Check>& made) {
  JobVerdict verdict;
  verdict.job = *job.job;
  for (const auto& check : job_checks) {
    made.push_back(with_backup_policy(check(scene, job), scene, job));
    add(made.back().reasons, verdict.reasons);
  }
  put_in_order(verdict.reasons);
  verdict.decision = decision_of(verdict.reasons);
  if (job.meant.right) verdict.release_id = job.meant.right->release_id;
  verdict.follow_ups = checks::follow_ups(scene, job);
  return verdict;
}

/// Entry: the truck may come in for its best job, and only what keeps that one out counts. Exit: all count.
std::vector<Reason> reasons_of_jobs(const Scene& scene, const std::vector<JobVerdict>& jobs) {
  std::vector<Reason> reasons;
  if (jobs.empty()) return reasons;
  const auto best = std::min_element(jobs.begin(), jobs.end(), [](const JobVerdict& a, const JobVerdict& b) {
                      return a.decision < b.decision;
                    })->decision;
  for (const JobVerdict& job : jobs) {
    if (!scene.entry() || job.decision == best) add(job.reasons, reasons);
  }
  return reasons;
}

/// Every kind of check is on the record, also where there was no job to make it for.
void add_those_without_a_job(std::vector<Check>& made) {
  for (const CheckKind kind : {CheckKind::right, CheckKind::lights, CheckKind::driver, CheckKind::haulier,
                               CheckKind::means_of_transport, CheckKind::data}) {
    const bool there =
        std::any_of(made.begin(), made.end(), [&](const Check& check) { return check.kind == kind; });
    if (!there) made.push_back(checks::not_applicable(kind));
  }
}

std::vector<Prompt> prompts_for(const Scene& scene) {
  std::vector<Prompt> prompts;
  if (scene.evidence.prompt_expired) return prompts;
  const bool badge_read = scene.evidence.badge && !scene.evidence.badge->credential_hash.empty();
  if (!badge_read) prompts.push_back(Prompt::present_badge);
  if (scene.entry() && scene.purpose.found != Found::one) prompts.push_back(Prompt::give_tar);
  return prompts;
}

std::vector<Mark> marks_for(const Scene& scene, const Verdict& verdict) {
  std::vector<Mark> marks;
  if (checks::substitute_tractor(scene)) marks.push_back(Mark::substitute_tractor);
  if (checks::corroborated(scene)) marks.push_back(Mark::corroborated);
  const auto warned = [&](const JobScene& job) { return checks::customs_warned(scene, job); };
  if (std::any_of(scene.jobs.begin(), scene.jobs.end(), warned)) marks.push_back(Mark::customs_warning);
  const auto left_out = [](const JobVerdict& job) { return job.decision != Decision::grant; };
  const bool some_left_out = std::any_of(verdict.jobs.begin(), verdict.jobs.end(), left_out);
  if (verdict.decision == Decision::grant && some_left_out) marks.push_back(Mark::partial);
  return marks;
}

void name_what_was_found(const Scene& scene, Verdict& verdict) {
  if (const Appointment* appointment = scene.purpose.appointment) {
    verdict.tar = appointment->tar;
    if (has(verdict.reasons, Reason::slot_too_early)) {
      verdict.come_back_at = appointment->slot_from - scene.policy.slot_early_grace;
    }
  }
  if (const Visit* visit = scene.purpose.visit) {
    verdict.visit = visit->id;
    verdict.tar = visit->tar;
  }
  if (const Driver* driver = scene.purpose.driver) {
    verdict.driver_id_hash = driver->driver_id_hash;
    verdict.driver_mask = driver->mask;
    verdict.language = driver->language;
  }
}

}  // namespace

Verdict verify(const Evidence& evidence, const Dossier& dossier, const Policy& policy,
               const Standing& standing, const Moment& now) {
  const Scene scene = checks::look(evidence, dossier, policy, standing, now);
  Verdict verdict;
  for (const auto& check : truck_checks) {
    verdict.checks.push_back(check(scene));
    add(verdict.checks.back().reasons, verdict.reasons);
  }
  for (const JobScene& job : scene.jobs) verdict.jobs.push_back(judge(scene, job, verdict.checks));
  add_those_without_a_job(verdict.checks);
  add(reasons_of_jobs(scene, verdict.jobs), verdict.reasons);
  put_in_order(verdict.reasons);
  verdict.decision = decision_of(verdict.reasons);
  for (const Reason reason : verdict.reasons)
    verdict.persons = std::max(verdict.persons, facts(reason).persons);
  verdict.prompts = prompts_for(scene);
  verdict.marks = marks_for(scene, verdict);
  name_what_was_found(scene, verdict);
  return verdict;
}

bool settled(const Verdict& verdict, const Evidence& evidence) {
  const bool asked = verdict.prompts.empty() || evidence.prompt_expired;
  return asked && evidence.pictures != PicturesState::pending;
}

}  // namespace core
