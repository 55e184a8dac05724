// A barrier's arm: where it stands follows from what it was told and how long ago.
#pragma once

#include "gate/core/moment.hpp"

namespace world {

/// Starts closed. Not thread-safe; every call names the present time.
class Arm {
 public:
  explicit Arm(core::Milliseconds travel) : travel_(travel) {}

  void open(core::SteadyTime now) { head_for(1, now); }
  void close(core::SteadyTime now) { head_for(-1, now); }

  /// Stands where it is and moves no more until freed.
  void stick(bool stuck, core::SteadyTime now);

  [[nodiscard]] bool at_open_limit(core::SteadyTime now) const { return position(now) == travel_; }
  [[nodiscard]] bool at_closed_limit(core::SteadyTime now) const { return position(now).count() == 0; }

 private:
  void head_for(int direction, core::SteadyTime now);
  [[nodiscard]] core::Milliseconds position(core::SteadyTime now) const;  // 0 closed .. travel_ open

  core::Milliseconds travel_;
  core::Milliseconds from_{0};
  core::SteadyTime since_{};
  int heading_ = 0;  // +1 opening, -1 closing, 0 standing
  bool stuck_ = false;
};

}  // namespace world
