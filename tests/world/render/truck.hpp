// A truck as one of the gate's cameras would see it: what the simulated cameras serve.
#pragma once

#include <cstdint>
#include <string>

namespace world {

/// Where the camera hangs. `front` shows the tractor's plate, `rear` the container's doors and the
/// trailer's plate, `side` the container's long wall, `roof` its top from a portal.
enum class View { front, rear, side, roof };

/// `unreadable` is a picture of a truck on which no code and no plate can be read, by nobody.
enum class Condition { clean, dirty, night, blurred, rain, unreadable };

struct TruckLook {
  std::string plate;          // tractor, as it is written: "1-ABC-123"; empty: none mounted
  std::string country;        // of both plates: "BE", "NL", ...; empty: a plain white plate
  std::string trailer_plate;  // the same for the trailer
  std::string container;      // 11 characters; empty: an empty chassis
  std::string size_type;      // "22G1"; empty: none painted
  View view = View::rear;
  Condition condition = Condition::clean;
  std::uint64_t seed = 1;  // colours, camera position, lettering, dirt: all follow from it
};

/// A view of one of a seed's readable trucks, whose conditions come round; all else is drawn.
[[nodiscard]] TruckLook any_truck(std::uint64_t seed, std::int64_t number, View view);

/// The JPEG file (1280 x 720) that a camera would give. Equal looks give equal bytes on one machine.
/// Throws std::runtime_error when no usable font is installed (fonts-liberation, fonts-dejavu-core).
[[nodiscard]] std::string truck_jpeg(const TruckLook& look);

/// The same view a moment later, as JPEG: only the sensor's noise is another, and follows from `moment`.
/// Bytes that are no picture come back as they are.
[[nodiscard]] std::string a_moment_later(const std::string& encoded, std::uint64_t moment);

}  // namespace world
