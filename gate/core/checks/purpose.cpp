// What the truck is here for: its appointment at the entry, its open truck visit at the exit.
#include "gate/core/checks/checks.hpp"

namespace core::checks {

Check appointment(const Scene& scene) {
  if (!scene.entry()) return not_applicable(CheckKind::appointment);
  const Appointment* appointment = scene.purpose.appointment;
  std::vector<Reason> reasons;
  if (scene.purpose.found == Found::several) {
    reasons.push_back(Reason::appointment_ambiguous);
  } else if (!appointment || appointment->jobs.empty()) {
    reasons.push_back(Reason::appointment_missing);  // one without jobs admits nobody to anything
  }
  if (appointment) {
    const WallTime came = scene.evidence.first_detected;
    const bool early = came < appointment->slot_from - scene.policy.slot_early_grace;
    const bool late = came > appointment->slot_to + scene.policy.slot_late_grace;
    if (early) reasons.push_back(by_clock(scene, Reason::slot_too_early));
    if (late) reasons.push_back(by_clock(scene, Reason::slot_too_late));
    if (appointment->dirty) reasons.push_back(Reason::appointment_dirty);
  }
  return made(CheckKind::appointment, {}, std::move(reasons));
}

Check visit(const Scene& scene) {
  if (scene.entry()) return not_applicable(CheckKind::visit);
  std::vector<Reason> reasons;
  if (scene.purpose.found == Found::several) reasons.push_back(Reason::visit_ambiguous);
  if (scene.purpose.found == Found::none) reasons.push_back(Reason::visit_missing);
  if (scene.purpose.visit && scene.purpose.visit->state != VisitState::inside) {
    reasons.push_back(Reason::visit_interrupted);
  }
  return made(CheckKind::visit, {}, std::move(reasons));
}

}  // namespace core::checks
