// Reads the letters of a line: cuts its strip out of the picture and asks the line recogniser.
#pragma once

#include <filesystem>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "drivers/reader/columns.hpp"
#include "drivers/reader/line.hpp"
#include "gate/core/result.hpp"

namespace reader {

/// How a strip is cut, relative to the line found: a detector's rectangle is never exact, so a line is cut
/// in several ways. Margins in line heights on each side; `stretch` widens the strip.
struct Cut {
  float margin = 0.25F;
  float ends = 0.35F;
  float stretch = 1;
  bool upright = false;  // letters of a line that falls stand upright in the picture, not on the line
};

/// The upright strip of a line, 32 pixels high, 8-bit grey; a vertical line is turned so that it reads from
/// left to right.
[[nodiscard]] cv::Mat strip_of(const cv::Mat& grey, const Line& line, const Cut& cut);

class LineReader {
 public:
  /// Reads line-recogniser.onnx. not_found without the file, corrupt when it is no such net.
  [[nodiscard]] static core::Result<LineReader> load(const std::filesystem::path& folder);

  /// An 8-bit grey picture. Not for two threads at once.
  [[nodiscard]] Columns read(const cv::Mat& grey, const Line& line, const Cut& cut);

 private:
  explicit LineReader(const cv::dnn::Net& net) : net_(net) {}
  cv::dnn::Net net_;
};

}  // namespace reader
