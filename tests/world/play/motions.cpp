#include "tests/world/play/motions.hpp"

#include <algorithm>
#include <thread>

#include <boost/describe/enum_to_string.hpp>

namespace world {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto glance = milliseconds(40);        // between two looks at lamp and display
constexpr auto to_the_post = milliseconds(500);  // from the loop to the badge reader
constexpr auto under_the_arm = milliseconds(400);
constexpr auto mind_made_up = milliseconds(300);  // between a refusal and the reverse gear
constexpr auto slack = seconds(10);               // beyond the lane's own times

/// What an operator puts right by a look at the pictures; nobody calls that an override.
bool only_reading(const core::PassageRecord& passage) {
  using enum core::Reason;
  const auto is_reading = [](core::Reason reason) {
    return reason == container_unsure || reason == container_unread || reason == container_check_digit ||
           reason == plate_unread;
  };
  return std::all_of(passage.reasons.begin(), passage.reasons.end(), is_reading);
}

/// The read to put right first: one of another number; else the right number, read without being sure.
std::optional<std::string> wrong_read(const core::PassageRecord& passage, const std::string& container) {
  for (const std::string& read : passage.containers) {
    if (read != container) return read;
  }
  return passage.containers.empty() ? std::nullopt : std::optional(container);
}

/// The correction that this referral asks for, nullopt where a look at the truck gives none.
std::optional<OperatorCall> correction(const Truck& truck, const core::PassageRecord& passage) {
  OperatorCall call;
  call.by = "operator";
  call.reason = core::OverrideReason::camera_defect;
  call.text = "read by eye";
  const auto& reasons = passage.reasons;
  if (std::find(reasons.begin(), reasons.end(), core::Reason::plate_unread) != reasons.end()) {
    call.plate = truck.plate;
  } else if (!truck.aboard.empty()) {
    call.container = truck.aboard.front();
    call.replaces = wrong_read(passage, *call.container);
  } else {
    return std::nullopt;
  }
  return call;
}

bool is_here(const core::Signals& signals) { return signals.presence == core::Level::on; }

}  // namespace

void Motions::pause(core::Milliseconds time) const {
  const auto end = std::chrono::steady_clock::now() + time;
  while (!stop_.stop_requested() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::min<core::Milliseconds>(time, glance));
  }
}

bool Motions::until(core::Milliseconds patience, const std::function<bool()>& ready) const {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!stop_.stop_requested()) {
    if (ready()) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(glance);
  }
  return false;
}

Performance Motions::drive(const Truck& truck, SiteLane& lane, int round) {
  Performance performance;
  performance.truck = truck;
  performance.direction = lane.config.direction;
  performance.round = round;
  const auto idle = [&] {
    const auto view = api_->lane(lane.config.name);
    return view && view->state == core::State::idle;
  };
  if (!until(slack, idle)) {
    performance.trouble = "the lane was not free for this truck";
    return performance;
  }
  std::string passage;
  arrive(truck, lane, round);
  const Way way = wait_for_an_answer(truck, lane, performance, passage);
  if (way == Way::on && truck.behaviour == Behaviour::passes) {
    pass(lane);
  } else {
    if (way == Way::on && truck.behaviour == Behaviour::waits) wait_until_the_grant_dies(lane);
    back_out(lane);
  }
  settle(lane, passage, performance);
  return performance;
}

void Motions::arrive(const Truck& truck, SiteLane& lane, int round) {
  scenery_->arrives(lane.config.name, truck);
  lane.barrier->set(&core::Signals::presence, true);
  pause(to_the_post);
  if (truck.tar) lane.reader->give_tar(in_round(*truck.tar, round));
  if (truck.badge) lane.reader->present_badge(*truck.badge);
}

/// The lamp says yes, the display says no, an operator may still change it.
Motions::Way Motions::wait_for_an_answer(const Truck& truck, SiteLane& lane, Performance& performance,
                                         std::string& passage) {
  Way way = Way::nowhere;
  bool called = false;
  core::State last = core::State::idle;
  const auto answered = [&] {
    const auto view = api_->lane(lane.config.name);
    if (!view || view->passage.id.empty()) return false;
    passage = view->passage.id;
    last = view->state;
    if (view->state == core::State::open && lane.barrier->green()) way = Way::on;
    const bool no = view->state == core::State::refused || view->state == core::State::referred;
    if (!no) return way != Way::nowhere;
    if (!truck.operators.empty() && !called) {
      called = true;
      performance.first = view->passage;
      call_operators(truck.operators, lane, performance);
      return false;
    }
    if (correct_reading(truck, *view, lane, performance)) return false;
    way = Way::back;
    return true;
  };
  const auto& times = lane.config;
  if (!until(times.pictures_time + times.prompt_time + times.travel_time + slack, answered)) {
    performance.trouble = "the gate never answered; its lane was last " +
                          std::string(boost::describe::enum_to_string(last, "?"));
  }
  if (way == Way::back) pause(mind_made_up);
  return way;
}

/// True where an operator has put a read right that the script expects to be sure.
bool Motions::correct_reading(const Truck& truck, const ports::LaneView& view, SiteLane& lane,
                              Performance& performance) {
  constexpr int most = 4;
  if (view.state != core::State::referred || truck.expected.decision == core::Decision::refer) return false;
  if (!only_reading(view.passage) || performance.corrections >= most) return false;
  const auto call = correction(truck, view.passage);
  if (!call) return false;
  ++performance.corrections;
  OperatorCall second = *call;
  second.by = "supervisor";
  call_operators({*call, second}, lane, performance);
  return performance.trouble.empty();
}

void Motions::call_operators(const std::vector<OperatorCall>& calls, SiteLane& lane,
                             Performance& performance) {
  for (const OperatorCall& call : calls) {
    pause(mind_made_up);
    const auto view = api_->lane(lane.config.name);
    const auto answer = view ? api_->decide(*view, call) : tl::unexpected(view.error());
    if (!answer) {
      performance.trouble = call.by + " was turned down: " + answer.error().what;
      return;
    }
    if (*answer == core::DecisionAnswer::accepted) return;  // nobody else is needed
  }
  performance.trouble = "the operators called were not enough";
}

void Motions::wait_until_the_grant_dies(SiteLane& lane) {
  (void)until(lane.config.grant_life + slack, [&] { return !lane.barrier->green(); });
  pause(mind_made_up);
}

void Motions::pass(SiteLane& lane) {
  IoModule& module = *lane.barrier;
  module.set(&core::Signals::safety, true);
  module.set(&core::Signals::photocell, true);
  pause(under_the_arm);
  module.set(&core::Signals::presence, false);
  pause(under_the_arm);
  module.set(&core::Signals::passage, true);
  pause(under_the_arm);
  module.set(&core::Signals::safety, false);
  module.set(&core::Signals::photocell, false);
  pause(under_the_arm);
  module.set(&core::Signals::passage, false);
  scenery_->leaves(lane.config.name);
}

void Motions::back_out(SiteLane& lane) {
  lane.barrier->set(&core::Signals::presence, false);
  scenery_->leaves(lane.config.name);
}

void Motions::settle(const SiteLane& lane, const std::string& passage, Performance& performance) {
  const auto clear = [&] {
    const auto view = api_->lane(lane.config.name);
    return view && view->state == core::State::idle && !is_here(view->signals);
  };
  if (!until(lane.config.travel_time + slack, clear) && performance.trouble.empty()) {
    performance.trouble = "the lane did not come to rest after this truck";
  }
  if (passage.empty()) return;
  const auto ended = [&] {
    const auto record = api_->passage(passage);
    if (record) performance.last = *record;
    return record && record->ending != core::Ending::open;
  };
  if (!until(slack, ended) && performance.trouble.empty())
    performance.trouble = "the gate never ended this passage";
}

}  // namespace world
