// Reads container codes and plates in pictures of one truck.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "drivers/reader/detector.hpp"
#include "drivers/reader/line_reader.hpp"
#include "drivers/reader/look.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/eyes.hpp"

namespace reader {

/// What pictures show, and the lines that it was made of: a view a picture, numbered in their order.
struct Looked {
  core::Sighting sighting;
  std::vector<View> views;
};

/// One per thread: the nets inside are not shared.
class Recogniser {
 public:
  /// `folder` holds line-detector.onnx and line-recogniser.onnx. not_found or corrupt, naming the file.
  /// The first time it settles the process too: OpenCV works on the calling thread alone, so that there are
  /// no more threads than recognisers, and up to 256 MiB of freed memory are kept for the next picture.
  [[nodiscard]] static core::Result<Recogniser> load(const std::filesystem::path& folder);

  /// All that the pictures (views of one truck) show together within their regions; boxes are in pixels of
  /// the whole pictures. Empty pictures show nothing. Fault::broken when the nets fail on them.
  /// `milliseconds` is left to the caller, who owns the clock.
  [[nodiscard]] core::Result<core::Sighting> read(std::span<const Shot> shots);

  /// The same as `read`, with the lines.
  [[nodiscard]] core::Result<Looked> look(std::span<const Shot> shots);

 private:
  Recogniser(Detector detector, LineReader reader)
      : detector_(std::move(detector)), reader_(std::move(reader)) {}
  Detector detector_;
  LineReader reader_;
};

}  // namespace reader
