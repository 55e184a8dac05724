#include "sync/reconcile.hpp"

#include <algorithm>

namespace syncing {
namespace {

const core::ReleaseRight* right_of(const core::Claim& claim, const std::vector<core::ReleaseRight>& rights) {
  const auto by_id = [&claim](const core::ReleaseRight& right) {
    return right.release_id == claim.release_id;
  };
  const auto by_stay = [&claim](const core::ReleaseRight& right) {
    return claim.stay_number && right.stay_number == claim.stay_number &&
           right.equipment_number == claim.equipment_number;
  };
  auto found = std::find_if(rights.begin(), rights.end(), by_id);
  if (found == rights.end()) found = std::find_if(rights.begin(), rights.end(), by_stay);
  return found == rights.end() ? nullptr : &*found;
}

const char* lost(core::RightState state) {
  switch (state) {
    case core::RightState::revoked:
      return "the right was revoked";
    case core::RightState::blocked:
      return "the right was blocked";
    case core::RightState::deleted:
      return "the right was deleted";
    case core::RightState::dirty:
      return "the right was changed, its data are outstanding";
    case core::RightState::active:
      break;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> differences(const OfflineClaim& granted,
                                     const std::vector<core::ReleaseRight>& rights) {
  if (granted.claim.state == core::ClaimState::released) return {};  // nothing came of it
  const core::ReleaseRight* right = right_of(granted.claim, rights);
  if (!right) return {"the platform no longer knows the right"};
  std::vector<std::string> found;
  if (const char* why = lost(right->state)) found.emplace_back(why);
  if (right->used_elsewhere) found.emplace_back("the right was used at another gate too");
  if (right->driver_id_hash && granted.driver_id_hash && *right->driver_id_hash != *granted.driver_id_hash)
    found.emplace_back("another driver was assigned");
  if (right->expiration_date_time_utc && *right->expiration_date_time_utc <= granted.claim.since)
    found.emplace_back("the right had expired");
  return found;
}

std::vector<core::GateEvent> reconciliation_events(
    const std::vector<std::pair<OfflineClaim, std::vector<std::string>>>& compared, core::WallTime now,
    const core::Standing& standing) {
  std::vector<core::GateEvent> events;
  std::size_t differing = 0;
  core::GateEvent event;
  event.kind = core::EventKind::reconciliation;
  event.at = now;
  event.standing = standing;
  for (const auto& [granted, found] : compared) {
    differing += found.empty() ? 0 : 1;
    for (const auto& difference : found) {
      core::GateEvent one = event;
      one.visit = granted.claim.visit;
      one.job = granted.claim.job;
      one.release_id = granted.claim.release_id;
      one.equipment_number = granted.claim.equipment_number;
      one.stay_number = granted.claim.stay_number;
      if (!granted.plate.empty()) one.plate = granted.plate;
      one.driver_id_hash = granted.driver_id_hash;
      one.text = "granted without fresh data: " + difference;
      events.push_back(std::move(one));
    }
  }
  event.text = "compared " + std::to_string(compared.size()) +
               " rights claimed without fresh data: " + std::to_string(differing) + " differ";
  events.push_back(std::move(event));
  return events;
}

}  // namespace syncing
