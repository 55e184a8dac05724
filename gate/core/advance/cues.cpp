#include "gate/core/advance/cues.hpp"

namespace core::lane_table {
namespace {

constexpr auto on = Level::on;
constexpr auto off = Level::off;

bool both_limits(const Signals& s) { return s.open_limit == on && s.closed_limit == on; }
bool troubled(const Signals& s) { return s.fault == on || s.unhinged == on || both_limits(s); }
bool front_free(const Signals& s) { return s.presence == off && s.safety == off && s.photocell == off; }
bool front_known(const Signals& s) {
  return s.presence != Level::unknown && s.safety != Level::unknown && s.photocell != Level::unknown;
}
bool lane_free(const Signals& s) { return s.safety == off && s.photocell == off && s.passage == off; }

bool became(Level before, Level after, Level what) { return before != what && after == what; }

Cue of_operator(OperatorAction action) {
  switch (action) {
    case OperatorAction::correct:
      return Cue::operator_corrects;
    case OperatorAction::grant:
      return Cue::operator_grants;
    case OperatorAction::deny:
      return Cue::operator_denies;
    case OperatorAction::send_away:
      return Cue::operator_sends_away;
  }
  return Cue::operator_sends_away;
}

Cue of_timer(Timer timer) {
  switch (timer) {
    case Timer::prompt:
      return Cue::prompt_over;
    case Timer::pictures:
      return Cue::pictures_over;
    case Timer::travel:
      return Cue::travel_over;
    case Timer::grant:
      return Cue::grant_over;
    case Timer::escalate:
      return Cue::escalate_over;
    case Timer::contacts:
      return Cue::contacts_over;
    case Timer::proof:
      return Cue::proof_over;
    case Timer::retry:
      return Cue::retry_over;
  }
  return Cue::retry_over;
}

struct Name {
  Cue operator()(const SignalsChanged&) const { return Cue::review; }
  Cue operator()(const BadgeRead&) const { return Cue::badge; }
  Cue operator()(const TarGiven&) const { return Cue::tar; }
  Cue operator()(const PicturesRead&) const { return Cue::pictures_read; }
  Cue operator()(const PicturesFailed&) const { return Cue::pictures_failed; }
  Cue operator()(const Verified&) const { return Cue::verified; }
  Cue operator()(const VerifyFailed&) const { return Cue::verify_failed; }
  Cue operator()(const Recorded&) const { return Cue::recorded; }
  Cue operator()(const RecordFailed& failed) const {
    return failed.refused ? Cue::record_refused : Cue::record_failed;
  }
  Cue operator()(const OperatorDecides& decides) const { return of_operator(decides.decision.action); }
  Cue operator()(const TimerFired& fired) const { return of_timer(fired.timer); }
  Cue operator()(const CommandFailed&) const { return Cue::command_failed; }
  Cue operator()(const Stopping&) const { return Cue::stopping; }
};

}  // namespace

bool known(const Signals& s) {
  for (const Level level :
       {s.presence, s.safety, s.passage, s.photocell, s.open_limit, s.closed_limit, s.unhinged, s.fault}) {
    if (level == Level::unknown) return false;
  }
  return true;
}

bool sound(const Signals& signals) { return known(signals) && !troubled(signals); }

std::vector<Cue> cues_of(const Passage& before, const Signals& is) {
  const Signals& was = before.signals;
  const ArmOrder order = before.order;
  std::vector<Cue> cues;
  const auto add_if = [&](bool holds, Cue cue) {
    if (holds) cues.push_back(cue);
  };
  add_if((known(was) || !before.heard) && !known(is), Cue::contacts_lost);
  add_if(!known(was) && known(is), Cue::contacts_back);
  add_if(!before.fire && is.fire_alarm == on, Cue::fire_on);
  add_if(before.fire && is.fire_alarm == off, Cue::fire_off);
  add_if(!troubled(was) && troubled(is), Cue::barrier_fault);
  // Also where it was unknown before: an arm that stands open at the start was opened by nobody.
  add_if(order == ArmOrder::down && became(was.closed_limit, is.closed_limit, off), Cue::arm_moved);
  add_if(became(was.open_limit, is.open_limit, on), Cue::arm_open);
  add_if(became(was.closed_limit, is.closed_limit, on), Cue::arm_closed);
  add_if(order == ArmOrder::up && was.open_limit == on && is.open_limit == off, Cue::arm_sinks);
  add_if(became(was.safety, is.safety, on), Cue::under_arm);
  add_if(became(was.passage, is.passage, on), Cue::behind_arm);
  add_if(!front_free(was) && front_free(is), Cue::front_clear);
  add_if(!lane_free(was) && lane_free(is), Cue::lane_clear);
  add_if(became(was.presence, is.presence, on), Cue::vehicle_arrives);
  return cues;
}

Cue cue_of(const Event& event) { return std::visit(Name{}, event); }

void fold(Passage& passage, const Signals& is, const Moment& now) {
  const bool came_down = passage.signals.closed_limit == off && is.closed_limit == on;
  passage.signals = is;
  passage.heard = true;
  if (is.presence == on && !passage.presence_since) passage.presence_since = now;
  if (is.presence == off) passage.presence_since.reset();
  if (is.fire_alarm != Level::unknown) passage.fire = is.fire_alarm == on;
  // One that is still down from before the command to open may yet rise: `travel` decides.
  if (came_down && passage.order == ArmOrder::lowering) passage.order = ArmOrder::down;
  if (is.closed_limit == on && passage.order == ArmOrder::down) passage.lower_wanted = false;
  if (passage.id.empty() || passage.ending != Ending::open) return;
  if (is.closed_limit == on && is.open_limit != on) return;  // nobody passes a closed arm
  Progress& progress = passage.progress;
  if (passage.order != ArmOrder::down && !front_known(is)) progress.blind = true;
  if (is.safety == on) progress.under = true;
  if (is.safety == on && is.presence == off) progress.forward = true;
  if (progress.under && is.passage == on) progress.behind = true;
  if (!passage.timers.passage_loop && progress.forward) progress.behind = true;
  if (progress.under && is.safety == off && is.photocell == off) progress.gap = true;
}

}  // namespace core::lane_table
