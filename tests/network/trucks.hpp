// Trucks by number, each with an appointment to fetch a box of its own, all with one driver.
#pragma once

#include <functional>
#include <string>

#include "gate/core/reads.hpp"
#include "tests/world/day.hpp"

namespace network {

inline constexpr const char* badge = "k1:driver";

[[nodiscard]] std::string box_of(int truck);
[[nodiscard]] std::string plate_of(int truck);
[[nodiscard]] std::string right_of(int truck);
/// What the platform holds of trucks 1 to `trucks`.
[[nodiscard]] world::Records records_of(int trucks, core::WallTime now);
/// The same, each truck with a driver of its own, of whom the badge reader makes `person(truck)`.
[[nodiscard]] world::Records records_of(int trucks, core::WallTime now,
                                        const std::function<std::string(int truck)>& person);
/// What the cameras read of it.
[[nodiscard]] core::Sighting sighting_of(int truck);

}  // namespace network
