#include "gate/core/checks/meant_right.hpp"

#include <algorithm>
#include <vector>

#include "gate/core/equipment_number.hpp"

namespace core::checks {
namespace {

using Candidates = std::vector<const ReleaseRight*>;

bool given(const std::optional<std::string>& text) { return text && !text->empty(); }

bool same_number(const std::string& a, const std::string& b) {
  return normalise_equipment_number(a) == normalise_equipment_number(b);
}

bool used(const ReleaseRight& right, const Dossier& dossier) {
  return right.used_elsewhere ||
         std::any_of(dossier.claims.begin(), dossier.claims.end(), [&](const Claim& claim) {
           return claim.state == ClaimState::used && claims(claim, right);
         });
}

/// Over for good: such a right beside another does not make the other doubtful. Blocked and dirty ones do.
bool over(const ReleaseRight& right, const Dossier& dossier) {
  return right.state == RightState::revoked || right.state == RightState::deleted || used(right, dossier);
}

MeantRight only_one(const Candidates& candidates, const Dossier& dossier) {
  if (candidates.empty()) return {nullptr, Reason::right_not_found};
  if (candidates.size() == 1) return {candidates.front(), std::nullopt};
  Candidates live;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(live),
               [&](const ReleaseRight* right) { return !over(*right, dossier); });
  if (live.size() == 1) return {live.front(), std::nullopt};
  if (live.size() > 1) return {nullptr, Reason::right_ambiguous};
  // All are over, and each of them denies: the latest says why.
  const auto latest =
      std::max_element(candidates.begin(), candidates.end(), [](const auto* a, const auto* b) {
        return a->as_of != b->as_of ? a->as_of < b->as_of : a->release_id < b->release_id;
      });
  return {*latest, std::nullopt};
}

bool contradicts(const Job& job, const ReleaseRight& right) {
  const bool other_number = given(job.equipment_number) && !right.equipment_number.empty() &&
                            !same_number(*job.equipment_number, right.equipment_number);
  const bool other_stay =
      given(job.stay_number) && given(right.stay_number) && *job.stay_number != *right.stay_number;
  return other_number || other_stay;
}

MeantRight by_release_id(const Job& job, const std::string& release_id, const Dossier& dossier) {
  Candidates candidates;
  for (const ReleaseRight& right : dossier.rights) {
    if (right.release_id == release_id) candidates.push_back(&right);
  }
  const MeantRight meant = only_one(candidates, dossier);
  if (meant.right && contradicts(job, *meant.right)) return {nullptr, Reason::right_ambiguous};
  return meant;
}

}  // namespace

MeantRight meant_right(const Job& job, const std::optional<std::string>& claimed, const Dossier& dossier) {
  if (given(claimed)) return by_release_id(job, *claimed, dossier);
  if (given(job.release_id)) return by_release_id(job, *job.release_id, dossier);
  if (!given(job.equipment_number)) return {nullptr, Reason::right_not_found};
  Candidates of_stay;
  Candidates without_stay;
  Candidates all;
  for (const ReleaseRight& right : dossier.rights) {
    if (!same_number(*job.equipment_number, right.equipment_number)) continue;
    all.push_back(&right);
    if (!given(right.stay_number)) without_stay.push_back(&right);
    if (given(right.stay_number) && right.stay_number == job.stay_number) of_stay.push_back(&right);
  }
  if (!given(job.stay_number)) return only_one(all, dossier);
  return only_one(of_stay.empty() ? without_stay : of_stay, dossier);
}

bool claims(const Claim& claim, const ReleaseRight& right) {
  if (!right.release_id.empty() && claim.release_id == right.release_id) return true;
  return given(claim.stay_number) && given(right.stay_number) && *claim.stay_number == *right.stay_number &&
         same_number(claim.equipment_number, right.equipment_number);
}

bool container_has_right(const Job& job, const Dossier& dossier) {
  return std::any_of(dossier.rights.begin(), dossier.rights.end(), [&](const ReleaseRight& right) {
    if (given(job.release_id) && right.release_id == *job.release_id) return true;
    if (!given(job.equipment_number) || !same_number(*job.equipment_number, right.equipment_number))
      return false;
    const bool same_stay = given(job.stay_number) && given(right.stay_number) && !contradicts(job, right);
    return same_stay || (!contradicts(job, right) && !over(right, dossier));
  });
}

}  // namespace core::checks
