#include "gate/core/expected.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace core {
namespace {

using Names = std::set<std::string>;

void add_jobs(const std::vector<Job>& jobs, Names& codes) {
  for (const Job& job : jobs)
    if (job.equipment_number) codes.insert(normalise_equipment_number(*job.equipment_number));
}

Names codes_of(const Dossier& dossier) {
  Names codes;
  for (const Appointment& appointment : dossier.appointments) add_jobs(appointment.jobs, codes);
  for (const Visit& visit : dossier.visits)
    for (const VisitJob& job : visit.jobs) add_jobs({job.job}, codes);
  for (const ReleaseRight& right : dossier.rights)
    codes.insert(normalise_equipment_number(right.equipment_number));
  return codes;
}

Names plates_of(const Dossier& dossier) {
  Names plates;
  for (const Appointment& appointment : dossier.appointments)
    if (appointment.tractor_plate) plates.insert(normalise_plate(*appointment.tractor_plate));
  for (const Visit& visit : dossier.visits) plates.insert(normalise_plate(visit.plate));
  return plates;
}

void first(const Names& names, std::vector<std::string>& alternatives) {
  std::stable_partition(alternatives.begin(), alternatives.end(),
                        [&](const std::string& one) { return names.contains(one); });
}

}  // namespace

void offer_expected_first(const Dossier& dossier, Sighting& sighting) {
  const Names codes = codes_of(dossier), plates = plates_of(dossier);
  for (ContainerRead& read : sighting.containers) first(codes, read.alternatives);
  for (PlateRead& read : sighting.plates) first(plates, read.alternatives);
}

}  // namespace core
