// One turn of the table: what guards look at and actions change.
#pragma once

#include "gate/core/advance.hpp"

namespace core::lane_table {

struct Turn {
  Passage& passage;
  std::vector<Effect>& effects;
  const Event& event;
  const Moment& now;

  /// The event itself; the cue says which kind it is.
  template <class Kind>
  [[nodiscard]] const Kind& as() const {
    return std::get<Kind>(event);
  }
  [[nodiscard]] const OperatorDecision& decision() const { return as<OperatorDecides>().decision; }

  template <class Kind>
  void emit(Kind effect) const {
    effects.push_back(Effect{std::move(effect)});
  }
  void start(Timer timer, Milliseconds after) const { emit(StartTimer{timer, after}); }
  void stop(Timer timer) const { emit(StopTimer{timer}); }
  void note(std::string text) const { emit(Note{std::move(text)}); }
};

}  // namespace core::lane_table
