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

  void tell(const Event& event) {
    const std::size_t before = b.all.size();
    if (const auto* changed = std::get_if<SignalsChanged>(&event)) see(changed->signals);
    if (const auto* recorded = std::get_if<Recorded>(&event)) remember(recorded->revision);
    b.tell(event);
    for (std::size_t i = before; i < b.all.size(); ++i) std::visit(*this, b.all[i]);
  }

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
        under_ = behind_ = false;
      }
    } else {
      RC_ASSERT(open_.erase(record.passage.id) == 1U);
      durable_.erase(record.passage.id);
    }
    if (record.awaited && record.passage.decision == Decision::grant) pending_ = record;
    for (const Claim& claim : record.claims) {
      if (claim.state == ClaimState::released) durable_.erase(record.passage.id);
      if (claim.state != ClaimState::used) continue;
      RC_ASSERT(under_ && behind_);
      RC_ASSERT(b.signals.safety == Level::off && b.signals.photocell == Level::off &&
                b.signals.passage == Level::off);
    }
  }
  void operator()(const auto&) {}

  [[nodiscard]] bool all_ended() const { return open_.empty(); }

 private:
  void see(const Signals& signals) {
    if (signals.safety == Level::on) under_ = true;
    if (under_ && signals.passage == Level::on) behind_ = true;
  }
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
  switch (*rc::gen::inRange(0, 7)) {
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
  Sighting sighting;
  ContainerRead read;
  read.code = *rc::gen::element(box, other_box);
  read.sure = *rc::gen::arbitrary<bool>();
  read.check_digit = true;
  sighting.containers = {read};
  w.tell(PicturesRead{w.b.passage.id, sighting, {}});
}

void decide(Watch& w) {
  OperatorDecision decision;
  decision.passage = w.b.passage.id;
  decision.revision = w.b.passage.revision - *rc::gen::weightedElement<int>({{9, 0}, {1, 1}});
  decision.action = *rc::gen::element(OperatorAction::grant, OperatorAction::grant, OperatorAction::correct,
                                      OperatorAction::deny, OperatorAction::send_away);
  decision.by = *rc::gen::element(std::string("ann"), std::string("bob"));
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
}

void something(Watch& w) {
  w.b.wait(std::chrono::milliseconds(*rc::gen::inRange(0, 3000)));
  switch (*rc::gen::weightedElement<int>(
      {{10, 0}, {24, 1}, {10, 2}, {8, 3}, {4, 4}, {3, 5}, {6, 6}, {2, 7}, {2, 8}, {1, 9}})) {
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
      return w.tell(
          TimerFired{*rc::gen::element(Timer::prompt, Timer::pictures, Timer::travel, Timer::grant,
                                       Timer::escalate, Timer::contacts, Timer::proof, Timer::retry)});
    case 7:
      return w.tell(BadgeRead{"h", w.b.now});
    case 8:
      return w.tell(
          CommandFailed{*rc::gen::element(Command::raise, Command::lower, Command::show), "no answer"});
    default:
      if (*rc::gen::inRange(0, 40) == 0) w.tell(Stopping{});
  }
}

/// The truck goes away, the barrier and the journal work: whatever it was, it must come to an end.
void calm_down(Watch& w) {
  w.b.signals = quiet_signals();
  w.tell(SignalsChanged{w.b.signals, "P-last"});
  for (int turn = 0; turn < 3; ++turn) {
    if (w.b.state() == State::recording) w.tell(Recorded{w.b.passage.revision});
    for (const Timer timer : {Timer::proof, Timer::grant, Timer::travel, Timer::retry})
      w.tell(TimerFired{timer});
  }
}

void holds_in(Direction direction) {
  const bool holds = rc::check([direction] {
    Bench bench(direction);
    if (*rc::gen::arbitrary<bool>()) bench.passage.timers.fire_alarm = FireAlarm::open;
    Watch watch(bench);
    const int events = *rc::gen::inRange(20, 160);
    for (int i = 0; i < events; ++i) something(watch);
    calm_down(watch);
    RC_ASSERT(watch.all_ended());
    RC_ASSERT(bench.state() == (bench.passage.stopping ? State::faulted : State::idle));
  });
  EXPECT_TRUE(holds);
}

TEST(AnEntryLane, NeverOpensShowsGreenLowersOrEndsWrongly) { holds_in(Direction::entry); }
TEST(AnExitLane, NeverOpensShowsGreenLowersOrEndsWrongly) { holds_in(Direction::exit); }

}  // namespace
