// The closed list of reasons: every way a verdict can be other than a plain grant.
#pragma once

#include <span>
#include <string_view>

#include <boost/describe/enum.hpp>

namespace core {

/// Ordered: deny > refer > grant; the worst one wins.
enum class Decision { grant, refer, deny };
BOOST_DESCRIBE_ENUM(Decision, grant, refer, deny)

enum class Reason {
  // ban, hold
  banned,
  held,
  // right
  right_revoked,
  right_blocked,
  right_deleted,
  right_expired,
  right_used,
  right_claimed,
  right_not_found,
  right_ambiguous,
  right_dirty,
  claim_interrupted,
  right_undated,
  right_expired_inside,
  right_gate_out_received,
  // lights
  commercial_red,
  customs_red,
  terminal_not_green,
  light_unknown,
  light_missing,
  // driver
  driver_other,
  badge_inactive,
  driver_other_stale,
  badge_missing,
  badge_unknown,
  driver_unassigned,
  // haulier
  haulier_other,
  haulier_unknown,
  haulier_contradicting,
  // means of transport
  means_other,
  means_unknown,
  // appointment
  slot_too_early,
  slot_too_late,
  appointment_missing,
  appointment_ambiguous,
  appointment_dirty,
  // plate
  plate_unread,
  plate_other,
  plate_other_at_exit,
  // truck visit (exit)
  visit_missing,
  visit_ambiguous,
  visit_interrupted,
  // container (exit)
  container_swapped,
  container_without_job,
  container_unread,
  container_unsure,
  container_check_digit,
  // data
  mode_restricted,
  right_data_old,
  backup_referred,
  // the gate itself
  camera_failed,
  record_failed,
};
BOOST_DESCRIBE_ENUM(Reason, banned, held, right_revoked, right_blocked, right_deleted, right_expired,
                    right_used, right_claimed, right_not_found, right_ambiguous, right_dirty,
                    claim_interrupted, right_undated, right_expired_inside, right_gate_out_received,
                    commercial_red, customs_red, terminal_not_green, light_unknown, light_missing,
                    driver_other, badge_inactive, driver_other_stale, badge_missing, badge_unknown,
                    driver_unassigned, haulier_other, haulier_unknown, haulier_contradicting, means_other,
                    means_unknown, slot_too_early, slot_too_late, appointment_missing, appointment_ambiguous,
                    appointment_dirty, plate_unread, plate_other, plate_other_at_exit, visit_missing,
                    visit_ambiguous, visit_interrupted, container_swapped, container_without_job,
                    container_unread, container_unsure, container_check_digit, mode_restricted,
                    right_data_old, backup_referred, camera_failed, record_failed)

/// Whom the driver or the operator turns to. A role, never a name: who holds a container is confidential.
enum class Role { operator_desk, security, haulier_planner, shipping_agent, customs_desk, terminal_it };
BOOST_DESCRIBE_ENUM(Role, operator_desk, security, haulier_planner, shipping_agent, customs_desk, terminal_it)

struct ReasonFacts {
  Reason reason;
  Decision decision;  // refer or deny
  int persons;        // needed to override: 1 or 2
  Role contact;
  std::string_view driver_text;  // what to do next, in English; names nobody and nothing confidential
  std::string_view operator_text;
};

[[nodiscard]] const ReasonFacts& facts(Reason reason);
[[nodiscard]] std::span<const ReasonFacts> all_reasons();

}  // namespace core
