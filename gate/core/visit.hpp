// What this gate itself holds: truck visits and the claims on rights that they carry.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/haulier.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/records.hpp"

namespace core {

enum class ClaimState {
  claimed,      // durable before the arm opened; denies every other visit
  used,         // passage proven at the exit
  released,     // the truck backed out, or left without the box
  interrupted,  // the power went between claim and passage: refer
};
BOOST_DESCRIBE_ENUM(ClaimState, claimed, used, released, interrupted)

/// A right held for one truck visit. At most one claim per right is claimed, used or interrupted.
struct Claim {
  std::string release_id;
  std::string equipment_number;
  std::optional<std::string> stay_number;
  std::string visit;
  std::string job;
  ClaimState state = ClaimState::claimed;
  WallTime since{};
};
BOOST_DESCRIBE_STRUCT(Claim, (), (release_id, equipment_number, stay_number, visit, job, state, since))

enum class VisitState {
  admitted,  // granted at the entry, entry not yet proven
  inside,
  left,
  cancelled,    // backed out at the entry
  interrupted,  // the daemon stopped between grant and proof
};
BOOST_DESCRIBE_ENUM(VisitState, admitted, inside, left, cancelled, interrupted)

struct VisitJob {
  Job job;
  bool admitted = false;                  // the entry granted this job; a refused one stays recorded
  std::optional<std::string> release_id;  // the right that the job's claim holds
};
BOOST_DESCRIBE_STRUCT(VisitJob, (), (job, admitted, release_id))

/// One truck's stay at the terminal. Its id is that of its entry passage.
struct Visit {
  std::string id;
  VisitState state = VisitState::admitted;
  std::optional<std::string> tar;
  std::string plate;  // bound at the entry, normalised; empty where the entry never read one
  std::optional<std::string> driver_id_hash;
  std::optional<std::string> driver_mask;
  HaulierIds haulier;
  WallTime first_detected{};
  std::vector<VisitJob> jobs;
};
BOOST_DESCRIBE_STRUCT(Visit, (),
                      (id, state, tar, plate, driver_id_hash, driver_mask, haulier, first_detected, jobs))

}  // namespace core
