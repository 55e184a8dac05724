// What the table answers to: an event, or what a change of contacts means.
#pragma once

#include <vector>

#include <boost/describe/enum.hpp>

#include "gate/core/advance.hpp"

namespace core::lane_table {

enum class Cue {
  // contacts
  contacts_lost,  // one that counts became unknown
  contacts_back,  // all that count are known again
  fire_on,
  fire_off,
  barrier_fault,  // the controller's own, an unhinged arm, or both limits at once
  arm_moved,      // off its closed limit while nobody told it to
  arm_open,       // reached its open limit
  arm_closed,     // reached its closed limit
  arm_sinks,      // left its open limit while it was told to be up
  under_arm,      // the safety loop was entered
  behind_arm,     // the passage loop was entered
  front_clear,    // presence loop, safety loop and photocell are free: nobody is in front of or under the arm
  lane_clear,     // safety loop, photocell and passage loop are free
  vehicle_arrives,
  // evidence
  badge,
  tar,
  pictures_read,
  pictures_failed,
  // decisions
  verified,
  verify_failed,
  recorded,
  record_refused,
  record_failed,
  operator_corrects,
  operator_grants,
  operator_denies,
  operator_sends_away,
  // time
  prompt_over,
  pictures_over,
  travel_over,
  grant_over,
  escalate_over,
  contacts_over,
  proof_over,
  retry_over,
  // the rest
  command_failed,
  stopping,
  review,  // made by the machine itself after every event: may the lane go on?
};
BOOST_DESCRIBE_ENUM(Cue, contacts_lost, contacts_back, fire_on, fire_off, barrier_fault, arm_moved, arm_open,
                    arm_closed, arm_sinks, under_arm, behind_arm, front_clear, lane_clear, vehicle_arrives,
                    badge, tar, pictures_read, pictures_failed, verified, verify_failed, recorded,
                    record_refused, record_failed, operator_corrects, operator_grants, operator_denies,
                    operator_sends_away, prompt_over, pictures_over, travel_over, grant_over, escalate_over,
                    contacts_over, proof_over, retry_over, command_failed, stopping, review)

/// Every contact that a decision rests on is known.
[[nodiscard]] bool known(const Signals& signals);

/// Known, and the barrier reports no trouble.
[[nodiscard]] bool sound(const Signals& signals);

/// What the change means to this passage as it stood before, in the order in which the table is asked.
[[nodiscard]] std::vector<Cue> cues_of(const Passage& before, const Signals& after);

/// The one cue of an event that is no change of contacts.
[[nodiscard]] Cue cue_of(const Event& event);

/// Takes the new levels over: how far the vehicle came, since when somebody waits, where the arm is.
void fold(Passage& passage, const Signals& after, const Moment& now);

}  // namespace core::lane_table
