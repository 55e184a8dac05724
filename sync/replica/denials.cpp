#include "sync/replica/denials.hpp"

#include <cctype>
#include <optional>

namespace syncing {
namespace {

/// Ids of hauliers compare in upper case, without blanks, dots and dashes.
std::string normal_id(const std::string& id) {
  std::string normal;
  for (const char c : id)
    if (c != ' ' && c != '.' && c != '-')
      normal += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return normal;
}

}  // namespace

void Denials::add(core::Restriction restriction) {
  const bool haulier = restriction.subject == core::RestrictionSubject::haulier;
  auto key = std::pair(restriction.subject, haulier ? normal_id(restriction.value) : restriction.value);
  restrictions_[std::move(key)].push_back(std::move(restriction));
}

void Denials::add_use(std::string release_id, std::string equipment_number, std::string stay_number) {
  if (release_id.empty()) used_stays_alone_.emplace(equipment_number, stay_number);
  if (!equipment_number.empty() && !stay_number.empty())
    used_stays_.emplace(std::move(equipment_number), std::move(stay_number));
  if (!release_id.empty()) used_rights_.insert(std::move(release_id));
}

std::vector<core::Restriction> Denials::naming(const Named& named) const {
  std::vector<core::Restriction> found;
  const auto look = [this, &found](core::RestrictionSubject subject, const std::string& value) {
    const auto match = restrictions_.find({subject, value});
    if (match != restrictions_.end()) found.insert(found.end(), match->second.begin(), match->second.end());
  };
  for (const auto& driver : named.drivers) look(core::RestrictionSubject::driver, driver);
  for (const auto& plate : named.plates) look(core::RestrictionSubject::plate, plate);
  for (const auto& container : named.containers) look(core::RestrictionSubject::container, container);
  std::set<std::string> ids;
  for (const auto& haulier : named.hauliers)
    for (const auto& id :
         {haulier.nxt_entity_id, haulier.eori, haulier.tin, haulier.apcs, haulier.duns, haulier.external_id})
      if (id && !normal_id(*id).empty()) ids.insert(normal_id(*id));
  for (const auto& id : ids) look(core::RestrictionSubject::haulier, id);
  return found;
}

bool Denials::used_elsewhere(const core::ReleaseRight& right) const {
  return used_rights_.contains(right.release_id) ||
         (right.stay_number && used_stays_.contains({right.equipment_number, *right.stay_number}));
}

bool Denials::names_a_stay_alone(const std::string& equipment_number) const {
  const auto first = unnamed_.lower_bound({equipment_number, ""});
  return first != unnamed_.end() && first->first == equipment_number;
}

std::vector<std::string> Denials::stays_used(const std::string& equipment_number) const {
  std::vector<std::string> stays;
  for (auto used = used_stays_alone_.lower_bound({equipment_number, ""});
       used != used_stays_alone_.end() && used->first == equipment_number; ++used)
    stays.push_back(used->second);
  return stays;
}

}  // namespace syncing
