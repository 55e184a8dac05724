// The conditions of the table, each a question about the passage as it stands.
#pragma once

#include "gate/core/advance/turn.hpp"

namespace core::lane_table {

using Guard = bool (*)(const Turn&);

// the vehicle and the arm
bool may_open(const Turn&);  // contacts sound, arm closed, no fire alarm, not stopping
bool barrier_sound(const Turn&);
bool contacts_known(const Turn&);
bool at_open_limit(const Turn&);  // and the barrier is sound
bool at_closed_limit(const Turn&);
bool not_closed(const Turn&);
bool someone_waits(const Turn&);    // presence is on, and there is an id for a new passage
bool vehicle_proven(const Turn&);   // presence -> safety -> passage -> clear
bool not_behind_yet(const Turn&);   // it left the arm and has not appeared behind it
bool another_vehicle(const Turn&);  // under the arm after a gap that the photocell confirmed
bool has_left(const Turn&);         // nobody is in front of or under the arm, or was for a moment
bool key_turned(const Turn&);
bool fire_opens(const Turn&);

// the passage
bool passage_open(const Turn&);
bool no_passage_open(const Turn&);
bool was_under(const Turn&);    // an open passage whose vehicle reached the safety loop of an arm not closed
bool never_under(const Turn&);  // an open passage whose vehicle surely did not: it was seen all the time
bool going_through(const Turn&);  // it left the presence loop while it was under the arm
bool over_and_down(const Turn&);  // the passage has ended and the arm is closed
bool over_down_and_waited(const Turn&);
bool lapsing(const Turn&);           // the grant lapsed, and its vehicle has not left yet
bool lapsing_and_down(const Turn&);  // and the arm is closed
bool lapsed_and_down(const Turn&);   // and that vehicle surely still stands in front of it
bool never_rose(const Turn&);        // told down, and at the closed limit for as long as it needs to leave it
bool stuck_down(const Turn&);        // the arm is at its closed limit, and surely nobody went under it
bool recoverable(const Turn&);       // a faulted lane may go on: sound, arm closed, no key, no fire
bool recoverable_with_passage(const Turn&);
bool was_referred(const Turn&);  // before the fault
bool recoverable_and_referred(const Turn&);
bool recoverable_and_refused(const Turn&);
bool recoverable_but_gone(const Turn&);
bool recoverable_and_waited(const Turn&);

// evidence
bool captured_before(const Turn&);  // the read is older than this vehicle's arrival
bool another_badge(const Turn&);
bool first_badge(const Turn&);  // alive, and none was read yet
bool first_tar(const Turn&);
bool of_this_passage(const Turn&);
bool pictures_pending(const Turn&);

// decisions
bool superseded(const Turn&);  // made on an older revision
bool not_settled(const Turn&);
bool approved(const Turn&);  // by people, and the new verdict holds nothing against it that they did not know
bool settled_grant_held(const Turn&);  // settled, grant, but the barrier may not open now
bool verdict_grants(const Turn&);      // the one being recorded
bool granted_but_held(const Turn&);
bool verdict_refers(const Turn&);
bool race_again(const Turn&);    // a lost race may be verified again
bool stale(const Turn&);         // the operator decided on something older
bool barrier_held(const Turn&);  // nothing may be opened now, whoever allows it
bool same_person(const Turn&);
bool second_needed(const Turn&);
bool no_correction(const Turn&);  // nothing to correct, or not a code
bool typing_same_person(const Turn&);
bool typing_second_needed(const Turn&);

/// Typed over a sure read, or where there was none: an override, unlike correcting an unsure read.
bool is_typed(const Passage& passage, const OperatorDecision& decision);

}  // namespace core::lane_table
