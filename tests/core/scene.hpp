// One day at one gate, as plain as it gets: everything fits. Tests change one thing and look.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/verify.hpp"

namespace core {

// GoogleTest finds these by name and shows words instead of numbers.
void PrintTo(Reason reason, std::ostream* out);
void PrintTo(Decision decision, std::ostream* out);
void PrintTo(Outcome outcome, std::ostream* out);
void PrintTo(CheckKind kind, std::ostream* out);
void PrintTo(Colour colour, std::ostream* out);
void PrintTo(Mode mode, std::ostream* out);

}  // namespace core

namespace tests {

/// Minutes after nine in the morning of the day, UTC.
[[nodiscard]] core::WallTime nine_plus(int minutes);

inline const std::string box = "CSQU3054383";
inline const std::string other_box = "MSKU9070323";
inline const std::string third_box = "TGHU1234567";
inline const std::string plate = "1ABC123";
inline const std::string driver_hash = "k1:aa";

struct Case {
  core::Evidence evidence;
  core::Dossier dossier;
  core::Policy policy;
  core::Standing standing;
  core::Moment now;

  [[nodiscard]] core::Verdict verdict() const;
  [[nodiscard]] std::vector<core::Reason> reasons() const { return verdict().reasons; }
  [[nodiscard]] core::Appointment& appointment() { return dossier.appointments.front(); }
  [[nodiscard]] core::Visit& visit() { return dossier.visits.front(); }
  [[nodiscard]] core::ReleaseRight& right() { return dossier.rights.front(); }
  [[nodiscard]] core::Driver& driver() { return dossier.drivers.front(); }
  /// The first job, of the appointment or of the visit.
  [[nodiscard]] core::Job& job();
};

/// A truck that comes for one import container and may have it; no TAR was given.
[[nodiscard]] Case at_entry();

/// The same truck on its way out, the container aboard.
[[nodiscard]] Case at_exit();

[[nodiscard]] core::ReleaseRight right_for(const std::string& release_id, const std::string& container);
[[nodiscard]] core::Job job_for(const std::string& id, core::JobKind kind, const std::string& container);
[[nodiscard]] core::ContainerEvidence read_of(const std::string& code);
[[nodiscard]] core::HaulierIds haulier(const std::string& eori);

/// Sets the value of one light of the right, or adds the light.
void set_light(core::ReleaseRight& right, const std::string& name, const std::string& value);
void drop_light(core::ReleaseRight& right, const std::string& name);

[[nodiscard]] bool has(const auto& list, const auto& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

[[nodiscard]] const core::Check& check_of(const core::Verdict& verdict, core::CheckKind kind);

}  // namespace tests
