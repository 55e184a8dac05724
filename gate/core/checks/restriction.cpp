// Bans and holds, in any mode: whatever this passage names is held against the list.
#include <algorithm>

#include "gate/core/checks/checks.hpp"
#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace core::checks {
namespace {

/// Whoever the badge may be, also where several drivers share it, and who the visit says came in.
bool names_driver(const Scene& scene, const std::string& value) {
  if (scene.purpose.visit && scene.purpose.visit->driver_id_hash == value) return true;
  if (!scene.evidence.badge) return false;
  return std::any_of(scene.dossier.drivers.begin(), scene.dossier.drivers.end(), [&](const Driver& driver) {
    const auto& hashes = driver.credential_hashes;
    return driver.driver_id_hash == value &&
           std::find(hashes.begin(), hashes.end(), scene.evidence.badge->credential_hash) != hashes.end();
  });
}

/// Also an unsure read: a plate that looks banned is worth a second look by people.
bool names_plate(const Scene& scene, const std::string& value) {
  const std::string plate = normalise_plate(value);
  if (plate.empty()) return false;
  return (scene.evidence.plate && normalise_plate(scene.evidence.plate->plate) == plate) ||
         expected_plate(scene) == plate;
}

bool names_haulier(const Scene& scene, const std::string& value) {
  const HaulierIds* ids = haulier_of(scene);
  if (ids && has_id(*ids, value)) return true;
  return std::any_of(scene.jobs.begin(), scene.jobs.end(), [&](const JobScene& job) {
    return job.meant.right && has_id(job.meant.right->carrier, value);
  });
}

bool names_container(const Scene& scene, const std::string& value) {
  const std::string number = normalise_equipment_number(value);
  const auto is_it = [&](const std::string& raw) { return normalise_equipment_number(raw) == number; };
  if (number.empty()) return false;
  for (const JobScene& job : scene.jobs) {
    if (job.job->equipment_number && is_it(*job.job->equipment_number)) return true;
    if (job.meant.right && is_it(job.meant.right->equipment_number)) return true;
  }
  return std::any_of(scene.evidence.containers.begin(), scene.evidence.containers.end(),
                     [&](const ContainerEvidence& read) { return is_it(read.code); });
}

bool names(const Scene& scene, const Restriction& restriction) {
  if (restriction.value.empty()) return false;
  switch (restriction.subject) {
    case RestrictionSubject::driver:
      return names_driver(scene, restriction.value);
    case RestrictionSubject::plate:
      return names_plate(scene, restriction.value);
    case RestrictionSubject::haulier:
      return names_haulier(scene, restriction.value);
    case RestrictionSubject::container:
      return names_container(scene, restriction.value);
  }
  return true;  // a subject that we do not know: a ban must not fall through
}

}  // namespace

Check restriction(const Scene& scene) {
  bool banned = false;
  bool held = false;
  for (const Restriction& restriction : scene.dossier.restrictions) {
    if (names(scene, restriction)) (restriction.kind == RestrictionKind::hold ? held : banned) = true;
  }
  std::vector<Reason> reasons;
  if (banned) reasons.push_back(Reason::banned);
  if (held) reasons.push_back(Reason::held);
  return made(CheckKind::restriction, {}, std::move(reasons));
}

}  // namespace core::checks
