#include "sync/gather.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace syncing {
namespace {

/// The names of rights, boxes and stays that the evidence and the records found so far mention.
struct Mentioned {
  std::set<std::string> release_ids;
  std::set<std::string> equipment_numbers;
  std::set<std::pair<std::string, std::string>> stays;

  void stay(const std::string& equipment_number, const std::optional<std::string>& stay_number) {
    if (equipment_number.empty()) return;
    equipment_numbers.insert(equipment_number);
    if (stay_number) stays.emplace(equipment_number, *stay_number);
  }

  void job(const core::Job& job) {
    if (job.release_id) release_ids.insert(*job.release_id);
    if (job.equipment_number) stay(*job.equipment_number, job.stay_number);
  }
};

template <class Set>
std::vector<typename Set::value_type> list(const Set& set) {
  return {set.begin(), set.end()};
}

Mentioned mentioned_in(const core::Evidence& evidence, const core::Dossier& dossier) {
  Mentioned mentioned;
  for (const auto& container : evidence.containers) mentioned.stay(container.code, std::nullopt);
  for (const auto& appointment : dossier.appointments)
    for (const auto& job : appointment.jobs) mentioned.job(job);
  for (const auto& visit : dossier.visits)
    for (const auto& job : visit.jobs) {
      mentioned.job(job.job);
      if (job.release_id) mentioned.release_ids.insert(*job.release_id);
    }
  return mentioned;
}

Named named_in(const core::Evidence& evidence, const core::Dossier& dossier, const Mentioned& mentioned) {
  Named named;
  named.containers = mentioned.equipment_numbers;
  if (evidence.plate) named.plates.insert(evidence.plate->plate);
  for (const auto& driver : dossier.drivers) {
    named.drivers.insert(driver.driver_id_hash);
    named.hauliers.push_back(driver.haulier);
  }
  for (const auto& appointment : dossier.appointments) {
    if (appointment.driver_id_hash) named.drivers.insert(*appointment.driver_id_hash);
    if (appointment.tractor_plate) named.plates.insert(*appointment.tractor_plate);
    named.hauliers.push_back(appointment.haulier);
  }
  for (const auto& visit : dossier.visits) {
    if (visit.driver_id_hash) named.drivers.insert(*visit.driver_id_hash);
    if (!visit.plate.empty()) named.plates.insert(visit.plate);
    named.hauliers.push_back(visit.haulier);
  }
  for (const auto& right : dossier.rights) named.hauliers.push_back(right.carrier);
  return named;
}

bool claimed(const core::Dossier& dossier, const core::ReleaseRight& right) {
  return std::any_of(dossier.claims.begin(), dossier.claims.end(), [&right](const core::Claim& claim) {
    return claim.equipment_number == right.equipment_number && claim.stay_number == right.stay_number;
  });
}

/// A claim that was made before the platform told the stay of its right holds that stay as well, where nobody
/// else does: two claims on one stay the journal would never take.
void name_stays(core::Dossier& dossier) {
  for (auto& claim : dossier.claims)
    for (const auto& right : dossier.rights)
      if (!claim.stay_number && right.release_id == claim.release_id && !claimed(dossier, right))
        claim.stay_number = right.stay_number;
}

/// Moves a look-up's answer into `to`; false, with the error noted, where it failed.
template <class T>
bool put(core::Result<std::vector<T>> found, std::vector<T>& to, core::Error& error) {
  if (found) to = std::move(*found);
  if (!found) error = found.error();
  return found.has_value();
}

}  // namespace

core::Result<core::Dossier> gather(Replica& replica, JournalReader& journal, const core::Evidence& evidence) {
  core::Dossier dossier;
  core::Error error{};
  if (evidence.badge && !put(replica.drivers(evidence.badge->credential_hash), dossier.drivers, error))
    return tl::unexpected(error);
  std::vector<std::string> drivers;
  for (const auto& driver : dossier.drivers) drivers.push_back(driver.driver_id_hash);
  std::optional<std::string> plate;
  if (evidence.plate && !evidence.plate->plate.empty()) plate = evidence.plate->plate;
  if (!put(replica.appointments(evidence.tar, plate, drivers, evidence.first_detected), dossier.appointments,
           error) ||
      !put(journal.open_visits(plate, drivers), dossier.visits, error))
    return tl::unexpected(error);
  Mentioned mentioned = mentioned_in(evidence, dossier);
  if (!put(replica.rights(list(mentioned.release_ids), list(mentioned.equipment_numbers)), dossier.rights,
           error))
    return tl::unexpected(error);
  for (const auto& right : dossier.rights) {
    mentioned.release_ids.insert(right.release_id);
    mentioned.stay(right.equipment_number, right.stay_number);
  }
  if (!put(journal.claims(list(mentioned.release_ids), list(mentioned.stays)), dossier.claims, error))
    return tl::unexpected(error);
  name_stays(dossier);
  dossier.restrictions = replica.restrictions(named_in(evidence, dossier, mentioned));
  return dossier;
}

}  // namespace syncing
