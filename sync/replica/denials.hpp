// What denies: bans, holds, and rights used elsewhere. Held in memory whole, so that a flipped bit in an
// index cannot hide one.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gate/core/haulier.hpp"
#include "gate/core/records.hpp"

namespace syncing {

/// Everything that a restriction could name in one decision.
struct Named {
  std::set<std::string> drivers{};
  std::set<std::string> plates{};
  std::set<std::string> containers{};
  std::vector<core::HaulierIds> hauliers{};
};

class Denials {
 public:
  void add(core::Restriction restriction);
  void add_use(std::string release_id, std::string equipment_number, std::string stay_number);

  [[nodiscard]] std::vector<core::Restriction> naming(const Named& named) const;

  /// By releaseId, or by container stay.
  [[nodiscard]] bool used_elsewhere(const core::ReleaseRight& right) const;

 private:
  std::map<std::pair<core::RestrictionSubject, std::string>, std::vector<core::Restriction>> restrictions_;
  std::set<std::string> used_rights_;
  std::set<std::pair<std::string, std::string>> used_stays_;
};

}  // namespace syncing
