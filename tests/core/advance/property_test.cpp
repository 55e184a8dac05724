// What holds on every lane, whatever happens in whatever order.
#include <array>
#include <map>
#include <set>

#include <rapidcheck.h>

#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;

constexpr std::array contacts = {&Signals::presence,  &Signals::safety,     &Signals::passage,
                                 &Signals::photocell, &Signals::open_limit, &Signals::closed_limit,
                                 &Signals::unhinged,  &Signals::fault,      &Signals::manual_key,
                                 &Signals::fire_alarm};

/// Watches a lane from outside, with a memory of its own.
class Watch {
 public:
  explicit Watch(Bench& watched) : b(watched) {}

  Bench& b;
  bool eyes_shut = false;  // the recogniser hangs: its answer never comes

  void tell(const Event& event) {
    const std::size_t before = b.all.size();
    if (const auto* changed = std::get_if<SignalsChanged>(&event)) see(changed->signals);
    if (const auto* fired = std::get_if<TimerFired>(&event)) running_.erase(fired->timer);
    if (const auto* recorded = std::get_if<Recorded>(&event)) remember(recorded->revision);
    b.tell(event);
    for (std::size_t i = before; i < b.all.size(); ++i) std::visit(*this, b.all[i]);
    if (b.state() == State::idle) RC_ASSERT(b.passage.order == ArmOrder::down);
  }

  void operator()(const StartTimer& start) { running_.insert(start.timer); }
  void operator()(const StopTimer& stop) { running_.erase(stop.timer); }
  void operator()(const Show& show) {
    if (show.lamp == Lamp::red) return;
    RC_ASSERT(b.signals.open_limit == Level::on);
    RC_ASSERT(durable_.contains(b.passage.id));
  }
  void operator()(const Raise& raise) {
    if (raise.fire) {
      RC_ASSERT(b.passage.timers.fire_alarm == FireAlarm::open);
      RC_ASSERT(b.passage.fire);
      return;
    }
    RC_ASSERT(durable_.contains(raise.passage));
    RC_ASSERT(durable_[raise.passage] == raise.revision);
    RC_ASSERT(!b.passage.stopping);
  }
  void operator()(const Lower&) {
    RC_ASSERT(b.signals.safety == Level::off);
    RC_ASSERT(b.signals.photocell == Level::off);
  }
  void operator()(const Record& record) {
    if (record.passage.ending == Ending::open) {
      open_.insert(record.passage.id);
      if (!record.awaited && record.events.size() == 1 &&
          record.events[0].kind == EventKind::truck_detected) {
        under_ = behind_ = gone_under_ = unseen_ = false;
      }
    } else {
      if (record.passage.ending == Ending::backed_out) RC_ASSERT(surely_in_front());
      RC_ASSERT(open_.erase(record.passage.id) == 1U);
      durable_.erase(record.passage.id);
    }
    if (record.awaited && record.passage.decision == Decision::grant) pending_ = record;
    for (const Claim& claim : record.claims) {
      if (claim.state == ClaimState::released) durable_.erase(record.passage.id);
      if (claim.state == ClaimState::released && record.passage.ending != Ending::passed) {
        RC_ASSERT(surely_in_front());
      }
      if (claim.state != ClaimState::used) continue;
      RC_ASSERT(under_ && behind_);
      RC_ASSERT(b.signals.safety == Level::off && b.signals.photocell == Level::off &&
                b.signals.passage == Level::off);
    }
  }
  void operator()(const auto&) {}

  [[nodiscard]] bool all_ended() const { return open_.empty(); }
  /// As in a lane: only timers that run can fire.
  [[nodiscard]] std::set<Timer> running() const { return running_; }

 private:
  void see(const Signals& signals) {
    if (signals.safety == Level::on) under_ = true;
    if (under_ && signals.passage == Level::on) behind_ = true;
    const bool forward = signals.safety == Level::on && signals.presence == Level::off;
    if (!b.passage.timers.passage_loop && forward) behind_ = true;
    if (signals.closed_limit == Level::off && signals.safety == Level::on) gone_under_ = true;
    if (b.passage.order == ArmOrder::down || signals.closed_limit == Level::on) return;
    for (const auto contact : {&Signals::presence, &Signals::safety, &Signals::photocell}) {
      if (signals.*contact == Level::unknown) unseen_ = true;
    }
  }
  [[nodiscard]] bool surely_in_front() const { return !gone_under_ && !unseen_; }
  void remember(int revision) {
    if (pending_ && pending_->revision == revision && b.passage.revision == revision) {
      durable_[pending_->passage.id] = revision;
    }
  }

  std::optional<Record> pending_;
  std::map<std::string, int> durable_;  // passage -> revision of its durable grant
  std::set<std::string> open_;
  bool under_ = false;
  bool behind_ = false;
  bool gone_under_ = false;  // since the passage began, something was on the safety loop of an arm not closed
  bool unseen_ = false;      // or might have been, while nobody could see it
  std::set<Timer> running_;
};

void change_contact(Watch& w) {
  const auto contact = contacts[*rc::gen::inRange<std::size_t>(0, contacts.size())];
  w.b.signals.*contact =
      *rc::gen::weightedElement<Level>({{8, Level::off}, {8, Level::on}, {1, Level::unknown}});
  w.tell(SignalsChanged{w.b.signals, "P-r" + std::to_string(w.b.all.size())});
}

/// A truck or an arm that behaves, so that the deep states are reached often.
void behave(Watch& w) {
  Signals& s = w.b.signals;
  switch (*rc::gen::inRange(0, 9)) {
    case 0:
      s = quiet_signals();
      s.presence = Level::on;
      break;
    case 1:
      s.closed_limit = Level::off;
      s.open_limit = Level::on;
      break;
    case 2:
      s.safety = s.photocell = Level::on;
      break;
    case 3:
      s.passage = Level::on;
      break;
    case 4:
      s.presence = s.safety = s.photocell = Level::off;
      break;
    case 5:
      s.presence = s.safety = s.photocell = s.passage = Level::off;
      break;
    case 6:
      s.safety = Level::on;  // it creeps up to the arm
      break;
    case 7:
      s = Signals{};
      break;
    default:
      s.open_limit = Level::off;
      s.closed_limit = Level::on;
  }
  w.tell(SignalsChanged{s, "P-b" + std::to_string(w.b.all.size())});
}

void answer(Watch& w) {
  const int revision = w.b.passage.revision - *rc::gen::weightedElement<int>({{9, 0}, {1, 1}});
  switch (*rc::gen::weightedElement<int>({{8, 0}, {1, 1}, {1, 2}})) {
    case 0:
      return w.tell(Recorded{revision});
    case 1:
      return w.tell(RecordFailed{revision, "race", true});
    default:
      return w.tell(RecordFailed{revision, "disk", false});
  }
}

void look(Watch& w) {
  if (w.eyes_shut) return;
  Sighting sighting;
  ContainerRead read;
  read.code = *rc::gen::element(box, other_box);
  read.sure = *rc::gen::arbitrary<bool>();
  read.check_digit = true;
  sighting.containers = {read};
  if (*rc::gen::inRange(0, 4) == 0) return w.tell(PicturesFailed{w.b.passage.id, {}, {}});
  w.tell(PicturesRead{w.b.passage.id, sighting, {}});
}

void decide(Watch& w) {
  OperatorDecision decision;
  decision.passage = w.b.passage.id;
  decision.revision = w.b.passage.revision - *rc::gen::weightedElement<int>({{9, 0}, {1, 1}});
  decision.action = *rc::gen::element(OperatorAction::grant, OperatorAction::grant, OperatorAction::correct,
                                      OperatorAction::deny, OperatorAction::send_away);
  decision.by = *rc::gen::element(std::string("ann"), std::string("bob"));
  decision.named = true;
  if (decision.action == OperatorAction::correct) decision.container = box;
  w.tell(OperatorDecides{decision});
}

void change_mind(Watch& w) {
  const auto dossier = w.b.next_opinion.dossier;
  const auto visit = w.b.next_opinion.verdict.visit;
  w.b.next_opinion = *rc::gen::element(
      opinion(Decision::grant), opinion(Decision::grant), opinion(Decision::refer, {Reason::plate_other}),
      opinion(Decision::refer, {Reason::badge_missing}), opinion(Decision::deny, {Reason::right_revoked}));
  w.b.next_opinion.dossier = dossier;
  w.b.next_opinion.verdict.visit = visit;
  w.b.next_opinion.verdict.prompts =
      *rc::gen::element(std::vector<Prompt>{}, std::vector<Prompt>{},
                        std::vector<Prompt>{Prompt::present_badge}, std::vector<Prompt>{Prompt::give_tar});
  w.b.unreadable = *rc::gen::inRange(0, 3) == 0;
}

/// Mostly one that runs, as in a lane; now and then one that was stopped too late.
void ring(Watch& w) {
  const std::set<Timer> running = w.running();
  if (!running.empty() && *rc::gen::inRange(0, 4) > 0) {
    return w.tell(TimerFired{*rc::gen::elementOf(std::vector<Timer>(running.begin(), running.end()))});
  }
  w.tell(TimerFired{*rc::gen::element(Timer::prompt, Timer::pictures, Timer::travel, Timer::grant,
                                      Timer::escalate, Timer::contacts, Timer::proof, Timer::retry)});
}

void something(Watch& w) {
  w.b.wait(std::chrono::milliseconds(*rc::gen::inRange(0, 3000)));
  switch (*rc::gen::weightedElement<int>(
      {{8, 0}, {24, 1}, {10, 2}, {8, 3}, {4, 4}, {4, 5}, {9, 6}, {4, 7}, {2, 8}, {1, 9}})) {
    case 0:
      return change_contact(w);
    case 1:
      return behave(w);
    case 2:
      return answer(w);
    case 3:
      return look(w);
    case 4:
      return decide(w);
    case 5:
      return change_mind(w);
    case 6:
      return ring(w);
    case 7:
      if (*rc::gen::arbitrary<bool>()) return w.tell(TarGiven{"T", w.b.now});
      return w.tell(BadgeRead{"h", w.b.now});
    case 8:
      return w.tell(
          CommandFailed{*rc::gen::element(Command::raise, Command::lower, Command::show), "no answer"});
    default:
      if (*rc::gen::inRange(0, 40) == 0) w.tell(Stopping{});
  }
}

/// Some way along the usual way, so that what happens deep in it happens often.
void head_start(Watch& w) {
  const int steps = *rc::gen::inRange(0, 5);
  const bool creeps_up = *rc::gen::arbitrary<bool>();
  Signals& s = w.b.signals;
  if (steps > 0) {
    s.presence = Level::on;
    if (creeps_up) s.safety = Level::on;
    w.tell(SignalsChanged{s, "P-head"});
  }
  if (steps > 1) look(w);
  if (steps > 2) w.tell(Recorded{w.b.passage.revision});
  if (steps > 3 && w.b.state() == State::opening) {
    s.closed_limit = Level::off;
    s.open_limit = Level::on;
    w.tell(SignalsChanged{s, "P-head-open"});
  }
}

/// The journal works and time goes by: whatever runs out does so. Until `done`, or for a good while.
template <class Done>
void let_time_pass(Watch& w, Done done) {
  for (int turn = 0; turn < 12 && !done(); ++turn) {
    if (w.b.state() == State::recording) w.tell(Recorded{w.b.passage.revision});
    for (const Timer timer : w.running()) {
      if (w.running().contains(timer)) w.tell(TimerFired{timer});
    }
  }
}

bool with_people(const Bench& b) { return b.state() == State::referred || b.state() == State::refused; }

/// The truck stays in front of a closed arm and nothing more is heard of it: it ends with people, who say no.
void stand_still(Watch& w) {
  w.b.signals = quiet_signals();
  w.b.signals.presence = Level::on;
  w.tell(SignalsChanged{w.b.signals, "P-stands"});
  let_time_pass(w, [&w] { return with_people(w.b); });
  if (w.b.passage.stopping) return;
  RC_ASSERT(with_people(w.b));
  if (w.b.state() == State::referred) {
    OperatorDecision no;
    no.passage = w.b.passage.id;
    no.revision = w.b.passage.revision;
    no.by = "ann";
    no.named = true;
    w.tell(OperatorDecides{no});
  }
  RC_ASSERT(w.b.state() == State::refused);
}

/// The truck goes away and the barrier works: whatever it was, it must come to an end.
void calm_down(Watch& w) {
  w.b.signals = quiet_signals();
  w.tell(SignalsChanged{w.b.signals, "P-last"});
  let_time_pass(w, [&w] { return w.b.state() == State::idle; });
}

void holds_in(Direction direction) {
  const bool holds = rc::check([direction] {
    Bench bench(direction);
    if (*rc::gen::arbitrary<bool>()) bench.passage.timers.fire_alarm = FireAlarm::open;
    bench.passage.timers.passage_loop = *rc::gen::arbitrary<bool>();
    bench.unreadable = *rc::gen::inRange(0, 3) == 0;
    Watch watch(bench);
    watch.eyes_shut = *rc::gen::inRange(0, 3) == 0;
    head_start(watch);
    const int events = *rc::gen::inRange(1, 120);
    for (int i = 0; i < events; ++i) something(watch);
    if (*rc::gen::arbitrary<bool>()) stand_still(watch);
    calm_down(watch);
    RC_ASSERT(watch.all_ended());
    RC_ASSERT(bench.state() == (bench.passage.stopping ? State::faulted : State::idle));
  });
  EXPECT_TRUE(holds);
}

TEST(AnEntryLane, NeverOpensShowsGreenLowersOrEndsWrongly) { holds_in(Direction::entry); }
TEST(AnExitLane, NeverOpensShowsGreenLowersOrEndsWrongly) { holds_in(Direction::exit); }

}  // namespace
