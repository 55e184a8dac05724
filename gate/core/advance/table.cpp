#include "gate/core/advance/table.hpp"

#include <array>

namespace core::lane_table {
namespace {

using enum State;
constexpr std::nullopt_t any = std::nullopt;
constexpr std::nullopt_t same = std::nullopt;
constexpr Guard always = nullptr;

// Read a row as: "in STATE, on CUE, if GUARD, the lane goes to NEXT and does ACT". First fit wins; the
// rows for any state stand last.
constexpr auto rows = std::to_array<Row>({
    // ---- nobody is here ----
    {idle, Cue::vehicle_arrives, someone_waits, gathering, begin},
    {idle, Cue::review, someone_waits, gathering, begin},

    // ---- a vehicle stands here; what it is, and what it may ----
    {gathering, Cue::badge, captured_before, same, note_dead_read},
    {gathering, Cue::badge, another_badge, same, take_other_badge},
    {gathering, Cue::badge, always, same, take_badge},
    {gathering, Cue::tar, captured_before, same, note_dead_read},
    {gathering, Cue::tar, always, same, take_tar},
    {gathering, Cue::pictures_read, of_this_passage, same, take_pictures},
    {gathering, Cue::pictures_failed, of_this_passage, same, lose_pictures},
    {gathering, Cue::pictures_over, pictures_pending, same, give_up_pictures},
    {gathering, Cue::prompt_over, always, same, expire_prompt},
    {gathering, Cue::verified, superseded, same, quiet},
    {gathering, Cue::verified, not_settled, same, prompt},
    {gathering, Cue::verified, approved, recording, override_verdict},
    {gathering, Cue::verified, settled_grant_held, same, hold_grant},
    {gathering, Cue::verified, always, recording, settle_verdict},
    {gathering, Cue::verify_failed, superseded, same, quiet},
    {gathering, Cue::verify_failed, pictures_pending, same, wait_for_pictures},
    {gathering, Cue::verify_failed, approved, recording, override_verdict},
    {gathering, Cue::verify_failed, always, referred, settle_unknown},
    {gathering, Cue::contacts_back, always, same, look_again},
    {gathering, Cue::arm_closed, always, same, look_again},
    {gathering, Cue::fire_off, always, same, look_again_after_fire},
    {gathering, Cue::front_clear, always, closing, end_unseen},

    // ---- the verdict is on its way to the disk ----
    {recording, Cue::recorded, superseded, same, quiet},
    {recording, Cue::front_clear, always, same, mark_left},
    {recording, Cue::recorded, has_left, closing, end_recorded},
    {recording, Cue::recorded, granted_but_held, gathering, take_back_and_wait},
    {recording, Cue::recorded, verdict_grants, opening, open_arm},
    {recording, Cue::recorded, verdict_refers, referred, refer_now},
    {recording, Cue::recorded, always, refused, refuse_now},
    {recording, Cue::record_refused, superseded, same, quiet},
    {recording, Cue::record_refused, has_left, closing, end_unrecorded},
    {recording, Cue::record_refused, race_again, gathering, lose_race},
    {recording, Cue::record_refused, always, referred, refer_unrecorded},
    {recording, Cue::record_failed, superseded, same, quiet},
    {recording, Cue::record_failed, has_left, closing, end_unrecorded},
    {recording, Cue::record_failed, always, referred, refer_unrecorded},

    // ---- the arm goes up for this truck ----
    {opening, Cue::arm_open, at_open_limit, open, green},
    {opening, Cue::contacts_back, at_open_limit, open, green},
    {opening, Cue::under_arm, at_closed_limit, same, quiet},  // it only crept up to the arm
    {opening, Cue::under_arm, always, passing, enter},
    {opening, Cue::behind_arm, always, passing, enter},
    {opening, Cue::front_clear, never_under, closing, end_backed_out},
    {opening, Cue::front_clear, always, passing, enter_unseen},
    {opening, Cue::lane_clear, was_under, passing, enter_unseen},
    {opening, Cue::grant_over, always, closing, lapse},
    {opening, Cue::travel_over, stuck_down, referred, refer_stuck},
    {opening, Cue::travel_over, at_closed_limit, passing, enter_unseen},
    {opening, Cue::travel_over, always, faulted, fault_travel},
    {open, Cue::under_arm, always, passing, enter},
    {open, Cue::behind_arm, always, passing, enter},
    {open, Cue::front_clear, never_under, closing, end_backed_out},
    {open, Cue::front_clear, always, passing, enter_unseen},
    {open, Cue::lane_clear, was_under, passing, enter_unseen},
    {open, Cue::review, going_through, passing, enter},  // no green for whoever comes behind it
    {open, Cue::grant_over, always, closing, lapse},
    {open, Cue::arm_sinks, always, opening, red_and_travel},
    {open, Cue::contacts_lost, always, opening, red_and_wait_for_contacts},

    // ---- the truck goes through ----
    {passing, Cue::under_arm, another_vehicle, same, report_tailgating},
    {passing, Cue::under_arm, always, same, stop_proof},
    {passing, Cue::behind_arm, always, same, stop_proof},
    {passing, Cue::lane_clear, vehicle_proven, closing, end_passed},
    {passing, Cue::lane_clear, not_behind_yet, same, await_proof},
    {passing, Cue::proof_over, vehicle_proven, closing, end_passed},
    {passing, Cue::proof_over, not_behind_yet, closing, end_unproven},
    {passing, Cue::escalate_over, always, same, report_standing},
    {passing, Cue::travel_over, always, same, quiet},  // it is told down again when nothing is under it

    // ---- the arm comes down ----
    {closing, Cue::under_arm, lapsing, passing, enter},  // the granted truck went at the last moment
    {closing, Cue::under_arm, always, same, report_tailgating},
    {closing, Cue::behind_arm, lapsing, passing, enter},
    {closing, Cue::front_clear, never_under, same, end_backed_out},
    {closing, Cue::front_clear, lapsing, passing, enter_unseen},
    {closing, Cue::lane_clear, was_under, passing, enter_unseen},
    {closing, Cue::travel_over, never_rose, same, arm_is_down},
    {closing, Cue::travel_over, not_closed, faulted, fault_travel},
    {closing, Cue::escalate_over, not_closed, same, report_arm_up},
    {closing, Cue::review, lapsed_and_down, referred, refer_lapsed},
    {closing, Cue::review, lapsing_and_down, passing, enter_unseen},
    {closing, Cue::review, over_down_and_waited, gathering, begin},
    {closing, Cue::review, over_and_down, idle, rest},

    // ---- an operator decides ----
    {referred, Cue::operator_grants, stale, same, answer_stale},
    {referred, Cue::operator_grants, barrier_held, same, answer_held},
    {referred, Cue::operator_grants, same_person, same, answer_same_person},
    {referred, Cue::operator_grants, second_needed, same, propose},
    {referred, Cue::operator_grants, always, gathering, approve},
    {referred, Cue::operator_corrects, stale, same, answer_stale},
    {referred, Cue::operator_corrects, no_correction, same, answer_no_correction},
    {referred, Cue::operator_corrects, typing_same_person, same, answer_same_person},
    {referred, Cue::operator_corrects, typing_second_needed, same, propose},
    {referred, Cue::operator_corrects, always, gathering, correct},
    {referred, Cue::operator_denies, stale, same, answer_stale},
    {referred, Cue::operator_denies, always, refused, deny},
    {referred, Cue::operator_sends_away, stale, same, answer_stale},
    {referred, Cue::operator_sends_away, always, refused, send_away},
    {referred, Cue::badge, first_badge, gathering,
     take_badge},  // the driver found it after the prompt was over
    {referred, Cue::tar, first_tar, gathering, take_tar},
    {referred, Cue::pictures_read, of_this_passage, same, show_pictures},
    {referred, Cue::pictures_failed, of_this_passage, same, show_pictures},
    {referred, Cue::escalate_over, always, same, report_unanswered},
    {referred, Cue::front_clear, always, closing, end_unseen},

    // ---- it may not pass, unless people override ----
    {refused, Cue::operator_grants, stale, same, answer_stale},
    {refused, Cue::operator_grants, barrier_held, same, answer_held},
    {refused, Cue::operator_grants, same_person, same, answer_same_person},
    {refused, Cue::operator_grants, second_needed, same, propose},
    {refused, Cue::operator_grants, always, gathering, approve},
    {refused, Cue::operator_corrects, stale, same, answer_stale},
    {refused, Cue::operator_corrects, no_correction, same, answer_no_correction},
    {refused, Cue::operator_corrects, typing_same_person, same, answer_same_person},
    {refused, Cue::operator_corrects, typing_second_needed, same, propose},
    {refused, Cue::operator_corrects, always, gathering, correct},
    {refused, Cue::pictures_read, of_this_passage, same, show_pictures},
    {refused, Cue::pictures_failed, of_this_passage, same, show_pictures},
    {refused, Cue::front_clear, always, closing, end_unseen},

    // ---- the barrier cannot be trusted; whoever stands here is still followed ----
    {faulted, Cue::pictures_read, of_this_passage, same, keep_pictures},
    {faulted, Cue::pictures_failed, of_this_passage, same, keep_pictures},
    {faulted, Cue::recorded, superseded, same, quiet},
    {faulted, Cue::recorded, passage_open, same, remember_grant},
    {faulted, Cue::record_refused, superseded, same, quiet},
    {faulted, Cue::record_refused, passage_open, same, forget_grant},
    {faulted, Cue::record_failed, superseded, same, quiet},
    {faulted, Cue::record_failed, passage_open, same, forget_grant},
    {faulted, Cue::lane_clear, vehicle_proven, same, end_passed},
    {faulted, Cue::front_clear, never_under, same, end_backed_out},
    {faulted, Cue::front_clear, passage_open, same, mark_left},
    {faulted, Cue::under_arm, no_passage_open, same, report_intruder},
    {faulted, Cue::contacts_lost, always, same, red_and_wait_for_contacts},
    {faulted, Cue::retry_over, always, same, retry},
    {faulted, Cue::review, recoverable_but_gone, same, end_unseen},
    {faulted, Cue::review, recoverable_and_referred, referred, stand_again},
    {faulted, Cue::review, recoverable_and_refused, refused, stand_again},
    {faulted, Cue::review, recoverable_with_passage, gathering, resume},
    {faulted, Cue::review, recoverable_and_waited, gathering, begin},
    {faulted, Cue::review, recoverable, idle, rest},
    {faulted, Cue::travel_over, never_rose, same, arm_is_down},
    {faulted, Cue::travel_over, always, same, quiet},  // `retry` goes on trying
    {faulted, Cue::stopping, always, same, stop_lane},

    // ---- in any state ----
    {any, Cue::stopping, always, faulted, stop_lane},
    {any, Cue::fire_on, fire_opens, faulted, raise_for_fire},
    {any, Cue::fire_on, always, same, report_fire},
    {any, Cue::fire_off, always, same, report_fire_over},
    {any, Cue::contacts_lost, always, same, red_and_wait_for_contacts},
    {any, Cue::contacts_back, always, same, contacts_are_back},
    {any, Cue::contacts_over, contacts_known, same, quiet},
    {any, Cue::contacts_over, always, faulted, fault_contacts},
    {any, Cue::barrier_fault, always, faulted, fault_barrier},
    {any, Cue::arm_moved, key_turned, faulted, manual_entry},
    {any, Cue::arm_moved, always, faulted, fault_forced},
    {any, Cue::command_failed, always, same, report_command},
    {any, Cue::record_refused, always, same, report_journal},
    {any, Cue::record_failed, always, same, report_journal},
    {any, Cue::recorded, always, same, note_late},
    {any, Cue::verified, superseded, same, quiet},
    {any, Cue::verified, always, same, note_late},
    {any, Cue::verify_failed, superseded, same, quiet},
    {any, Cue::verify_failed, always, same, note_late},
    {any, Cue::badge, always, same, note_late_read},
    {any, Cue::tar, always, same, note_late_read},
    {any, Cue::pictures_read, always, same, note_late},
    {any, Cue::pictures_failed, always, same, note_late},
    {any, Cue::operator_corrects, always, same, answer_nothing_to_decide},
    {any, Cue::operator_grants, always, same, answer_nothing_to_decide},
    {any, Cue::operator_denies, always, same, answer_nothing_to_decide},
    {any, Cue::operator_sends_away, always, same, answer_nothing_to_decide},
    // contacts that mean nothing more in this state: how far the vehicle came is kept by `fold`
    {any, Cue::arm_open, always, same, quiet},
    {any, Cue::arm_closed, always, same, quiet},
    {any, Cue::arm_sinks, always, same, quiet},
    {any, Cue::under_arm, always, same, quiet},
    {any, Cue::behind_arm, always, same, quiet},
    {any, Cue::front_clear, always, same, quiet},
    {any, Cue::lane_clear, always, same, quiet},
    {any, Cue::vehicle_arrives, always, same, quiet},  // it waits until the lane is free
    {any, Cue::review, always, same, quiet},
});

}  // namespace

std::span<const Row> table() { return rows; }

}  // namespace core::lane_table
