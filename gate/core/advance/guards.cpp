#include "gate/core/advance/guards.hpp"

#include <algorithm>

#include "gate/core/advance/cues.hpp"
#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "gate/core/reasons.hpp"
#include "gate/core/verify.hpp"

namespace core::lane_table {
namespace {

constexpr int most_races = 3;

const Signals& contacts(const Turn& t) { return t.passage.signals; }

bool within(const std::vector<Reason>& some, const std::vector<Reason>& known_ones) {
  return std::all_of(some.begin(), some.end(), [&](Reason reason) {
    return std::find(known_ones.begin(), known_ones.end(), reason) != known_ones.end();
  });
}

/// A second person who says the very same on the very same state.
bool seconds(const OperatorDecision& proposal, const OperatorDecision& decision) {
  return proposal.revision == decision.revision && proposal.action == decision.action &&
         proposal.plate == decision.plate && proposal.container == decision.container &&
         proposal.replaces == decision.replaces;
}

bool proposed(const Turn& t) { return t.passage.proposal && seconds(*t.passage.proposal, t.decision()); }

/// Already heard in this matter; or nobody in particular: whoever uses an account of the machine may have a
/// name as well, so it counts as neither the first person nor the second.
bool no_other_person(const Turn& t) {
  return !t.decision().named || (proposed(t) && t.passage.proposal->by == t.decision().by);
}

Moment captured(const Turn& t) {
  if (const auto* badge = std::get_if<BadgeRead>(&t.event)) return badge->captured;
  return t.as<TarGiven>().captured;
}

bool alive(const Turn& t) { return !captured_before(t); }

/// Closed, and not because a command to open has yet to show.
bool down(const Turn& t) { return at_closed_limit(t) && t.passage.order == ArmOrder::down; }

bool healed(const Turn& t) {
  return sound(contacts(t)) && down(t) && !key_turned(t) && !t.passage.fire && !t.passage.stopping;
}

const ContainerEvidence* replaced(const Passage& passage, const OperatorDecision& decision) {
  if (!decision.replaces) return nullptr;
  for (const ContainerEvidence& read : passage.evidence.containers) {
    if (read.code == *decision.replaces) return &read;
  }
  return nullptr;
}

/// A container is a two-person matter; a plate is one person's, as the plate's own reasons are.
int persons_to_type(const OperatorDecision& decision) {
  return decision.container ? std::max(2, facts(Reason::container_unread).persons)
                            : facts(Reason::plate_unread).persons;
}

bool typing_needs_more(const Turn& t) {
  return is_typed(t.passage, t.decision()) && persons_to_type(t.decision()) > 1;
}

}  // namespace

bool may_open(const Turn& t) {
  return sound(contacts(t)) && contacts(t).closed_limit == Level::on && !t.passage.fire &&
         !t.passage.stopping;
}
bool barrier_sound(const Turn& t) { return sound(contacts(t)); }
bool contacts_known(const Turn& t) { return known(contacts(t)); }
bool at_open_limit(const Turn& t) { return sound(contacts(t)) && contacts(t).open_limit == Level::on; }
bool at_closed_limit(const Turn& t) { return contacts(t).closed_limit == Level::on; }
bool not_closed(const Turn& t) { return !at_closed_limit(t); }
bool someone_waits(const Turn& t) {
  return contacts(t).presence == Level::on && !t.passage.spare_id.empty() && !t.passage.stopping;
}
bool vehicle_proven(const Turn& t) {
  const Progress& progress = t.passage.progress;
  const Signals& s = contacts(t);
  return passage_open(t) && progress.under && progress.behind && s.safety == Level::off &&
         s.photocell == Level::off && s.passage == Level::off;
}
bool not_behind_yet(const Turn& t) { return !t.passage.progress.behind; }
bool another_vehicle(const Turn& t) { return t.passage.progress.gap; }
bool has_left(const Turn& t) {
  const Signals& s = contacts(t);
  return t.passage.left || (s.presence == Level::off && s.safety == Level::off && s.photocell == Level::off);
}
bool key_turned(const Turn& t) { return contacts(t).manual_key == Level::on; }
bool fire_opens(const Turn& t) { return t.passage.timers.fire_alarm == FireAlarm::open; }

bool passage_open(const Turn& t) { return !t.passage.id.empty() && t.passage.ending == Ending::open; }
bool no_passage_open(const Turn& t) { return !passage_open(t); }
bool was_under(const Turn& t) { return passage_open(t) && t.passage.progress.under; }
bool never_under(const Turn& t) {
  return passage_open(t) && !t.passage.progress.under && !t.passage.progress.blind;
}
bool going_through(const Turn& t) { return passage_open(t) && t.passage.progress.forward; }
bool over_and_down(const Turn& t) { return no_passage_open(t) && down(t); }
bool over_down_and_waited(const Turn& t) { return over_and_down(t) && someone_waits(t); }
bool lapsing(const Turn& t) { return passage_open(t); }
bool lapsing_and_down(const Turn& t) { return lapsing(t) && down(t); }
bool lapsed_and_down(const Turn& t) { return lapsing_and_down(t) && never_under(t); }
bool never_rose(const Turn& t) { return at_closed_limit(t) && t.passage.order == ArmOrder::lowering; }
bool stuck_down(const Turn& t) { return at_closed_limit(t) && never_under(t); }
bool recoverable(const Turn& t) { return healed(t) && no_passage_open(t); }
bool recoverable_with_passage(const Turn& t) {
  return healed(t) && passage_open(t) && contacts(t).presence == Level::on;
}
bool was_referred(const Turn& t) { return t.passage.before_fault == State::referred; }
bool recoverable_and_referred(const Turn& t) { return recoverable_with_passage(t) && was_referred(t); }
bool recoverable_and_refused(const Turn& t) {
  return recoverable_with_passage(t) && t.passage.before_fault == State::refused;
}
bool recoverable_but_gone(const Turn& t) {
  return healed(t) && passage_open(t) && (has_left(t) || !never_under(t));
}
bool recoverable_and_waited(const Turn& t) { return recoverable(t) && someone_waits(t); }

bool captured_before(const Turn& t) {
  return !t.passage.detected || captured(t).steady < t.passage.detected->steady;
}
bool another_badge(const Turn& t) {
  const auto& badge = t.passage.evidence.badge;
  return badge && badge->credential_hash != t.as<BadgeRead>().credential_hash;
}
bool first_badge(const Turn& t) { return alive(t) && !t.passage.evidence.badge; }
bool first_tar(const Turn& t) { return alive(t) && !t.passage.evidence.tar; }
bool of_this_passage(const Turn& t) {
  if (const auto* read = std::get_if<PicturesRead>(&t.event)) return read->passage == t.passage.id;
  return t.as<PicturesFailed>().passage == t.passage.id;
}
bool pictures_pending(const Turn& t) { return t.passage.evidence.pictures == PicturesState::pending; }

bool superseded(const Turn& t) {
  if (const auto* verified = std::get_if<Verified>(&t.event)) return verified->revision != t.passage.revision;
  if (const auto* failed = std::get_if<VerifyFailed>(&t.event)) return failed->revision != t.passage.revision;
  if (const auto* recorded = std::get_if<Recorded>(&t.event)) return recorded->revision != t.passage.revision;
  return t.as<RecordFailed>().revision != t.passage.revision;
}
bool not_settled(const Turn& t) { return !settled(t.as<Verified>().opinion.verdict, t.passage.evidence); }
bool approved(const Turn& t) {
  if (!t.passage.approval || !may_open(t)) return false;
  if (std::holds_alternative<VerifyFailed>(t.event)) return t.passage.approval->persons >= 2;
  const Verdict& verdict = t.as<Verified>().opinion.verdict;
  return verdict.decision != Decision::grant && verdict.persons <= t.passage.approval->persons &&
         within(verdict.reasons, t.passage.approval->reasons);
}
bool settled_grant_held(const Turn& t) {
  return t.as<Verified>().opinion.verdict.decision == Decision::grant && !may_open(t);
}
bool verdict_grants(const Turn& t) {
  return t.passage.overridden || t.passage.opinion->verdict.decision == Decision::grant;
}
bool granted_but_held(const Turn& t) { return verdict_grants(t) && !may_open(t); }
bool verdict_refers(const Turn& t) { return t.passage.opinion->verdict.decision == Decision::refer; }
bool race_again(const Turn& t) { return t.passage.races < most_races; }
bool stale(const Turn& t) {
  return t.decision().passage != t.passage.id || t.decision().revision != t.passage.revision;
}
bool barrier_held(const Turn& t) { return !may_open(t); }
bool same_person(const Turn& t) { return persons_needed(t.passage) > 1 && no_other_person(t); }
bool second_needed(const Turn& t) { return persons_needed(t.passage) > 1 && !proposed(t); }

bool is_typed(const Passage& passage, const OperatorDecision& decision) {
  if (decision.plate && (!passage.evidence.plate || passage.evidence.plate->sure)) return true;
  if (!decision.container) return false;
  const ContainerEvidence* read = replaced(passage, decision);
  return !read || read->sure;
}
bool no_correction(const Turn& t) {
  const OperatorDecision& decision = t.decision();
  if (!decision.plate && !decision.container) return true;
  if (decision.plate && normalise_plate(*decision.plate).empty()) return true;
  if (!decision.container) return decision.replaces.has_value();
  if (decision.replaces && !replaced(t.passage, decision)) return true;
  return form_of(normalise_equipment_number(*decision.container)) == CodeForm::malformed;
}
bool typing_same_person(const Turn& t) { return typing_needs_more(t) && no_other_person(t); }
bool typing_second_needed(const Turn& t) { return typing_needs_more(t) && !proposed(t); }

}  // namespace core::lane_table

namespace core {

std::vector<Reason> reasons_of(const Passage& passage) {
  std::vector<Reason> reasons;
  if (passage.own_reason) reasons.push_back(*passage.own_reason);
  if (!passage.opinion) return reasons;
  const auto& more = passage.opinion->verdict.reasons;
  reasons.insert(reasons.end(), more.begin(), more.end());
  return reasons;
}

int persons_needed(const Passage& passage) {
  int persons = 1;
  if (passage.opinion) persons = std::max(persons, passage.opinion->verdict.persons);
  if (passage.own_reason) persons = std::max(persons, facts(*passage.own_reason).persons);
  return persons;
}

}  // namespace core
