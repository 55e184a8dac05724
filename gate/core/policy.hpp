// What the terminal decided about its gates. Part of every case: a verdict names the policy it was made
// under.
#pragma once

#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/lights.hpp"
#include "gate/core/moment.hpp"

namespace core {

enum class DriverPolicy {
  assigned,  // the driver assigned to the right, and nobody else
  haulier,   // any known, valid badge of the right's haulier
};
BOOST_DESCRIBE_ENUM(DriverPolicy, assigned, haulier)

enum class CustomsPolicy { enforce, warn };
BOOST_DESCRIBE_ENUM(CustomsPolicy, enforce, warn)

/// In back-up mode, for a job that needs CPu: the checks whose pass is not enough, because what it was made
/// on may have changed since. An operator decides then; a no stays a no.
struct BackupRefers {
  bool right = false;
  bool lights = false;
  bool driver = false;
  bool haulier = false;
  bool means_of_transport = false;
  bool data = false;  // every such job
};
BOOST_DESCRIBE_STRUCT(BackupRefers, (), (right, lights, driver, haulier, means_of_transport, data))

struct Policy {
  bool cpu_mandatory = true;  // Certified Pick up is in force at this terminal
  DriverPolicy driver = DriverPolicy::assigned;
  CustomsPolicy customs = CustomsPolicy::enforce;
  BackupRefers backup_refers;
  Milliseconds right_life_without_expiry = std::chrono::hours(24 * 60);
  Milliseconds assignment_max_age =
      std::chrono::minutes(15);                         // older: another driver is referred, not denied
  Milliseconds right_max_age = std::chrono::hours(12);  // older data of a right are referred
  Milliseconds slot_early_grace = std::chrono::minutes(0);
  Milliseconds slot_late_grace = std::chrono::minutes(30);
  std::vector<LightRule> lights = standard_lights();
};
BOOST_DESCRIBE_STRUCT(Policy, (),
                      (cpu_mandatory, driver, customs, backup_refers, right_life_without_expiry,
                       assignment_max_age, right_max_age, slot_early_grace, slot_late_grace, lights))

}  // namespace core
