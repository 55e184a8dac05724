// The table as a whole: no pair of state and cue is silently ignored.
#include "gate/core/advance/table.hpp"

#include <boost/describe/enum_to_string.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "tests/core/advance/bench.hpp"

namespace {

using namespace bench;
using lane_table::Cue;

template <class Enum>
std::vector<Enum> all_of() {
  std::vector<Enum> values;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto each) { values.push_back(each.value); });
  return values;
}

bool has_row(State state, Cue cue) {
  for (const auto& row : lane_table::table()) {
    if ((!row.state || *row.state == state) && row.cue == cue) return true;
  }
  return false;
}

/// Events of every kind that are no change of contacts.
std::vector<Event> every_event(const Passage& passage, const Moment& now) {
  std::vector<Event> events = {BadgeRead{"h", now},
                               TarGiven{"T", now},
                               PicturesRead{passage.id, {}, {}},
                               PicturesFailed{passage.id, {}, {}},
                               Verified{passage.revision, opinion(Decision::refer, {Reason::plate_other})},
                               VerifyFailed{passage.revision, "why"},
                               Recorded{passage.revision},
                               RecordFailed{passage.revision, "why", true},
                               RecordFailed{passage.revision, "why", false},
                               CommandFailed{Command::raise, "why"},
                               Stopping{}};
  for (const Timer timer : all_of<Timer>()) events.push_back(TimerFired{timer});
  for (const OperatorAction action : all_of<OperatorAction>()) {
    OperatorDecision decision;
    decision.action = action;
    decision.passage = passage.id;
    decision.revision = passage.revision;
    decision.by = "somebody";
    decision.named = true;
    events.push_back(OperatorDecides{decision});
  }
  return events;
}

/// A lane brought into this state the ordinary way.
Bench brought_to(State state) {
  Bench b;
  if (state == State::faulted) {
    b.set(&Signals::fault, Level::on);
    return b;
  }
  if (state == State::idle) return b;
  b.arrive();
  if (state == State::gathering) return b;
  if (state == State::referred) b.next_opinion = opinion(Decision::refer, {Reason::plate_other});
  if (state == State::refused) b.next_opinion = opinion(Decision::deny, {Reason::right_revoked});
  b.pictures();
  if (state == State::recording) return b;
  b.recorded();
  if (state == State::opening || state == State::referred || state == State::refused) return b;
  b.arm_up();
  if (state == State::open) return b;
  b.drive_under();
  if (state == State::passing) return b;
  b.drive_through();
  return b;
}

TEST(TheTable, IsReachedInEveryStateByTheOrdinaryWay) {
  for (const State state : all_of<State>()) EXPECT_EQ(brought_to(state).state(), state);
}

TEST(TheTable, HasARowForEveryPairOrRefusesItWithANote) {
  for (const State state : all_of<State>()) {
    for (const Event& event : every_event(brought_to(state).passage, brought_to(state).now)) {
      const Bench b = brought_to(state);
      const Cue cue = lane_table::cue_of(event);
      const Step step = advance(b.passage, event, b.now);
      bool noted = false;
      for (const Effect& effect : step.effects) noted = noted || std::holds_alternative<Note>(effect);
      EXPECT_TRUE(has_row(state, cue) || noted) << boost::describe::enum_to_string(state, "?") << " on "
                                                << boost::describe::enum_to_string(cue, "?");
      if (!has_row(state, cue)) {
        EXPECT_EQ(step.next.state, state);
      }
    }
  }
}

TEST(TheTable, SaysWhatEveryContactMeansInEveryState) {
  for (const State state : all_of<State>()) {
    for (int cue = 0; cue <= static_cast<int>(Cue::vehicle_arrives); ++cue) {
      EXPECT_TRUE(has_row(state, static_cast<Cue>(cue)))
          << boost::describe::enum_to_string(state, "?") << " on "
          << boost::describe::enum_to_string(static_cast<Cue>(cue), "?");
    }
  }
}

TEST(TheTable, HasNoRowThatAnEarlierOneHides) {
  const auto rows = lane_table::table();
  for (std::size_t later = 0; later < rows.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool covers = !rows[earlier].state || rows[earlier].state == rows[later].state;
      EXPECT_FALSE(covers && rows[earlier].cue == rows[later].cue && rows[earlier].guard == nullptr)
          << "row " << later << " is hidden by row " << earlier;
    }
  }
}

}  // namespace
