#include "gate/core/checks/scene.hpp"

#include <algorithm>

#include "gate/core/plate.hpp"

namespace core::checks {
namespace {

JobScene job_scene(const Job& job, const std::optional<std::string>& claimed, const Dossier& dossier,
                   const Policy& policy) {
  JobScene scene;
  scene.job = &job;
  // The box decides, not the label: a pick-up of a container that has a right needs it.
  scene.cpu = policy.cpu_mandatory && is_pickup(job.kind) &&
              (needs_right(job.kind) || claimed.has_value() || container_has_right(job, dossier));
  if (scene.cpu) scene.meant = meant_right(job, claimed, dossier);
  return scene;
}

/// Two jobs of one truck cannot both have the same right: which of them it is cannot be told.
void part_doubles(std::vector<JobScene>& jobs) {
  std::vector<const ReleaseRight*> meant;
  for (const JobScene& job : jobs) meant.push_back(job.meant.right);
  for (JobScene& job : jobs) {
    if (job.meant.right && std::count(meant.begin(), meant.end(), job.meant.right) > 1) {
      job.meant = {nullptr, Reason::right_ambiguous};
    }
  }
}

}  // namespace

Scene look(const Evidence& evidence, const Dossier& dossier, const Policy& policy, const Standing& standing,
           const Moment& now) {
  Scene scene{evidence, dossier, policy, standing, now, find_purpose(evidence, dossier, policy), {}};
  if (const Appointment* appointment = scene.purpose.appointment) {
    for (const Job& job : appointment->jobs) {
      scene.jobs.push_back(job_scene(job, std::nullopt, dossier, policy));
    }
  }
  if (const Visit* visit = scene.purpose.visit) {
    for (const VisitJob& job : visit->jobs) {
      if (job.admitted) scene.jobs.push_back(job_scene(job.job, job.release_id, dossier, policy));
    }
  }
  part_doubles(scene.jobs);
  return scene;
}

const HaulierIds* haulier_of(const Scene& scene) {
  if (scene.purpose.appointment) return &scene.purpose.appointment->haulier;
  return scene.purpose.visit ? &scene.purpose.visit->haulier : nullptr;
}

std::string expected_plate(const Scene& scene) {
  if (scene.purpose.visit) return normalise_plate(scene.purpose.visit->plate);
  const Appointment* appointment = scene.purpose.appointment;
  return appointment && appointment->tractor_plate ? normalise_plate(*appointment->tractor_plate)
                                                   : std::string();
}

std::string plate_read(const Scene& scene) {
  if (!scene.evidence.plate) return {};
  const PlateEvidence& read = *scene.evidence.plate;
  std::string plate = normalise_plate(read.plate);
  const bool counts = read.sure || read.source != Source::read || plate == expected_plate(scene);
  return counts ? plate : std::string();
}

Reason by_clock(const Scene& scene, Reason reason) {
  return scene.now.trusted ? reason : Reason::mode_restricted;
}

std::vector<Reason> badge_reasons(const Scene& scene) {
  if (!scene.evidence.badge || scene.evidence.badge->credential_hash.empty()) return {Reason::badge_missing};
  const Driver* driver = scene.purpose.driver;
  if (!driver || driver->dirty || driver->driver_id_hash.empty()) return {Reason::badge_unknown};
  const bool begun = !driver->valid_from || scene.now.wall >= *driver->valid_from;
  const bool over = driver->valid_until && scene.now.wall >= *driver->valid_until;
  if (driver->status != BadgeStatus::active) return {Reason::badge_inactive};
  if (!begun || over) return {by_clock(scene, Reason::badge_inactive)};
  return {};
}

bool badge_agrees(const Scene& scene) {
  if (!badge_reasons(scene).empty()) return false;
  const std::string& driver = scene.purpose.driver->driver_id_hash;
  if (scene.purpose.visit) return scene.purpose.visit->driver_id_hash == driver;
  return scene.purpose.appointment && scene.purpose.appointment->driver_id_hash == driver;
}

}  // namespace core::checks
