#include "tests/world/play/director.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include <fmt/core.h>

#include "tests/world/play/words.hpp"

namespace world {
namespace {

using std::chrono::seconds;

constexpr auto patience = seconds(20);

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

void say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

std::string plural(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace

bool Director::until(core::Milliseconds limit, const std::function<bool()>& ready) const {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!stop_.stop_requested()) {
    if (ready()) return true;
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

void Director::wait(core::Milliseconds time) const {
  (void)until(time, [] { return false; });
}

void Director::complain(const std::string& what) { complain(what, what); }

void Director::complain(const std::string& now, const std::string& later) {
  if (stop_.stop_requested()) return;  // the gate goes as well: nothing is expected of it any more
  say("      NOT AS EXPECTED: " + now);
  complaints_.push_back(later);
}

/// The appliance's replica holds all that the platform has said, and its data are fresh.
bool Director::caught_up() {
  const auto link = world_.api.link();
  return link && link->epoch == world_.platform.epoch() && link->sequence >= world_.platform.sequence() &&
         link->standing.mode == core::Mode::online;
}

void Director::begin() {
  performances_.clear();
  complaints_.clear();
  events_before_ = world_.platform.events().size();
  start_ = world_.now();
  const auto epoch = std::chrono::duration_cast<seconds>(start_.time_since_epoch()).count();
  world_.platform.begin(epoch, records_at(day_->records, start_, world_.hash, round_));
  say("The platform opens the day: " + plural(day_->records.rights.size(), "right") + ", " +
      plural(day_->records.appointments.size(), "appointment") + ".");
  if (!until(patience, [this] { return caught_up(); }))
    complain("the gate never took over the platform's snapshot");
}

bool Director::play(int round) {
  round_ = round;
  say("\n" + day_->title + (round > 1 ? ", round " + std::to_string(round) : ""));
  begin();
  say(passage_columns());
  for (const Step& step : day_->steps) {
    if (stop_.stop_requested()) return false;
    std::visit(Overloaded{
                   [this](const Truck& truck) { perform(truck); },
                   [this](const Update& one) { update(one); },
                   [this](const CutOff&) {
                     world_.platform.cut_off();
                     cut_off_ = true;
                     say("-- the platform is cut off");
                   },
                   [this](const ComeBack& back) { come_back(back); },
                   [this](const Wait& pause) { wait(pause.time); },
               },
               step.what);
  }
  return !stop_.stop_requested() && judge();
}

void Director::perform(const Truck& truck) {
  SiteLane* lane = world_.site.lane(truck.lane);
  if (!lane) return complain("the configuration has no lane " + truck.lane);
  Performance performance = world_.motions.drive(truck, *lane, round_);
  if (stop_.stop_requested()) return;
  const auto found = world_.judged ? differences(performance) : std::vector<std::string>{};
  say(passage_words(performance, found.empty()));
  for (const std::string& difference : found) complain(difference, truck.name + ": " + difference);
  performances_.push_back(std::move(performance));
}

void Director::update(const Update& update) {
  std::vector<syncing::Change> changes;
  for (RightChange change : update.changes) {
    change.right = right_at(std::move(change.right), start_, world_.hash, round_);
    changes.push_back(change_of(change));
    say("-- the platform says: " + words_of(change));
  }
  world_.platform.update(changes);
  if (!cut_off_ && !until(patience, [this] { return caught_up(); }))
    complain("the gate never applied the update");
}

void Director::come_back(const ComeBack& back) {
  world_.platform.come_back();
  cut_off_ = false;
  say("-- the platform is back");
  if (!until(patience, [this] { return caught_up(); }))
    complain("the gate never caught up with the platform");
  for (const std::string& script_id : back.reconciled) {
    const std::string id = in_round(script_id, round_);
    const auto told = [this, &id] {
      const auto events = world_.platform.events();
      return std::any_of(events.begin(), events.end(), [&id](const syncing::EventMessage& message) {
        return message.event.kind == core::EventKind::reconciliation && message.event.release_id == id;
      });
    };
    if (until(patience, told)) {
      say("-- the gate reports: what was decided on right " + id + " meanwhile does not stand");
    } else {
      complain("no reconciliation event for right " + id);
    }
  }
}

bool Director::judge() {
  const auto receipted = [this] {
    const auto link = world_.api.link();
    return link && link->outbox == 0;
  };
  (void)until(patience, receipted);
  auto events = world_.platform.events();
  events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(events_before_));
  if (world_.judged) {
    for (const std::string& what : judge_events(performances_, events)) complain(what);
    for (const std::string& what : judge_reading(performances_)) complain(what);
  }
  const EventBook book = world_.platform.book();
  for (const std::string& hole : book.holes()) complain("events missing, " + hole);
  for (const std::string& conflict : book.conflicts()) complain(conflict);
  for (const std::string& refused : world_.platform.refused())
    complain("refused by the platform: " + refused);
  const auto link = world_.api.link();
  for (const std::string& what : link ? judge_link(*link) : std::vector{link.error().what}) complain(what);
  say("\n" + table_of(performances_, world_.judged));
  say(plural(events.size(), "event") + " received in order, " + std::to_string(book.repeated()) +
      " of them more than once; " + plural(complaints_.size(), "difference") + ".");
  for (const std::string& what : complaints_) say("  " + what);
  return complaints_.empty();
}

}  // namespace world
