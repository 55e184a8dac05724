// The verdict: made durable, and what follows from it.
#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/guards.hpp"

namespace core::lane_table {
namespace {

EventKind kind_of(Decision decision) {
  switch (decision) {
    case Decision::grant:
      return EventKind::granted;
    case Decision::refer:
      return EventKind::referred;
    case Decision::deny:
      return EventKind::refused;
  }
  return EventKind::referred;
}

/// The entry that must be durable before anything follows from the decision.
Record awaited_record(const Turn& t, Decision decision) {
  Passage& p = t.passage;
  Record record;
  record.revision = ++p.revision;
  record.awaited = true;
  record.passage = record_of(p);
  record.passage.decision = decision;
  if (decision == Decision::grant) {
    record.visit = p.admission->visit;
    record.claims = p.admission->claims;
  }
  return record;
}

void stop_asking(const Turn& t) {
  t.passage.prompting = false;
  t.stop(Timer::escalate);
  t.stop(Timer::prompt);
  t.stop(Timer::pictures);
}

}  // namespace

GateEvent alarm(const Turn& t, std::string text) {
  GateEvent event = event_of(t.passage, EventKind::alarm, t.now);
  event.text = std::move(text);
  return event;
}

void write(const Turn& t, Record record) {
  record.revision = t.passage.revision;
  record.awaited = false;
  record.passage = record_of(t.passage);
  t.emit(std::move(record));
}

void prompt(const Turn& t) {
  Passage& p = t.passage;
  p.opinion = t.as<Verified>().opinion;
  if (p.opinion->verdict.prompts.empty() || p.prompting) return;
  p.prompting = true;
  t.start(Timer::prompt, p.timers.prompt_time);
}

void hold_grant(const Turn& t) {
  t.passage.opinion = t.as<Verified>().opinion;
  t.note("granted, but nothing may be opened now; it is verified again once the barrier is sound");
}

void settle_verdict(const Turn& t) {
  Passage& p = t.passage;
  p.opinion = t.as<Verified>().opinion;
  p.approval.reset();
  p.overridden = false;
  p.admission.reset();
  p.decided = p.opinion->at;
  const Decision decision = p.opinion->verdict.decision;
  if (decision == Decision::grant) {
    p.admission = admit(p.id, p.opinion->verdict, p.evidence, p.opinion->dossier, false, t.now);
  }
  stop_asking(t);
  Record record = awaited_record(t, decision);
  record.with_case = true;
  record.events.push_back(event_of(p, kind_of(decision), t.now));
  t.emit(std::move(record));
}

void wait_for_pictures(const Turn& t) {
  t.note("the records could not be read, and are read again with the pictures: " + t.as<VerifyFailed>().why);
}

void settle_unknown(const Turn& t) {
  Passage& p = t.passage;
  Opinion nothing_known;
  nothing_known.verdict.persons = 2;
  nothing_known.at = t.now;
  if (!p.opinion) p.opinion = nothing_known;
  p.opinion->verdict.decision = Decision::refer;
  p.opinion->verdict.persons = 2;
  p.own_reason = Reason::record_failed;
  p.approval.reset();
  stop_asking(t);
  refer(t, "the records could not be read: " + t.as<VerifyFailed>().why);
}

void override_verdict(const Turn& t) {
  Passage& p = t.passage;
  if (const auto* verified = std::get_if<Verified>(&t.event)) p.opinion = verified->opinion;
  const std::string text = p.approval->text;
  p.approval.reset();
  p.overridden = true;
  p.decided = t.now;
  p.admission = admit(p.id, p.opinion->verdict, p.evidence, p.opinion->dossier, true, t.now);
  stop_asking(t);
  Record record = awaited_record(t, Decision::grant);
  record.with_case = std::holds_alternative<Verified>(t.event);
  GateEvent overridden = event_of(p, EventKind::overridden, t.now);
  overridden.text = text;
  record.events.push_back(std::move(overridden));
  record.events.push_back(event_of(p, EventKind::granted, t.now));
  t.emit(std::move(record));
}

void lose_race(const Turn& t) {
  forget_grant(t);
  ++t.passage.races;
  verify_again(t);
}

void refer_unrecorded(const Turn& t) {
  forget_grant(t);
  t.passage.own_reason = Reason::record_failed;
  refer(t, "the journal did not take the verdict: " + t.as<RecordFailed>().why);
}

void refer(const Turn& t, std::string text) {
  Passage& p = t.passage;
  ++p.revision;
  p.decision = Decision::refer;
  t.start(Timer::escalate, p.timers.escalate_after);
  Record record;
  GateEvent referred = event_of(p, EventKind::referred, t.now);
  referred.text = std::move(text);
  record.events.push_back(std::move(referred));
  write(t, std::move(record));
}

void refer_now(const Turn& t) {
  t.passage.decision = Decision::refer;
  t.start(Timer::escalate, t.passage.timers.escalate_after);
}

void refuse_now(const Turn& t) { t.passage.decision = Decision::deny; }

void open_arm(const Turn& t) {
  Passage& p = t.passage;
  p.decision = Decision::grant;
  p.granted = true;
  p.progress = {};
  p.order = ArmOrder::up;
  p.lower_wanted = false;
  p.commanded = t.now;
  t.emit(Raise{p.id, p.revision, false});
  t.start(Timer::travel, p.timers.travel_time);
  t.start(Timer::grant, p.timers.grant_life);
}

void remember_grant(const Turn& t) {
  if (!verdict_grants(t)) return;
  t.passage.decision = Decision::grant;
  t.passage.granted = true;
}

void forget_grant(const Turn& t) {
  t.passage.admission.reset();
  t.passage.granted = false;
  t.passage.overridden = false;
}

void take_back_grant(const Turn& t) {
  Passage& p = t.passage;
  if (!p.admission) return;
  const Admission after = given_back(*p.admission, p.id, t.now);
  forget_grant(t);
  p.decision.reset();
  Record record;
  record.visit = after.visit;
  record.claims = after.claims;
  write(t, std::move(record));
}

void take_back_and_wait(const Turn& t) {
  take_back_grant(t);
  ++t.passage.revision;
  t.note("the grant was taken back: nothing may be opened now");
}

}  // namespace core::lane_table
