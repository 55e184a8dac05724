// Finds lines of lettering in a picture.
#pragma once

#include <filesystem>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "drivers/reader/line.hpp"
#include "gate/core/result.hpp"

namespace reader {

class Detector {
 public:
  /// Reads line-detector.onnx. not_found without the file, corrupt when it is no such net.
  [[nodiscard]] static core::Result<Detector> load(const std::filesystem::path& folder);

  /// Lines of an 8-bit grey picture, looked at with `long_side` pixels along its longer side; lettering whose
  /// capitals are 7 to 50 pixels high at that size is found. In pixels of the picture itself.
  /// Throws cv::Exception only for a bug. Not for two threads at once.
  [[nodiscard]] std::vector<Line> find(const cv::Mat& grey, int long_side);

 private:
  explicit Detector(const cv::dnn::Net& net) : net_(net) {}
  cv::dnn::Net net_;
};

/// Lines out of the net's answer: `maps` holds three planes of rows x cols logits (horizontal line, vertical
/// line, plate), each the inner half of the lines, at a quarter of the size looked at. In cells of the maps.
[[nodiscard]] std::vector<Line> lines_of(const cv::Mat& horizontal, const cv::Mat& vertical,
                                         const cv::Mat& plate);

}  // namespace reader
