// Operators: one decides, or one proposes and another decides the same on the same revision.
#include <algorithm>

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/advance/acts.hpp"
#include "gate/core/advance/guards.hpp"
#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"

namespace core::lane_table {
namespace {

void answer(const Turn& t, DecisionAnswer given) { t.emit(Answer{given}); }

void decline(const Turn& t, const std::string& why) {
  t.emit(Answer{fail(Fault::refused, why)});
  t.note("an operator's decision was refused: " + why + " (" + t.decision().by + ")");
}

std::string words_of(const OperatorDecision& decision) {
  std::string words = boost::describe::enum_to_string(decision.reason, "other");
  if (!decision.text.empty()) words += ": " + decision.text;
  return words;
}

void add_operator(Passage& passage, const std::string& name) {
  auto& all = passage.operators;
  if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
}

void sign(const Turn& t) {
  Passage& p = t.passage;
  if (p.proposal) add_operator(p, p.proposal->by);
  add_operator(p, t.decision().by);
  p.operator_reason = words_of(t.decision());
  p.proposal.reset();
}

void correct_plate(const std::string& plate, bool typed, Evidence& evidence) {
  evidence.plate = PlateEvidence{normalise_plate(plate), true, typed ? Source::typed : Source::corrected};
}

void correct_container(const OperatorDecision& decision, bool typed, Evidence& evidence) {
  const std::string code = normalise_equipment_number(*decision.container);
  ContainerEvidence said{code, "", true, check_digit_fits(code), typed ? Source::typed : Source::corrected};
  auto& all = evidence.containers;
  const auto replaced = std::find_if(all.begin(), all.end(), [&](const ContainerEvidence& each) {
    return decision.replaces && each.code == *decision.replaces;
  });
  if (replaced == all.end()) {
    all.push_back(std::move(said));
  } else {
    said.size_type = replaced->size_type;
    *replaced = std::move(said);
  }
}

void report_typing(const Turn& t) {
  GateEvent event = event_of(t.passage, EventKind::overridden, t.now);
  event.text =
      std::string(t.decision().container ? "container" : "plate") + " typed, " + words_of(t.decision());
  t.emit(Report{std::move(event)});
}

}  // namespace

void propose(const Turn& t) {
  t.passage.proposal = t.decision();
  answer(t, DecisionAnswer::second_person_needed);
}

void show_pictures(const Turn& t) {
  keep_pictures(t);
  t.passage.proposal.reset();
  ++t.passage.revision;
}

void approve(const Turn& t) {
  Passage& p = t.passage;
  Approval approval{persons_needed(p), reasons_of(p), words_of(t.decision())};
  sign(t);
  t.stop(Timer::escalate);
  verify_again(t);
  p.approval = std::move(approval);
  answer(t, DecisionAnswer::accepted);
}

void correct(const Turn& t) {
  const OperatorDecision& decision = t.decision();
  Evidence& evidence = t.passage.evidence;
  const bool typed = is_typed(t.passage, decision);
  sign(t);
  if (decision.plate) {
    correct_plate(*decision.plate, !evidence.plate || evidence.plate->sure, evidence);
  }
  if (decision.container) {
    const auto& all = evidence.containers;
    const bool unsure = std::any_of(all.begin(), all.end(), [&](const ContainerEvidence& each) {
      return decision.replaces && each.code == *decision.replaces && !each.sure;
    });
    correct_container(decision, !unsure, evidence);
  }
  if (typed) report_typing(t);
  t.stop(Timer::escalate);
  verify_again(t);
  answer(t, DecisionAnswer::accepted);
}

void deny(const Turn& t) {
  sign(t);
  ++t.passage.revision;
  t.passage.decision = Decision::deny;
  t.stop(Timer::escalate);
  Record record;
  record.events.push_back(event_of(t.passage, EventKind::refused, t.now));
  record.events.back().text = t.passage.operator_reason;
  write(t, std::move(record));
  answer(t, DecisionAnswer::accepted);
}

void send_away(const Turn& t) {
  sign(t);
  ++t.passage.revision;
  t.stop(Timer::escalate);
  Record record;
  record.events.push_back(event_of(t.passage, EventKind::refused, t.now));
  record.events.back().text = "sent away, " + t.passage.operator_reason;
  write(t, std::move(record));
  answer(t, DecisionAnswer::accepted);
}

void answer_nothing_to_decide(const Turn& t) { decline(t, "there is nothing to decide on this lane now"); }
void answer_stale(const Turn& t) { decline(t, "the lane has changed since; look again and decide again"); }
void answer_held(const Turn& t) {
  decline(t, "nothing may be opened now: the barrier, its contacts or the fire alarm");
}
void answer_same_person(const Turn& t) {
  decline(t,
          "two persons must decide this, each by name: not the same one twice, and not an account of the "
          "machine");
}
void answer_no_correction(const Turn& t) {
  decline(t,
          "a correction needs a plate, or a container code of four letters and seven digits; "
          "what it replaces must have been read here");
}

}  // namespace core::lane_table
