// At the exit the box decides: whatever is aboard must be what this visit may take.
#include <algorithm>
#include <set>

#include "gate/core/checks/checks.hpp"
#include "gate/core/equipment_number.hpp"

namespace core::checks {
namespace {

bool by_operator(const ContainerEvidence& read) { return read.source != Source::read; }

bool digit_fits(const ContainerEvidence& read, const std::string& code) {
  return check_digit_fits(code) && (read.check_digit || by_operator(read));
}

/// The codes aboard, each once: several faces of a box show the same one.
struct Aboard {
  std::set<std::string> sure;
  std::set<std::string> unsure;
  std::set<std::string> wrong_digit;

  [[nodiscard]] bool doubtful() const { return !unsure.empty() || !wrong_digit.empty(); }
};

Aboard aboard(const Evidence& evidence) {
  Aboard boxes;
  for (const ContainerEvidence& read : evidence.containers) {
    const std::string code = normalise_equipment_number(read.code);
    if (form_of(code) != CodeForm::malformed && !digit_fits(read, code)) {
      boxes.wrong_digit.insert(code);
    } else {
      const bool sure = form_of(code) != CodeForm::malformed && (read.sure || by_operator(read));
      (sure ? boxes.sure : boxes.unsure).insert(code);
    }
  }
  for (const std::string& code : boxes.sure) boxes.unsure.erase(code);
  return boxes;
}

std::optional<std::string> number_of(const JobScene& job) {
  if (job.job->equipment_number && !job.job->equipment_number->empty()) {
    return normalise_equipment_number(*job.job->equipment_number);
  }
  if (job.meant.right && !job.meant.right->equipment_number.empty()) {
    return normalise_equipment_number(job.meant.right->equipment_number);
  }
  return std::nullopt;
}

/// Why nobody can say what is aboard; nothing where the pictures, or an operator, do say. Where one view was
/// not to be believed and the others show no box, there may be one all the same.
std::vector<Reason> unseen(const Evidence& evidence) {
  if (evidence.pictures == PicturesState::read) {
    if (evidence.view_faults.empty() || !evidence.containers.empty()) return {};
    return {Reason::camera_failed};
  }
  if (std::any_of(evidence.containers.begin(), evidence.containers.end(), by_operator)) return {};
  return {evidence.pictures == PicturesState::failed ? Reason::camera_failed : Reason::container_unread};
}

/// The sure codes that no job of the visit names, and how many of them a job without a number explains.
struct Strangers {
  std::vector<std::string> codes;
  std::size_t explained = 0;
  bool pick_up = false;
};

Strangers strangers(const Scene& scene, const Aboard& boxes) {
  std::set<std::string> own;
  Strangers found;
  for (const JobScene& job : scene.jobs) {
    if (!is_pickup(job.job->kind)) continue;
    found.pick_up = true;
    if (const auto number = number_of(job)) {
      own.insert(*number);
    } else if (!job.cpu) {
      ++found.explained;
    }
  }
  for (const std::string& code : boxes.sure) {
    if (!own.contains(code)) found.codes.push_back(code);
  }
  return found;
}

bool has_right(const std::string& code, const Scene& scene) {
  Job job;
  job.equipment_number = code;
  return scene.policy.cpu_mandatory && container_has_right(job, scene.dossier);
}

/// A terminal's own release may name no number beforehand. Then a box is at best not contradicted, and a
/// box that has a right of its own is somebody else's.
Reason judge_strangers(const Scene& scene, const Strangers& found) {
  if (!found.pick_up) return Reason::container_without_job;
  const bool foreign = std::any_of(found.codes.begin(), found.codes.end(),
                                   [&](const std::string& code) { return has_right(code, scene); });
  if (foreign || found.codes.size() > found.explained) return Reason::container_swapped;
  return Reason::right_not_found;
}

void add_doubts(const Aboard& boxes, std::vector<Reason>& reasons) {
  if (!boxes.unsure.empty()) reasons.push_back(Reason::container_unsure);
  if (!boxes.wrong_digit.empty()) reasons.push_back(Reason::container_check_digit);
}

}  // namespace

Check containers_aboard(const Scene& scene) {
  // Without a visit nothing can be compared; its own check refers, for two persons.
  if (scene.entry() || !scene.purpose.visit) return not_applicable(CheckKind::container);
  std::vector<Reason> reasons = unseen(scene.evidence);
  const Aboard boxes = aboard(scene.evidence);
  const Strangers found = strangers(scene, boxes);
  if (!found.codes.empty()) reasons.push_back(judge_strangers(scene, found));
  add_doubts(boxes, reasons);
  return made(CheckKind::container, {}, std::move(reasons));
}

Check container(const Scene& scene, const JobScene& job) {
  if (scene.entry() || !is_pickup(job.job->kind)) return not_applicable(CheckKind::container, job.job->id);
  const Aboard boxes = aboard(scene.evidence);
  const auto number = number_of(job);
  const Strangers found = strangers(scene, boxes);
  std::vector<Reason> reasons = unseen(scene.evidence);
  if ((number && boxes.sure.contains(*number)) || !reasons.empty()) {
    return made(CheckKind::container, job.job->id, std::move(reasons));
  }
  if (boxes.doubtful()) {
    add_doubts(boxes, reasons);
  } else {
    reasons.push_back(found.codes.empty() ? Reason::container_unread : judge_strangers(scene, found));
  }
  return made(CheckKind::container, job.job->id, std::move(reasons));
}

bool corroborated(const Scene& scene) {
  if (scene.entry()) return false;
  std::size_t expected = 0;
  for (const JobScene& job : scene.jobs) {
    if (!is_pickup(job.job->kind)) continue;
    ++expected;
    const auto number = number_of(job);
    const bool seen = std::any_of(scene.evidence.containers.begin(), scene.evidence.containers.end(),
                                  [&](const ContainerEvidence& read) {
                                    return number && !by_operator(read) && read.sure &&
                                           normalise_equipment_number(read.code) == *number;
                                  });
    if (!seen) return false;
  }
  return expected > 0;
}

}  // namespace core::checks
