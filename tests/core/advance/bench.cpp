#include "tests/core/advance/bench.hpp"

#include <ostream>

#include <boost/describe/enum_to_string.hpp>

#include "gate/core/reasons.hpp"

namespace core {
void PrintTo(State state, std::ostream* out) { *out << boost::describe::enum_to_string(state, "?"); }
void PrintTo(Ending ending, std::ostream* out) { *out << boost::describe::enum_to_string(ending, "?"); }
}  // namespace core

namespace bench {

using std::chrono::milliseconds;

Signals quiet_signals() {
  Signals s;
  for (const auto contact :
       {&Signals::presence, &Signals::safety, &Signals::passage, &Signals::photocell, &Signals::open_limit,
        &Signals::unhinged, &Signals::fault, &Signals::manual_key, &Signals::fire_alarm}) {
    s.*contact = Level::off;
  }
  s.closed_limit = Level::on;
  return s;
}

Opinion opinion(Decision decision, std::vector<Reason> reasons) {
  Opinion made;
  Job job;
  job.id = "job-1";
  job.kind = JobKind::pickup_import_full;
  job.equipment_number = box;
  made.verdict.decision = decision;
  made.verdict.reasons = reasons;
  made.verdict.jobs = {JobVerdict{job, decision, reasons, right_id, {}}};
  made.verdict.tar = "TAR-1";
  made.verdict.driver_id_hash = "k1:aa";
  for (const Reason reason : reasons) {
    made.verdict.persons = std::max(made.verdict.persons, facts(reason).persons);
  }
  Appointment appointment;
  appointment.tar = "TAR-1";
  appointment.jobs = {job};
  made.dossier.appointments = {appointment};
  ReleaseRight right;
  right.release_id = right_id;
  right.equipment_number = box;
  right.stay_number = "S-1";
  made.dossier.rights = {right};
  return made;
}

Bench::Bench(Direction direction) {
  passage.lane = "lane-1";
  passage.direction = direction;
  now.wall = WallTime(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2));
  now.steady = SteadyTime(std::chrono::hours(1));
  if (direction == Direction::exit) {
    Visit inside;
    inside.id = "V-1";
    inside.state = VisitState::inside;
    inside.jobs = {VisitJob{next_opinion.verdict.jobs.front().job, true, right_id}};
    next_opinion.dossier.visits = {inside};
    Claim held;
    held.release_id = right_id;
    held.equipment_number = box;
    held.visit = "V-1";
    held.job = "job-1";
    next_opinion.dossier.claims = {held};
    next_opinion.verdict.visit = "V-1";
  }
  contacts();
  all.clear();
}

void Bench::tell(const Event& event) {
  Step step = advance(passage, event, now);
  passage = std::move(step.next);
  effects = std::move(step.effects);
  all.insert(all.end(), effects.begin(), effects.end());
  const auto* verify = last<Verify>();
  if (!verify) return;
  const auto before = effects;
  Opinion given = next_opinion;
  given.at = now;
  const int revision = verify->revision;
  if (unreadable) {
    tell(VerifyFailed{revision, "a row failed its seal"});
  } else {
    tell(Verified{revision, given});
  }
  effects.insert(effects.begin(), before.begin(), before.end());
}

void Bench::contacts() { tell(SignalsChanged{signals, "P-" + std::to_string(++ids_)}); }

void Bench::lose_contacts() {
  signals = Signals{};
  contacts();
}

void Bench::set(Level Signals::*contact, Level level) {
  signals.*contact = level;
  contacts();
}

void Bench::wait(Milliseconds span) {
  now.wall += span;
  now.steady += span;
}

void Bench::arrive() { set(&Signals::presence, Level::on); }

void Bench::pictures() {
  wait(milliseconds(400));
  Sighting sighting;
  sighting.plates = {PlateRead{"1ABC123", "1-ABC-123", "BE", 990, true, {}, {}}};
  if (passage.direction == Direction::exit) {
    ContainerRead read;
    read.code = box;
    read.size_type = "22G1";
    read.sure = true;
    read.check_digit = true;
    sighting.containers = {read};
  }
  tell(PicturesRead{passage.id, sighting, {PictureRef{"front", "00ff"}}});
}

void Bench::recorded() { tell(Recorded{passage.revision}); }

void Bench::record_fails(bool refused) { tell(RecordFailed{passage.revision, "no", refused}); }

void Bench::grant() {
  arrive();
  pictures();
  recorded();
}

void Bench::arm_up() {
  signals.closed_limit = Level::off;
  contacts();
  wait(milliseconds(3000));
  set(&Signals::open_limit, Level::on);
}

void Bench::drive_under() {
  signals.photocell = Level::on;
  set(&Signals::safety, Level::on);
}

void Bench::drive_through() {
  set(&Signals::passage, Level::on);
  set(&Signals::presence, Level::off);
  signals.safety = Level::off;
  set(&Signals::photocell, Level::off);
  set(&Signals::passage, Level::off);
}

void Bench::arm_down() {
  set(&Signals::open_limit, Level::off);
  wait(milliseconds(3000));
  set(&Signals::closed_limit, Level::on);
}

void Bench::back_out() { set(&Signals::presence, Level::off); }

void Bench::badge(const std::string& hash) { tell(BadgeRead{hash, now}); }

void Bench::decide(OperatorAction action, const std::string& by) {
  OperatorDecision decision;
  decision.lane = passage.lane;
  decision.passage = passage.id;
  decision.revision = passage.revision;
  decision.action = action;
  decision.by = by;
  decision.named = !by.starts_with("uid:");
  decision.reason = OverrideReason::documents_checked;
  tell(OperatorDecides{decision});
}

void Bench::correct(const std::string& by, const std::string& container, const std::string& replaces) {
  OperatorDecision decision;
  decision.passage = passage.id;
  decision.revision = passage.revision;
  decision.action = OperatorAction::correct;
  decision.by = by;
  decision.named = !by.starts_with("uid:");
  decision.container = container;
  if (!replaces.empty()) decision.replaces = replaces;
  tell(OperatorDecides{decision});
}

bool Bench::starts(Timer timer) const {
  for (const Effect& effect : effects) {
    const auto* start = std::get_if<StartTimer>(&effect);
    if (start && start->timer == timer) return true;
  }
  return false;
}

bool Bench::alarmed(const std::string& words) const {
  for (const Effect& effect : all) {
    std::vector<GateEvent> events;
    if (const auto* report = std::get_if<Report>(&effect)) events = {report->event};
    if (const auto* record = std::get_if<Record>(&effect)) events = record->events;
    for (const GateEvent& event : events) {
      if (event.text.value_or("").find(words) != std::string::npos) return true;
    }
  }
  return false;
}

bool Bench::reported(EventKind kind) const {
  for (const Effect& effect : all) {
    const auto* report = std::get_if<Report>(&effect);
    if (report && report->event.kind == kind) return true;
    const auto* record = std::get_if<Record>(&effect);
    if (!record) continue;
    for (const GateEvent& event : record->events) {
      if (event.kind == kind) return true;
    }
  }
  return false;
}

std::optional<ClaimState> Bench::claim() const {
  std::optional<ClaimState> state;
  for (const Effect& effect : all) {
    const auto* record = std::get_if<Record>(&effect);
    if (record && !record->claims.empty()) state = record->claims.front().state;
  }
  return state;
}

std::optional<VisitState> Bench::visit() const {
  std::optional<VisitState> state;
  for (const Effect& effect : all) {
    const auto* record = std::get_if<Record>(&effect);
    if (record && record->visit) state = record->visit->state;
  }
  return state;
}

PassageRecord Bench::record() const { return ever<Record>() ? ever<Record>()->passage : PassageRecord{}; }

}  // namespace bench
