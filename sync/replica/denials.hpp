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

/// Bans and holds of which not even the value can be read: while there are any, nobody knows whom they name.
struct Unreadable {
  std::vector<std::string> names{};  // for people: the kind and the reference
  bool snapshot_may_help = false;    // one of them came by an update
};

class Denials {
 public:
  void add(core::Restriction restriction);
  void add_use(std::string release_id, std::string equipment_number, std::string stay_number);
  /// Something was said of this stay, whose right is not known.
  void add_unnamed(std::string equipment_number, std::string stay_number) {
    unnamed_.emplace(std::move(equipment_number), std::move(stay_number));
  }

  void add_unreadable(std::string name, bool in_snapshot) {
    unreadable_.names.push_back(std::move(name));
    unreadable_.snapshot_may_help = unreadable_.snapshot_may_help || !in_snapshot;
  }

  [[nodiscard]] const Unreadable& unreadable() const { return unreadable_; }
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
  Unreadable unreadable_;
  std::set<std::string> used_rights_;
  std::set<std::pair<std::string, std::string>> used_stays_;
  std::set<std::pair<std::string, std::string>> used_stays_alone_;  // those of them without a releaseId
  std::set<std::pair<std::string, std::string>> unnamed_;
};

}  // namespace syncing
