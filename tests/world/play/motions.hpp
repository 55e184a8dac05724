// How a truck moves over the loops of a lane, and what its driver does at the post.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "tests/world/play/api_client.hpp"
#include "tests/world/play/oracle.hpp"
#include "tests/world/play/scenery.hpp"
#include "tests/world/play/site.hpp"

namespace world {

/// Drives one truck over one lane, from the presence loop until the lane is clear again, in real time.
/// What the driver sees are the lamp and the display; what the operators see is the API.
class Motions {
 public:
  Motions(Scenery& scenery, ApiClient& api, std::stop_token stop)
      : scenery_(&scenery), api_(&api), stop_(std::move(stop)) {}

  [[nodiscard]] Performance drive(const Truck& truck, SiteLane& lane, int round);

 private:
  enum class Way { on, back, nowhere };

  void arrive(const Truck& truck, SiteLane& lane, int round);
  Way wait_for_an_answer(const Truck& truck, SiteLane& lane, Performance& performance, std::string& passage);
  void call_operators(const std::vector<OperatorCall>& calls, SiteLane& lane, Performance& performance);
  bool correct_reading(const Truck& truck, const ports::LaneView& view, SiteLane& lane,
                       Performance& performance);
  void wait_until_the_grant_dies(SiteLane& lane);
  void pass(SiteLane& lane);
  void back_out(SiteLane& lane);
  void settle(const SiteLane& lane, const std::string& passage, Performance& performance);

  void pause(core::Milliseconds time) const;
  [[nodiscard]] bool until(core::Milliseconds patience, const std::function<bool()>& ready) const;

  Scenery* scenery_;
  ApiClient* api_;
  std::stop_token stop_;
};

}  // namespace world
