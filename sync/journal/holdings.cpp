#include "sync/journal/holdings.hpp"

#include <algorithm>

#include <sodium.h>

#include "gate/core/plate.hpp"

namespace syncing {

std::uint64_t Holdings::name_of(std::string_view kind, std::string_view a, std::string_view b) const {
  std::string text;
  for (const std::string_view part : {kind, a, b}) text.append(part).push_back('\0');
  std::uint64_t name = 0;
  static_assert(sizeof name == crypto_shorthash_BYTES);
  crypto_shorthash(reinterpret_cast<unsigned char*>(&name),
                   reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.data());
  return name;
}

void Holdings::count(std::uint64_t name, int by) {
  if (by > 0) {
    ++claims_[name];
    return;
  }
  const auto found = claims_.find(name);
  if (found != claims_.end() && --found->second == 0) claims_.erase(found);
}

void Holdings::count(const core::Claim& claim, int by) {
  const std::lock_guard lock(mutex_);
  count(name_of("right", claim.release_id), by);
  if (claim.stay_number) count(name_of("stay", claim.equipment_number, *claim.stay_number), by);
}

void Holdings::hold(const core::Visit& visit) {
  const std::lock_guard lock(mutex_);
  visits_[visit.id] = {visit.plate, visit.driver_id_hash};
}

void Holdings::drop(const core::Visit& visit) {
  const std::lock_guard lock(mutex_);
  visits_.erase(visit.id);
}

bool Holdings::holds(std::uint64_t name) const {
  const std::lock_guard lock(mutex_);
  return claims_.contains(name);
}

bool Holdings::holds_right(const std::string& release_id) const {
  return holds(name_of("right", release_id));
}

bool Holdings::holds_visit(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return visits_.contains(id);
}

bool Holdings::holds_stay(const std::string& equipment_number, const std::string& stay_number) const {
  return holds(name_of("stay", equipment_number, stay_number));
}

std::vector<std::string> Holdings::visits(const std::optional<std::string>& plate,
                                          const std::vector<std::string>& drivers) const {
  std::vector<std::string> ids;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, names] : visits_) {
    const bool by_plate =
        plate && !names.plate.empty() && (names.plate == *plate || core::near_plates(*plate, names.plate));
    const bool by_driver = names.driver_id_hash &&
                           std::find(drivers.begin(), drivers.end(), *names.driver_id_hash) != drivers.end();
    if (by_plate || by_driver) ids.push_back(id);
  }
  return ids;
}

void Holdings::damaged(const std::string& what) {
  const std::lock_guard lock(mutex_);
  if (damage_.empty()) damage_ = what;
  sound_ = false;
}

std::string Holdings::damage() const {
  const std::lock_guard lock(mutex_);
  return damage_;
}

}  // namespace syncing
