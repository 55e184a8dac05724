// The tractor's plate against what is expected: the appointment's at the entry, the visit's at the exit.
#include "gate/core/plate.hpp"

#include <algorithm>

#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

/// Blanks are no TAR: the appointment was then found by something else.
bool tar_given(const Scene& scene) {
  return scene.evidence.tar && scene.evidence.tar->find_first_not_of(" \t\r\n") != std::string::npos;
}

std::size_t expected_near(const Scene& scene, const std::string& read) {
  std::size_t count = 0;
  for (const Appointment& appointment : scene.dossier.appointments) {
    if (!scene.entry() || !appointment.tractor_plate) continue;
    if (near_plates(normalise_plate(*appointment.tractor_plate), read)) ++count;
  }
  for (const Visit& visit : scene.dossier.visits) {
    if (scene.entry() || visit.state == VisitState::left || visit.state == VisitState::cancelled) continue;
    if (near_plates(normalise_plate(visit.plate), read)) ++count;
  }
  return count;
}

/// A near plate never authorises on its own: exactly one truck is that near, and the badge agrees.
bool near_enough(const Scene& scene, const std::string& read) {
  return near_plates(read, expected_plate(scene)) && expected_near(scene, read) == 1 && badge_agrees(scene);
}

/// Badge, TAR and haulier together vouch for a tractor that is not the announced one, or unread. The badge
/// must say something: it is the announced driver's, or a right names its driver and haulier.
bool vouched_for(const Scene& scene) {
  const Appointment* appointment = scene.purpose.appointment;
  if (!appointment || !tar_given(scene) || !badge_reasons(scene).empty()) return false;
  const bool some_right =
      std::any_of(scene.jobs.begin(), scene.jobs.end(), [](const JobScene& job) { return job.cpu; });
  if ((appointment->driver_id_hash || !some_right) && !badge_agrees(scene)) return false;
  return std::all_of(scene.jobs.begin(), scene.jobs.end(), [&](const JobScene& job) {
    if (!job.cpu) return true;
    return job.meant.right && compare(appointment->haulier, job.meant.right->carrier) == HaulierMatch::same;
  });
}

std::vector<Reason> reasons_at_entry(const Scene& scene) {
  const std::string expected = expected_plate(scene);
  const std::string read = plate_read(scene);
  if (expected.empty() && (tar_given(scene) || badge_agrees(scene))) return {};
  if (!read.empty() && (read == expected || near_enough(scene, read))) return {};
  if (vouched_for(scene)) return {};
  return {read.empty() ? Reason::plate_unread : Reason::plate_other};
}

std::vector<Reason> reasons_at_exit(const Scene& scene) {
  const std::string expected = expected_plate(scene);
  if (expected.empty()) {
    return badge_agrees(scene) ? std::vector<Reason>{} : std::vector{Reason::plate_unread};
  }
  const std::string read = plate_read(scene);
  if (read.empty()) return {Reason::plate_unread};
  if (read == expected || near_enough(scene, read)) return {};
  return {Reason::plate_other_at_exit};
}

}  // namespace

Check plate(const Scene& scene) {
  // Without an appointment or a visit there is nothing to compare with, and their own checks say so.
  if (scene.purpose.found != Found::one) return not_applicable(CheckKind::plate);
  return made(CheckKind::plate, {}, scene.entry() ? reasons_at_entry(scene) : reasons_at_exit(scene));
}

bool substitute_tractor(const Scene& scene) {
  const std::string read = plate_read(scene);
  const std::string expected = expected_plate(scene);
  return scene.entry() && !read.empty() && !expected.empty() && read != expected &&
         !near_enough(scene, read) && vouched_for(scene);
}

}  // namespace core::checks
