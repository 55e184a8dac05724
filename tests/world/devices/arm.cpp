#include "tests/world/devices/arm.hpp"

#include <algorithm>

namespace world {

void Arm::stick(bool stuck, core::SteadyTime now) {
  from_ = position(now);
  heading_ = 0;
  stuck_ = stuck;
}

void Arm::head_for(int direction, core::SteadyTime now) {
  if (stuck_) return;
  from_ = position(now);
  since_ = now;
  heading_ = direction;
}

core::Milliseconds Arm::position(core::SteadyTime now) const {
  return std::clamp(from_ + heading_ * (now - since_), core::Milliseconds{0}, travel_);
}

}  // namespace world
