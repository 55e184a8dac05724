// Knows what a fixed camera always shows, and misses it.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "drivers/reader/quality.hpp"
#include "gate/core/moment.hpp"

namespace reader {

/// A gate's camera never moves: posts, kerbs and cables stand where they always stood, whatever truck is
/// before them. Where next to none of them are left though there is something to see, the camera was turned,
/// or a picture or a screen is held before it. Brighter or darker light, noise and a mast that sways by some
/// pixels are no matter. Nothing is said of a view without such places (a camera that is steered, a wall of
/// trucks), of one in which they are flat (night, fog, a plain board), of pictures less than 480 pixels wide,
/// nor of a view that was not looked at often enough yet; what was learnt is lost with a restart, and when
/// the camera's pictures change their shape.
class Surroundings {
 public:
  /// Pictures to learn a view from, and strange ones in a row after which it is learnt anew: by then people
  /// have looked at each of those trucks.
  static constexpr int lessons = 32;
  /// A picture that follows sooner shows the same truck, and teaches nothing.
  static constexpr core::Milliseconds apart{5000};

  /// Judges this 8-bit grey picture, and learns from it unless it is strange. Thread-safe. A few
  /// milliseconds.
  [[nodiscard]] std::optional<PictureFault> missed(const std::string& camera, const cv::Mat& grey,
                                                   core::SteadyTime captured);

 private:
  struct Spot {
    cv::Point at;       // of the patch's upper left corner, in the reduced picture
    cv::Mat patch;      // how it looks
    double looked = 0;  // how often that was compared, and
    double alike = 0;   // how often it looked so; both fade, so that the latest day counts most
  };
  struct Scenery {
    cv::Size size;  // of the reduced picture
    std::vector<Spot> spots;
    int strange = 0;                         // trucks in a row
    std::optional<core::SteadyTime> latest;  // truck
  };
  enum class Looks { alike, other, flat };
  static Looks compare(const Spot& spot, const cv::Mat& reduced);
  static Scenery first_seen(const cv::Mat& reduced);
  static void learn(Scenery& scenery, const cv::Mat& reduced, const std::vector<Looks>& looks);

  std::mutex guard_;
  std::map<std::string, Scenery> sceneries_;  // by camera; guarded by guard_
};

}  // namespace reader
