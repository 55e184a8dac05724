#include "gate/core/purpose.hpp"

#include <algorithm>

#include "gate/core/plate.hpp"

namespace core {
namespace {

/// Records that could be meant; one of them is an answer, several are a question to the driver.
template <class Record>
using Candidates = std::vector<const Record*>;

template <class Record, class Fits>
Candidates<Record> those(const std::vector<Record>& records, Fits fits) {
  Candidates<Record> found;
  for (const Record& record : records) {
    if (fits(record)) found.push_back(&record);
  }
  return found;
}

/// What the evidence offers to look for.
struct Sought {
  std::string plate;                  // normalised; empty: unread
  bool sure = false;                  // the plate may also be looked for nearby
  std::optional<std::string> driver;  // driver_id_hash
};

Sought sought_of(const Evidence& evidence, const Driver* driver) {
  Sought sought;
  if (evidence.plate) {
    sought.plate = normalise_plate(evidence.plate->plate);
    sought.sure = evidence.plate->sure || evidence.plate->source != Source::read;
  }
  if (driver && !driver->dirty && !driver->driver_id_hash.empty()) sought.driver = driver->driver_id_hash;
  return sought;
}

const Driver* driver_of(const Evidence& evidence, const Dossier& dossier) {
  if (!evidence.badge || evidence.badge->credential_hash.empty()) return nullptr;
  const auto found = those(dossier.drivers, [&](const Driver& driver) {
    const auto& hashes = driver.credential_hashes;
    return std::find(hashes.begin(), hashes.end(), evidence.badge->credential_hash) != hashes.end();
  });
  return found.size() == 1 ? found.front() : nullptr;
}

// ---- entry -----------------------------------------------------------------------------------

/// A TAR is keyed in by hand: case and blanks around or in it mean nothing.
std::string normalise_tar(std::string_view raw) {
  std::string normal;
  for (const char c : raw) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    normal.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return normal;
}

bool bound_to(const Appointment& appointment, const std::string& plate) {
  return !plate.empty() && appointment.tractor_plate && normalise_plate(*appointment.tractor_plate) == plate;
}

bool near(const Appointment& appointment, const Sought& sought) {
  return sought.sure && appointment.tractor_plate &&
         near_plates(normalise_plate(*appointment.tractor_plate), sought.plate);
}

bool of_driver(const Appointment& appointment, const Sought& sought) {
  return sought.driver && appointment.driver_id_hash == sought.driver;
}

/// The first question that somebody answers decides; a closed slot is asked for last, so that a truck
/// that comes too early still hears when to come back.
Candidates<Appointment> appointments_without_tar(const Evidence& evidence, const Sought& sought,
                                                 const Dossier& dossier, const Policy& policy) {
  const auto open = [&](const Appointment& a) {
    return evidence.first_detected >= a.slot_from - policy.slot_early_grace &&
           evidence.first_detected <= a.slot_to + policy.slot_late_grace;
  };
  const auto& all = dossier.appointments;
  auto found = those(all, [&](const Appointment& a) { return open(a) && bound_to(a, sought.plate); });
  if (!found.empty()) return found;
  found = those(all, [&](const Appointment& a) { return open(a) && near(a, sought); });
  if (found.size() == 1 && of_driver(*found.front(), sought)) return found;
  found = those(all, [&](const Appointment& a) { return open(a) && of_driver(a, sought); });
  if (!found.empty()) return found;
  return those(all, [&](const Appointment& a) { return bound_to(a, sought.plate); });
}

void find_appointment(const Evidence& evidence, const Dossier& dossier, const Policy& policy,
                      Purpose& purpose) {
  Candidates<Appointment> found;
  if (evidence.tar && !normalise_tar(*evidence.tar).empty()) {
    const std::string tar = normalise_tar(*evidence.tar);
    found = those(dossier.appointments, [&](const Appointment& a) { return normalise_tar(a.tar) == tar; });
  } else {
    found = appointments_without_tar(evidence, sought_of(evidence, purpose.driver), dossier, policy);
  }
  if (found.empty()) return;
  purpose.found = found.size() == 1 ? Found::one : Found::several;
  if (purpose.found == Found::one) purpose.appointment = found.front();
}

// ---- exit ------------------------------------------------------------------------------------

Candidates<Visit> narrowed(const Candidates<Visit>& visits, const auto& fits) {
  Candidates<Visit> found;
  std::copy_if(visits.begin(), visits.end(), std::back_inserter(found),
               [&](const Visit* visit) { return fits(*visit); });
  return found;
}

/// Plate and badge together; where they mean different visits, both are returned and nobody is right.
Candidates<Visit> visits_meant(const Candidates<Visit>& open, const Sought& sought) {
  const auto by_plate = narrowed(open, [&](const Visit& visit) {
    return !sought.plate.empty() && normalise_plate(visit.plate) == sought.plate;
  });
  const auto by_driver = narrowed(
      open, [&](const Visit& visit) { return sought.driver && visit.driver_id_hash == sought.driver; });
  auto by_both =
      narrowed(by_plate, [&](const Visit& visit) { return visit.driver_id_hash == sought.driver; });
  if (sought.driver && !by_both.empty()) return by_both;
  if (by_plate.empty() && by_driver.size() > 1) {  // one driver with several visits: a near plate may tell
    auto near = narrowed(open, [&](const Visit& visit) {
      return sought.sure && near_plates(normalise_plate(visit.plate), sought.plate);
    });
    if (near.size() == 1 && near.front()->driver_id_hash == sought.driver) return near;
  }
  Candidates<Visit> all = by_plate;
  all.insert(all.end(), by_driver.begin(), by_driver.end());
  return all;
}

void find_visit(const Evidence& evidence, const Dossier& dossier, Purpose& purpose) {
  const Sought sought = sought_of(evidence, purpose.driver);
  const auto in_state = [&](auto... states) {
    return those(dossier.visits, [=](const Visit& visit) { return ((visit.state == states) || ...); });
  };
  auto found = visits_meant(in_state(VisitState::inside), sought);
  // A visit whose entry was never proven explains a truck at the exit only when no proven one does.
  if (found.empty()) found = visits_meant(in_state(VisitState::admitted, VisitState::interrupted), sought);
  if (found.empty()) return;
  purpose.found = found.size() == 1 ? Found::one : Found::several;
  if (purpose.found == Found::one) purpose.visit = found.front();
}

}  // namespace

Purpose find_purpose(const Evidence& evidence, const Dossier& dossier, const Policy& policy) {
  Purpose purpose;
  purpose.driver = driver_of(evidence, dossier);
  if (evidence.direction == Direction::entry) {
    find_appointment(evidence, dossier, policy, purpose);
  } else {
    find_visit(evidence, dossier, purpose);
  }
  return purpose;
}

}  // namespace core
