#include "gate/core/reasons.hpp"

#include <algorithm>
#include <array>

namespace core {
namespace {

constexpr auto refer = Decision::refer;
constexpr auto deny = Decision::deny;

constexpr auto desk = Role::operator_desk;
constexpr auto security = Role::security;
constexpr auto planner = Role::haulier_planner;
constexpr auto agent = Role::shipping_agent;
constexpr auto customs = Role::customs_desk;
constexpr auto it = Role::terminal_it;

/// Silent refusals: the driver reads what anybody reads who has to wait.
constexpr std::string_view wait_here = "Please wait here. Staff will come to you.";
constexpr std::string_view we_are_checking = "Please wait. An operator is looking into it.";
constexpr std::string_view ask_planner = "Please leave the lane and call your planner.";
constexpr std::string_view ask_help = "Please press the help button. An operator will answer.";
constexpr std::string_view identity_refused = "Identity refused, call security.";

using R = Reason;

/// In the order of the enumeration, so that a reason is its own index.
constexpr std::array table = std::to_array<ReasonFacts>({
    {R::banned, deny, 2, security, wait_here, identity_refused},
    {R::held, deny, 2, security, wait_here, identity_refused},

    {R::right_revoked, deny, 2, agent, "The pick-up right was withdrawn. Please call your planner.",
     "The right was revoked. Contact the shipping agent."},
    {R::right_blocked, deny, 2, agent, "The pick-up right is blocked. Please call your planner.",
     "The right is blocked. Contact the shipping agent."},
    {R::right_deleted, deny, 2, agent, "The pick-up right was withdrawn. Please call your planner.",
     "The right was deleted. Contact the shipping agent."},
    {R::right_expired, deny, 2, agent, "The pick-up right has expired. Please call your planner.",
     "The right had expired before the truck arrived. Contact the shipping agent."},
    {R::right_used, deny, 2, planner, "This pick-up was already done. Please call your planner.",
     "The right was already used. Contact the haulier's planner."},
    {R::right_claimed, deny, 2, planner, "This pick-up is already being done. Please call your planner.",
     "The right is held by another truck visit. Contact the haulier's planner."},
    {R::right_not_found, refer, 2, planner, we_are_checking,
     "No right was found. Contact the haulier's planner."},
    {R::right_ambiguous, refer, 2, planner, we_are_checking,
     "Which right is meant cannot be told. Ask the haulier's planner for the release and the stay."},
    {R::right_dirty, refer, 1, it, we_are_checking,
     "The right changed and its new data have not come. Wait for them or contact terminal IT."},
    {R::claim_interrupted, refer, 1, desk, we_are_checking,
     "The right was held when the gate was interrupted. See at the yard whether the box has left."},
    {R::right_undated, refer, 1, agent, we_are_checking,
     "The right has neither an expiry nor a release date. Contact the shipping agent."},
    {R::right_expired_inside, refer, 2, agent, we_are_checking,
     "The right expired while the truck was inside. Contact the shipping agent."},
    {R::right_gate_out_received, refer, 2, it, we_are_checking,
     "The platform says that the box has left already. See at the yard, then contact terminal IT."},

    {R::commercial_red, deny, 2, agent, "The container is not released yet. Please call your planner.",
     "The commercial light is red. Contact the shipping agent."},
    {R::customs_red, deny, 2, customs,
     "The container is not cleared by customs yet. Please call your planner.",
     "The customs light is red. Contact the customs desk."},
    {R::terminal_not_green, refer, 1, desk, we_are_checking,
     "A terminal light is not green. Ask the yard whether the box is ready."},
    {R::light_unknown, refer, 1, it, we_are_checking,
     "A release light or its value is not known here. Contact terminal IT."},
    {R::light_missing, refer, 1, it, we_are_checking, "A release light was never sent. Contact terminal IT."},

    {R::driver_other, deny, 2, planner, "You are not announced for this pick-up. Please call your planner.",
     "The driver does not match the right. Contact the haulier's planner."},
    {R::badge_inactive, deny, 2, security, "Your badge is not valid. Please report to the badge office.",
     "The badge is not valid now. Contact security."},
    {R::driver_other_stale, refer, 2, planner, we_are_checking,
     "The driver does not match the right, but the assignment is old. Contact the haulier's planner."},
    {R::badge_missing, refer, 2, desk, "Please present your badge, or press the help button.",
     "No badge was read. Ask the driver to present it."},
    {R::badge_unknown, refer, 2, security, we_are_checking,
     "The badge does not match one known driver. Contact security."},
    {R::driver_unassigned, refer, 2, planner, "No driver is assigned yet. Please call your planner.",
     "The right has no driver assigned. Contact the haulier's planner."},

    {R::haulier_other, deny, 2, planner, ask_planner,
     "The haulier does not match the right. Contact the haulier's planner."},
    {R::haulier_unknown, refer, 2, planner, we_are_checking,
     "The haulier and the right have no kind of id in common. Contact the haulier's planner."},
    {R::haulier_contradicting, refer, 2, it, we_are_checking,
     "One id of the haulier matches and another does not match. Contact terminal IT."},

    {R::means_other, deny, 2, planner, "This container does not leave by truck. Please call your planner.",
     "The means of transport does not match: barge or rail. Contact the haulier's planner."},
    {R::means_unknown, refer, 1, it, we_are_checking,
     "The means of transport is not known here. Contact terminal IT."},

    {R::slot_too_early, deny, 1, desk, "You are too early. Please come back at the time shown.",
     "The truck is before its slot. The operator desk may let it in."},
    {R::slot_too_late, refer, 1, desk, we_are_checking,
     "The truck is after its slot. The operator desk decides."},
    {R::appointment_missing, refer, 1, planner, "Please enter your TAR, or press the help button.",
     "No appointment was found. Ask the driver for the TAR or contact the haulier's planner."},
    {R::appointment_ambiguous, refer, 1, planner, "Please enter your TAR, or press the help button.",
     "Several appointments match. Ask the driver for the TAR or contact the haulier's planner."},
    {R::appointment_dirty, refer, 1, it, we_are_checking,
     "The appointment changed and its new data have not come. Wait for them or contact terminal IT."},

    {R::plate_unread, refer, 1, desk, we_are_checking,
     "The plate was not read with certainty. Correct it from the picture."},
    {R::plate_other, refer, 1, desk, we_are_checking,
     "The plate does not match the appointment. Ask the driver, then correct or decide."},
    {R::plate_other_at_exit, refer, 1, desk, we_are_checking,
     "The plate does not match the one at the entry. Compare the pictures, call security if in doubt."},

    {R::visit_missing, refer, 2, desk, ask_help,
     "No open truck visit was found. Correct the plate from the picture, call security if in doubt."},
    {R::visit_ambiguous, refer, 2, desk, ask_help,
     "Several open truck visits match. Correct the plate or ask the driver for the badge."},
    {R::visit_interrupted, refer, 1, desk, we_are_checking,
     "The entry of this visit was never proven. Compare the pictures of the entry and decide."},

    {R::container_swapped, deny, 2, security, wait_here,
     "The container does not match the visit. Call security."},
    {R::container_without_job, deny, 2, security, wait_here,
     "The visit has no pick-up for the container aboard. Call security."},
    {R::container_unread, refer, 2, desk, we_are_checking,
     "No container code was read. Type it from the picture or look at the truck."},
    {R::container_unsure, refer, 2, desk, we_are_checking,
     "A container code was not read with certainty. Correct it from the picture."},
    {R::container_check_digit, refer, 2, desk, we_are_checking,
     "The check digit does not match the container code. Compare it with the picture."},

    {R::mode_restricted, refer, 1, it, we_are_checking,
     "Rights cannot be judged now: data too old or clock not trusted. Contact terminal IT."},
    {R::right_data_old, refer, 1, it, we_are_checking,
     "The data of the right are too old. Contact terminal IT."},
    {R::backup_referred, refer, 1, desk, we_are_checking,
     "Back-up mode: policy wants an operator to decide on this pick-up."},

    {R::camera_failed, refer, 2, it, we_are_checking,
     "A camera gave no usable picture. Look at the truck itself and contact terminal IT."},
    {R::record_failed, refer, 1, it, we_are_checking,
     "The decision could not be recorded, so the gate stays shut. Contact terminal IT."},
});

constexpr bool ordered() {
  for (std::size_t at = 0; at < table.size(); ++at) {
    if (table[at].reason != static_cast<Reason>(at)) return false;
  }
  return table.size() == static_cast<std::size_t>(Reason::record_failed) + 1;
}
static_assert(ordered(), "every reason has its line, in the order of the enumeration");

}  // namespace

const ReasonFacts& facts(Reason reason) {
  // A value outside the enumeration is a bug elsewhere; it still must not read beyond the table.
  return table[std::min(static_cast<std::size_t>(reason), table.size() - 1)];
}

std::span<const ReasonFacts> all_reasons() { return table; }

}  // namespace core
