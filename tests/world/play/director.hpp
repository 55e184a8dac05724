// Plays the days: one step after the other, in real time, with everything the world has.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "tests/world/day.hpp"
#include "tests/world/platform/platform.hpp"
#include "tests/world/play/motions.hpp"
#include "tests/world/play/oracle.hpp"
#include "tests/world/play/site.hpp"

namespace world {

struct World {
  Site& site;
  Platform& platform;
  ApiClient& api;
  Motions& motions;
  Platform::Now now;
  BadgeHash hash;
  bool judged = true;  // false: the verdicts follow from photographs that the script does not know
};

/// One thread. Prints every passage as it ends.
class Director {
 public:
  Director(World world, const Day& day, std::stop_token stop)
      : world_(std::move(world)), day_(&day), stop_(std::move(stop)) {}

  /// One round of the day. True: everything was as the script says. Says in words what was not.
  [[nodiscard]] bool play(int round);

 private:
  void begin();
  void perform(const Truck& truck);
  void update(const Update& update);
  void come_back(const ComeBack& back);
  void wait(core::Milliseconds time) const;
  [[nodiscard]] bool caught_up();
  [[nodiscard]] bool until(core::Milliseconds patience, const std::function<bool()>& ready) const;
  [[nodiscard]] bool judge();
  void complain(const std::string& what);
  void complain(const std::string& now, const std::string& later);

  World world_;
  const Day* day_;
  std::stop_token stop_;
  int round_ = 1;
  core::WallTime start_{};
  bool cut_off_ = false;
  std::vector<Performance> performances_;
  std::vector<std::string> complaints_;
  std::size_t events_before_ = 0;  // of earlier rounds
};

}  // namespace world
