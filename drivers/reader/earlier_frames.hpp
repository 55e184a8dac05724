// Knows a frame again that a camera has given before.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "drivers/reader/quality.hpp"
#include "gate/core/moment.hpp"

namespace reader {

/// No sensor gives the same frame twice: what comes back to the last grain is a camera that stands still, or
/// a picture that is played back. A frame is known by many small places of it, most of which must be equal,
/// so that another time printed into it hides nothing; one that was saved anew at another JPEG quality is
/// known too. Two pictures of a truck that stands still differ by the sensor's noise. A picture that was
/// scaled, shifted or re-lit is not known again, nor one in which next to nothing can be seen.
class EarlierFrames {
 public:
  /// A frame that comes again sooner is one that several asked for, or that was asked about twice.
  static constexpr core::Milliseconds apart{5000};
  /// Frames kept of a camera.
  static constexpr std::size_t most = 256;

  /// Says where this 8-bit grey picture was given before, and remembers it else. Thread-safe. About a
  /// millisecond; some ten more where an earlier picture is nearly the same.
  [[nodiscard]] std::optional<PictureFault> again(const std::string& camera, const cv::Mat& grey,
                                                  core::SteadyTime captured);

 private:
  struct Frame {
    cv::Size size;
    cv::Mat places;  // side by side, each whole JPEG blocks of the picture
    core::SteadyTime captured;
  };
  std::vector<Frame> closest(const std::string& camera, const cv::Mat& grey, const cv::Mat& now,
                             const std::vector<int>& which);

  void keep(const std::string& camera, const Frame& frame);  // as the latest

  std::mutex guard_;
  std::map<std::string, std::deque<Frame>> frames_;  // by camera, the latest known last; guarded by guard_
};

}  // namespace reader
