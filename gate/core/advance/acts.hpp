// The actions of the table. Each does one thing to the passage and says what is to be carried out.
#pragma once

#include "gate/core/advance/turn.hpp"

namespace core::lane_table {

using Act = void (*)(const Turn&);

// nothing, and saying so
void quiet(const Turn&);  // of no meaning here: nothing is refused by it
void note_dead_read(const Turn&);
void note_late_read(const Turn&);
void note_late(const Turn&);

// a vehicle comes, and what is learned about it
void begin(const Turn&);
void take_badge(const Turn&);
void take_other_badge(const Turn&);
void take_tar(const Turn&);
void take_pictures(const Turn&);
void keep_pictures(const Turn&);  // the same without verifying: the lane does not decide now
void lose_pictures(const Turn&);
void give_up_pictures(const Turn&);
void expire_prompt(const Turn&);
void look_again(const Turn&);  // verify with the same evidence

// the verdict
void prompt(const Turn&);
void hold_grant(const Turn&);
void settle_verdict(const Turn&);
void wait_for_pictures(const Turn&);  // the records could not be read: they are read again with the pictures
void settle_unknown(const Turn&);     // the records could not be read
void override_verdict(const Turn&);   // people let it pass
void lose_race(const Turn&);
void refer_unrecorded(const Turn&);  // the journal did not take the verdict
void refer_now(const Turn&);
void refuse_now(const Turn&);
void open_arm(const Turn&);
void remember_grant(const Turn&);      // durable while the lane is faulted
void forget_grant(const Turn&);        // it never became durable
void take_back_and_wait(const Turn&);  // durable, but the barrier may not open any more

// through the gate
void green(const Turn&);
void red(const Turn&);
void red_and_travel(const Turn&);
void enter(const Turn&);
void enter_unseen(const Turn&);  // it was under the arm, or may have been, and is gone: it is to be proven
void await_proof(const Turn&);
void stop_proof(const Turn&);
void end_passed(const Turn&);
void end_backed_out(const Turn&);
void end_interrupted(const Turn&);
void end_unproven(const Turn&);
void mark_left(const Turn&);       // while something is under way that cannot be taken back
void end_recorded(const Turn&);    // gone before its verdict was durable
void end_unrecorded(const Turn&);  // gone, and its verdict never became durable
void end_unseen(const Turn&);      // gone without a grant, or while the lane was faulted
void lapse(const Turn&);
void refer_lapsed(const Turn&);
void refer_stuck(const Turn&);
void arm_is_down(const Turn&);
void report_tailgating(const Turn&);
void report_intruder(const Turn&);
void report_unanswered(const Turn&);
void report_arm_up(const Turn&);
void report_standing(const Turn&);
void rest(const Turn&);

// the barrier in doubt
void red_and_wait_for_contacts(const Turn&);
void contacts_are_back(const Turn&);
void fault_contacts(const Turn&);
void fault_barrier(const Turn&);
void fault_travel(const Turn&);
void fault_forced(const Turn&);
void manual_entry(const Turn&);
void raise_for_fire(const Turn&);
void report_fire(const Turn&);
void report_fire_over(const Turn&);
void look_again_after_fire(const Turn&);
void report_command(const Turn&);
void report_journal(const Turn&);
void retry(const Turn&);
void resume(const Turn&);
void stand_again(const Turn&);  // where the fault found it: what was for people stays for people
void stop_lane(const Turn&);

// operators
void propose(const Turn&);
void show_pictures(const Turn&);  // late ones: who decides is to see them first
void approve(const Turn&);
void correct(const Turn&);
void deny(const Turn&);
void send_away(const Turn&);
void answer_nothing_to_decide(const Turn&);
void answer_stale(const Turn&);
void answer_held(const Turn&);
void answer_same_person(const Turn&);
void answer_no_correction(const Turn&);

// shared by the files of actions
void verify_again(const Turn&);
void blank(Passage&);  // nobody is on the lane; what belongs to the lane stays
GateEvent alarm(const Turn&, std::string text);
void write(const Turn&, Record);            // not awaited
void take_back_grant(const Turn&);          // claims released, visit cancelled; nothing written if none
void end(const Turn&, Ending, Record);      // the passage is over: written, red, arm down
void refer(const Turn&, std::string text);  // written as referred

}  // namespace core::lane_table
