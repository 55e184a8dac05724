// Every record that a decision looks at, collected before it is made: a decision needs nothing else.
#pragma once

#include <vector>

#include <boost/describe/class.hpp>

#include "gate/core/records.hpp"
#include "gate/core/visit.hpp"

namespace core {

/// Candidates, not conclusions: whoever collects takes all that the evidence could mean,
/// and the core chooses (see purpose.hpp).
struct Dossier {
  std::vector<Appointment> appointments;  // by TAR, by plate (near ones too), by driver
  std::vector<Driver> drivers;            // whose credential the badge is
  std::vector<ReleaseRight> rights;       // that a job or a container read may mean, in any state
  std::vector<Claim> claims;              // on those rights, in any state but released
  std::vector<Visit> visits;              // open ones by plate, near plate or driver (exit)
  std::vector<Restriction> restrictions;  // that name this driver, plate, haulier or container
};
BOOST_DESCRIBE_STRUCT(Dossier, (), (appointments, drivers, rights, claims, visits, restrictions))

}  // namespace core
