// One ordinary pick-up of an import container, as the platform holds it: announced, released, driver
// assigned.
#pragma once

#include <string>

#include "gate/core/records.hpp"

namespace world {

struct PickUp {
  std::string right;      // its releaseId; the stay is named after it
  std::string container;  // of ten or eleven characters, as it is painted
  std::string tar;
  std::string plate;   // of the tractor, as it is written
  std::string driver;  // driverIdHash; the only credential as well
};

/// Valid for two days around `now`.
[[nodiscard]] core::ReleaseRight right_of(const PickUp& pick_up, core::WallTime now);
/// Its slot began an hour before `now` and lasts five hours.
[[nodiscard]] core::Appointment appointment_of(const PickUp& pick_up, core::WallTime now);
[[nodiscard]] core::Driver driver_of(const PickUp& pick_up, core::WallTime now);

}  // namespace world
