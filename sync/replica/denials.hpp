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
  /// Something was said of this stay, whose right is not known.
  void add_unnamed(std::string equipment_number, std::string stay_number) {
    unnamed_.emplace(std::move(equipment_number), std::move(stay_number));
  }

  [[nodiscard]] std::vector<core::Restriction> naming(const Named& named) const;

  /// By releaseId, or by container stay.
  [[nodiscard]] bool used_elsewhere(const core::ReleaseRight& right) const;

  /// Something was said of a stay of this container, and not of which right.
  [[nodiscard]] bool names_a_stay_alone(const std::string& equipment_number) const;
  /// Something was said of just this stay, and no right had it.
  [[nodiscard]] bool is_unnamed(const std::string& equipment_number, const std::string& stay_number) const {
    return unnamed_.contains({equipment_number, stay_number});
  }
  /// Stays of this container that were said to be used, and not under which right.
  [[nodiscard]] std::vector<std::string> stays_used(const std::string& equipment_number) const;

 private:
  std::map<std::pair<core::RestrictionSubject, std::string>, std::vector<core::Restriction>> restrictions_;
  std::set<std::string> used_rights_;
  std::set<std::pair<std::string, std::string>> used_stays_;
  std::set<std::pair<std::string, std::string>> used_stays_alone_;  // those of them without a releaseId
  std::set<std::pair<std::string, std::string>> unnamed_;
};

}  // namespace syncing
