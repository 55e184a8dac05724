// Reads container codes and plates in pictures of one truck.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "drivers/reader/detector.hpp"
#include "drivers/reader/line_reader.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"

namespace reader {

/// One per thread: the nets inside are not shared.
class Recogniser {
 public:
  /// `folder` holds line-detector.onnx and line-recogniser.onnx. not_found or corrupt, naming the file.
  [[nodiscard]] static core::Result<Recogniser> load(const std::filesystem::path& folder);

  /// All that the pictures (8-bit grey, views of one truck) show together. Empty pictures show nothing.
  /// Fault::broken when the nets fail on them. `milliseconds` is left to the caller, who owns the clock.
  [[nodiscard]] core::Result<core::Sighting> read(std::span<const cv::Mat> views);

  /// The same for encoded pictures. Those that are none are left out; corrupt, with the first one's
  /// complaint, when none of them is a picture.
  [[nodiscard]] core::Result<core::Sighting> read(std::span<const std::string_view> encoded);

 private:
  Recogniser(Detector detector, LineReader reader)
      : detector_(std::move(detector)), reader_(std::move(reader)) {}
  Detector detector_;
  LineReader reader_;
};

}  // namespace reader
