// One lane on the bench: events go in, effects come out, nothing else moves.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gate/core/advance.hpp"

namespace core {
void PrintTo(State state, std::ostream* out);
void PrintTo(Ending ending, std::ostream* out);
}  // namespace core

namespace bench {

using namespace core;

inline const std::string right_id = "R-1";
inline const std::string box = "CSQU3054383";
inline const std::string other_box = "MSKU9070323";

/// Everything free, the arm down.
[[nodiscard]] Signals quiet_signals();

/// A verdict on one import pick-up of `box` under `right_id`; settled once the pictures are read.
[[nodiscard]] Opinion opinion(Decision decision, std::vector<Reason> reasons = {});

class Bench {
 public:
  explicit Bench(Direction direction = Direction::entry);

  Passage passage;
  Signals signals = quiet_signals();
  Moment now;
  std::vector<Effect> effects;  // of the last event
  std::vector<Effect> all;      // since the start
  Opinion next_opinion = opinion(Decision::grant);
  bool unreadable = false;  // the records: a look-up fails

  void tell(const Event& event);
  /// The contacts as they are in `signals`.
  void contacts();
  void lose_contacts();  // nothing is known of any
  void set(Level Signals::*contact, Level level);
  void wait(Milliseconds span);
  void fire(Timer timer) { tell(TimerFired{timer}); }

  // The usual way of things, step by step.
  void arrive();    // gathering; verified once without pictures
  void pictures();  // read; verified: recording
  void recorded();  // the journal took it
  void record_fails(bool refused);
  void grant();          // arrive .. opening
  void arm_up();         // open
  void drive_under();    // passing
  void drive_through();  // closing
  void arm_down();       // idle, or the next one
  void back_out();
  void badge(const std::string& hash);
  void decide(OperatorAction action, const std::string& by);
  void correct(const std::string& by, const std::string& container, const std::string& replaces = {});

  [[nodiscard]] State state() const { return passage.state; }
  /// The latest effect of this kind of the last event; null: none.
  template <class Kind>
  [[nodiscard]] const Kind* last() const {
    return find<Kind>(effects);
  }
  template <class Kind>
  [[nodiscard]] const Kind* ever() const {
    return find<Kind>(all);
  }
  template <class Kind>
  [[nodiscard]] int count() const {
    int number = 0;
    for (const Effect& effect : all) number += std::holds_alternative<Kind>(effect) ? 1 : 0;
    return number;
  }
  [[nodiscard]] bool shows(Lamp lamp) const { return last<Show>() && last<Show>()->lamp == lamp; }
  [[nodiscard]] bool starts(Timer timer) const;
  [[nodiscard]] bool noted() const { return last<Note>() != nullptr; }
  /// An alarm with these words in it was reported, ever.
  [[nodiscard]] bool alarmed(const std::string& words) const;
  [[nodiscard]] bool reported(EventKind kind) const;
  /// The operator's answer was a refusal.
  [[nodiscard]] bool declined() const { return last<Answer>() && !last<Answer>()->answer; }
  [[nodiscard]] bool answered(DecisionAnswer answer) const {
    return last<Answer>() && last<Answer>()->answer == answer;
  }
  /// The state of the one claim as it was last written.
  [[nodiscard]] std::optional<ClaimState> claim() const;
  [[nodiscard]] std::optional<VisitState> visit() const;
  /// The latest passage record written.
  [[nodiscard]] PassageRecord record() const;

 private:
  template <class Kind>
  static const Kind* find(const std::vector<Effect>& list) {
    for (auto each = list.rbegin(); each != list.rend(); ++each) {
      if (const auto* found = std::get_if<Kind>(&*each)) return found;
    }
    return nullptr;
  }

  int ids_ = 0;
};

}  // namespace bench
