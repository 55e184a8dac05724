// Through the gate: the arm, the lamps, and how a passage ends.
#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/guards.hpp"

namespace core::lane_table {

void green(const Turn& t) {
  t.stop(Timer::travel);
  t.emit(Show{Lamp::green});
}

void red(const Turn& t) { t.emit(Show{Lamp::red}); }

void red_and_travel(const Turn& t) {
  red(t);
  t.start(Timer::travel, t.passage.timers.travel_time);
}

void enter(const Turn& t) {
  red(t);
  t.passage.lower_wanted = false;
  t.stop(Timer::grant);
  t.stop(Timer::travel);
  t.start(Timer::escalate, t.passage.timers.escalate_after);
}

void enter_unseen(const Turn& t) {
  enter(t);
  await_proof(t);
}

void await_proof(const Turn& t) { t.start(Timer::proof, t.passage.timers.travel_time); }
void stop_proof(const Turn& t) { t.stop(Timer::proof); }

void end(const Turn& t, Ending ending, Record record) {
  Passage& p = t.passage;
  p.ending = ending;
  p.granted = false;
  p.proposal.reset();
  p.approval.reset();
  ++p.revision;
  for (const Timer timer : {Timer::prompt, Timer::pictures, Timer::grant, Timer::proof}) t.stop(timer);
  red(t);
  record.revision = p.revision;
  record.passage = record_of(p);
  record.passage.ended = t.now.wall;
  t.emit(std::move(record));
  if (p.order == ArmOrder::down) {
    t.stop(Timer::escalate);
    return;
  }
  p.lower_wanted = true;
  t.start(Timer::escalate, p.timers.escalate_after);  // an arm that stays up is somebody's business
}

void end_passed(const Turn& t) {
  const Passage& p = t.passage;
  Record record;
  if (p.admission) {
    const Admission after = proven(*p.admission, p.evidence, t.now);
    record.visit = after.visit;
    record.claims = after.claims;
    record.events = gate_events(event_of(p, EventKind::gate_out, t.now), after, p.evidence);
  } else if (!key_turned(t)) {
    record.events.push_back(alarm(t, "a vehicle passed without a grant"));
  }
  end(t, Ending::passed, std::move(record));
}

void end_backed_out(const Turn& t) {
  const Passage& p = t.passage;
  Record record;
  if (p.admission) {
    const Admission after = given_back(*p.admission, p.id, t.now);
    record.visit = after.visit;
    record.claims = after.claims;
  }
  end(t, Ending::backed_out, std::move(record));
}

void end_interrupted(const Turn& t) {
  const Passage& p = t.passage;
  Record record;
  if (p.admission) {
    const Admission after = in_doubt(*p.admission, t.now);
    record.visit = after.visit;
    record.claims = after.claims;
  }
  end(t, Ending::interrupted, std::move(record));
}

void end_unproven(const Turn& t) {
  t.emit(Report{
      alarm(t, "the vehicle left the arm and was not seen behind it: whether it passed is not proven")});
  end_interrupted(t);
}

void mark_left(const Turn& t) { t.passage.left = true; }

void end_recorded(const Turn& t) {
  Passage& p = t.passage;
  p.decision = verdict_grants(t) ? Decision::grant : p.opinion->verdict.decision;
  end_unseen(t);
}

void end_unrecorded(const Turn& t) {
  forget_grant(t);
  end_unseen(t);
}

void end_unseen(const Turn& t) {
  if (never_under(t)) {
    end_backed_out(t);
  } else {
    end_unproven(t);
  }
}

void lapse(const Turn& t) {
  red(t);
  t.passage.lower_wanted = true;
  t.stop(Timer::travel);
  t.start(Timer::escalate, t.passage.timers.escalate_after);
}

void refer_lapsed(const Turn& t) {
  take_back_grant(t);
  refer(t, "the grant was not used in time");
}

void refer_stuck(const Turn& t) {
  t.passage.order = ArmOrder::down;
  t.emit(Report{alarm(t, "the arm did not leave its closed limit when told to open")});
  take_back_grant(t);
  t.stop(Timer::grant);
  refer(t, "the arm did not open");
}

void arm_is_down(const Turn& t) { t.passage.order = ArmOrder::down; }

void report_tailgating(const Turn& t) {
  t.passage.progress.gap = false;
  t.stop(Timer::proof);
  t.emit(Report{alarm(t, "tailgating: after a gap, a vehicle came under the arm again on one opening")});
}

void report_intruder(const Turn& t) {
  t.emit(Report{alarm(t, "a vehicle came under an arm that was not open for it")});
}

void report_unanswered(const Turn& t) {
  t.emit(Report{alarm(t, "a referral has waited for an operator for too long")});
}

void report_arm_up(const Turn& t) { t.emit(Report{alarm(t, "the arm is still up and cannot come down")}); }

void report_standing(const Turn& t) {
  t.emit(Report{alarm(t, "a vehicle has been under the arm for too long, and the arm is up")});
}

void rest(const Turn& t) {
  for (const Timer timer : {Timer::escalate, Timer::retry, Timer::travel}) t.stop(timer);
  blank(t.passage);
}

}  // namespace core::lane_table
