#include "gate/core/advance.hpp"

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/advance/table.hpp"

namespace core {
namespace {

using lane_table::Cue;
using lane_table::Row;
using lane_table::Turn;

const Row* row_for(State state, Cue cue, const Turn& turn) {
  for (const Row& row : lane_table::table()) {
    if (row.state && *row.state != state) continue;
    if (row.cue == cue && (!row.guard || row.guard(turn))) return &row;
  }
  return nullptr;
}

void answer(Cue cue, const Turn& turn) {
  const Row* row = row_for(turn.passage.state, cue, turn);
  if (!row) {
    turn.note(std::string(boost::describe::enum_to_string(cue, "?")) + " has no meaning while the lane is " +
              boost::describe::enum_to_string(turn.passage.state, "?"));
    return;
  }
  row->act(turn);
  if (row->next) turn.passage.state = *row->next;
}

/// Whatever the state: the arm comes down as soon as nothing is under it, and never before that is known.
void lower_when_free(const Turn& turn) {
  Passage& p = turn.passage;
  const Signals& s = p.signals;
  const bool free = s.safety == Level::off && s.photocell == Level::off;
  if (p.order == ArmOrder::lowering && !free) {
    p.lower_wanted = true;  // the controller may have sent it up again
    turn.stop(Timer::travel);
  }
  const bool held =
      p.stopping || s.manual_key == Level::on || (p.fire && p.timers.fire_alarm == FireAlarm::open);
  if (!p.lower_wanted || !free || held) return;
  p.lower_wanted = false;
  p.order = ArmOrder::lowering;
  turn.emit(Lower{});
  turn.start(Timer::travel, p.timers.travel_time);
}

}  // namespace

Step advance(const Passage& passage, const Event& event, const Moment& now) {
  Step step{passage, {}};
  const Turn turn{step.next, step.effects, event, now};
  if (const auto* changed = std::get_if<SignalsChanged>(&event)) {
    if (!changed->spare_id.empty()) step.next.spare_id = changed->spare_id;
    const auto cues = lane_table::cues_of(passage, changed->signals);
    lane_table::fold(step.next, changed->signals, now);
    for (const Cue cue : cues) answer(cue, turn);
  } else {
    answer(lane_table::cue_of(event), turn);
  }
  lower_when_free(turn);
  answer(Cue::review, turn);
  return step;
}

}  // namespace core
