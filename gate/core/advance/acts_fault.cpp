// The barrier or its contacts in doubt: red, nothing granted, and the way back.
#include <boost/describe/enum_to_string.hpp>

#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/guards.hpp"

namespace core::lane_table {
namespace {

void go_red(const Turn& t) {
  Passage& p = t.passage;
  if (p.state != State::faulted) p.before_fault = p.state;
  p.proposal.reset();
  p.approval.reset();
  p.lower_wanted = false;
  // `travel` goes on: it says when an arm that was told down is down.
  for (const Timer timer : {Timer::prompt, Timer::grant, Timer::escalate, Timer::proof}) t.stop(timer);
  red(t);
  t.start(Timer::retry, p.timers.retry_time);
}

void fault(const Turn& t, std::string text) {
  t.emit(Report{alarm(t, std::move(text))});
  go_red(t);
}

}  // namespace

void red_and_wait_for_contacts(const Turn& t) {
  red(t);
  t.start(Timer::contacts, t.passage.timers.travel_time);
}

void contacts_are_back(const Turn& t) { t.stop(Timer::contacts); }

void fault_contacts(const Turn& t) {
  fault(t, "contacts of the lane cannot be read");
  if (passage_open(t)) end_interrupted(t);
  t.passage.lower_wanted = false;  // not while nobody knows what is under it
}

void fault_barrier(const Turn& t) {
  const Signals& s = t.passage.signals;
  if (s.fault == Level::on) return fault(t, "the barrier reports a fault");
  if (s.unhinged == Level::on) return fault(t, "the arm is off its hinge");
  fault(t, "the arm reports both limits at once");
}

void fault_travel(const Turn& t) { fault(t, "the arm did not reach its limit in time"); }

void fault_forced(const Turn& t) { fault(t, "forced open: the arm left its closed limit without a command"); }

void manual_entry(const Turn& t) {
  GateEvent event = event_of(t.passage, EventKind::manual_entry, t.now);
  event.text = "the arm was opened with the manual key";
  t.emit(Report{std::move(event)});
  go_red(t);
}

void raise_for_fire(const Turn& t) {
  fault(t, "fire alarm: the arm opens");
  t.passage.order = ArmOrder::up;
  t.emit(Raise{t.passage.id, t.passage.revision, true});
}

void report_fire(const Turn& t) {
  t.emit(Report{alarm(t, "fire alarm: the arm stays shut, manual release only")});
}

void report_fire_over(const Turn& t) { t.emit(Report{alarm(t, "fire alarm over")}); }

void look_again_after_fire(const Turn& t) {
  report_fire_over(t);
  look_again(t);
}

void report_command(const Turn& t) {
  const auto& failed = t.as<CommandFailed>();
  t.emit(Report{alarm(t, std::string("the barrier did not take the command ") +
                             boost::describe::enum_to_string(failed.command, "?") + ": " + failed.why)});
}

void report_journal(const Turn& t) {
  t.emit(Report{alarm(t, "the journal did not take an entry: " + t.as<RecordFailed>().why)});
}

void retry(const Turn& t) {
  Passage& p = t.passage;
  p.lower_wanted = barrier_sound(t) && (not_closed(t) || p.order != ArmOrder::down);
  t.start(Timer::retry, p.timers.travel_time + p.timers.retry_time);  // not before the arm had its time
}

void resume(const Turn& t) {
  Passage& p = t.passage;
  take_back_grant(t);
  p.progress = {};
  p.prompting = false;
  t.stop(Timer::retry);
  t.stop(Timer::travel);
  if (pictures_pending(t)) t.start(Timer::pictures, p.timers.pictures_time);
  verify_again(t);
}

void stand_again(const Turn& t) {
  Passage& p = t.passage;
  p.progress = {};
  t.stop(Timer::retry);
  t.stop(Timer::travel);
  if (was_referred(t)) t.start(Timer::escalate, p.timers.escalate_after);
}

void stop_lane(const Turn& t) {
  t.passage.stopping = true;
  go_red(t);
  t.stop(Timer::retry);
  if (passage_open(t)) end_interrupted(t);
  t.passage.lower_wanted = false;
}

}  // namespace core::lane_table
