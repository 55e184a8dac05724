// What the cameras of every lane see: the truck that stands there, or the empty lane.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/world/day.hpp"

namespace world {

/// Every call is thread-safe. Views are rendered once a truck and camera, on the thread that asks. As with
/// any camera no two pictures are equal: each has noise of its own.
class Scenery {
 public:
  /// With a folder: its photographs (.jpg, .jpeg, .png), one after the other in the order of their names,
  /// in place of rendered trucks. Throws std::runtime_error where it holds none.
  explicit Scenery(const std::optional<std::filesystem::path>& photographs = std::nullopt);

  void arrives(const std::string& lane, const Truck& truck);
  void leaves(const std::string& lane);

  /// The encoded picture; the view follows from the camera's name: front, rear, side or roof.
  [[nodiscard]] std::string picture(const std::string& lane, const std::string& camera);

 private:
  std::string seen(const std::string& lane, const std::string& camera);
  std::string taken_of(const Truck& truck, const std::string& camera);

  std::mutex mutex_;
  std::map<std::string, Truck> standing_;
  std::map<std::pair<std::string, std::string>, std::string> taken_;
  std::vector<std::filesystem::path> photographs_;
  std::size_t next_ = 0;
  std::uint64_t moments_ = 0;
  std::string empty_lane_;
};

}  // namespace world
