// The first day, the very script that the demonstration plays in real time, on virtual time.
#include "tests/world/day.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/scenario/site.hpp"
#include "tests/world/platform/stream_book.hpp"
#include "tests/world/play/oracle.hpp"

namespace {

using namespace scenario;
using core::State;

std::string hash_of(std::string_view card) { return "k1:" + std::string(card); }

/// Plays the steps of a day one after the other.
class Player {
 public:
  Player(Site& site, const world::Day& day) : site_(site), start_(site.clock.now().wall), day_(day) {
    site_.fill(world::changes_of(world::records_at(day.records, start_, hash_of)));
  }

  std::vector<world::Performance> played;

  void play() {
    for (const world::Step& step : day_.steps) {
      std::visit(*this, step.what);
      site_.wait(std::chrono::seconds(5));
    }
  }

  void operator()(const world::Update& update) {
    for (const world::RightChange& change : update.changes) {
      world::RightChange real = change;
      real.right = world::right_at(change.right, start_, hash_of);
      waiting_.push_back(world::change_of(real));
    }
    deliver();
  }
  void operator()(const world::CutOff&) { site_.stores.silent_since = site_.clock.now().wall; }
  void operator()(const world::ComeBack&) {
    site_.stores.silent_since.reset();
    deliver();
  }
  void operator()(const world::Wait& wait) { site_.wait(wait.time); }

  void operator()(const world::Truck& truck) {
    Kit& kit = site_.kit(truck.lane);
    world::Performance performance;
    performance.truck = truck;
    performance.direction = kit.direction;
    come(kit, truck);
    if (!site_.reach(kit, {State::open, State::referred, State::refused})) performance.trouble = "no verdict";
    const std::string passage = site_.view(kit).passage.id;
    if (!truck.operators.empty()) {
      performance.first = site_.record(passage);
      call(kit, truck, performance);
    }
    leave(kit, truck);
    if (!site_.reach(kit, {State::idle})) performance.trouble = "the lane never became free";
    performance.last = site_.record(passage);
    played.push_back(std::move(performance));
  }

 private:
  void deliver() {
    if (site_.stores.silent_since || waiting_.empty()) return;
    site_.change(waiting_);
    waiting_.clear();
  }

  void come(Kit& kit, const world::Truck& truck) {
    Look look{truck.plate, truck.trailer_plate, truck.aboard, truck.size_type};
    look.boxes_readable = truck.condition != world::Condition::unreadable;
    look.plate_readable = truck.front != world::Condition::unreadable;
    site_.arrive(kit, look);
    site_.wait(std::chrono::seconds(1));
    if (truck.tar) site_.tar(kit, *truck.tar);
    if (truck.badge) site_.badge(kit, hash_of(*truck.badge));
  }

  void call(Kit& kit, const world::Truck& truck, world::Performance& performance) {
    for (const world::OperatorCall& call : truck.operators) {
      core::OperatorDecision decision = site_.decision(kit, call.action, call.by);
      decision.reason = call.reason;
      decision.text = call.text;
      decision.plate = call.plate;
      decision.container = call.container;
      decision.replaces = call.replaces;
      const auto answer = site_.decide(decision);
      if (!answer) performance.trouble = answer.error().what;
    }
    if (!site_.reach(kit, {State::open, State::referred, State::refused}))
      performance.trouble = "no second verdict";
  }

  void leave(Kit& kit, const world::Truck& truck) {
    const bool open = site_.state(kit) == State::open;
    if (open && truck.behaviour == world::Behaviour::passes) return site_.drive(kit);
    if (open && truck.behaviour == world::Behaviour::waits) (void)site_.reach(kit, {State::referred});
    site_.back_out(kit);
  }

  Site& site_;
  core::WallTime start_;
  const world::Day& day_;
  std::vector<syncing::Change> waiting_;
};

std::vector<syncing::EventMessage> messages(Site& site) {
  std::vector<syncing::EventMessage> all;
  for (auto& numbered : site.events())
    all.push_back({"gate-1", "J", numbered.number, numbered.ulid, numbered.event});
  return all;
}

TEST(TheFirstDay, PlayedOnVirtualTimeComesOutAsItsScriptSays) {
  const auto day =
      world::load_day(std::filesystem::path(GATEHOUSE_SOURCE) / "tests/world/days/first-day.toml");
  ASSERT_TRUE(day) << day.error().what;
  Folder folder;
  Site site(folder.path,
            core::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + std::chrono::hours(9)));
  Player player(site, *day);
  player.play();
  for (const world::Performance& performance : player.played) {
    for (const std::string& difference : world::differences(performance)) {
      ADD_FAILURE() << performance.truck.name << ": " << difference;
    }
  }
  for (const std::string& complaint : world::judge_events(player.played, messages(site)))
    ADD_FAILURE() << complaint;
  EXPECT_GT(player.played.size(), 20U);
}

}  // namespace
