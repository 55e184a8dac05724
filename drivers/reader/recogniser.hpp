// Reads container codes and plates in pictures of one truck.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "drivers/reader/look.hpp"
#include "drivers/reader/nets.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"
#include "gate/ports/eyes.hpp"

namespace reader {

/// What pictures show, and the lines that it was made of: a view a picture, numbered in their order.
struct Looked {
  core::Sighting sighting;
  std::vector<View> views;
};

/// May be asked by any number of threads at once.
class Recogniser {
 public:
  /// `folder` holds line-detector.onnx and line-recogniser.onnx. not_found or corrupt, naming the file.
  /// `threads` (1..16): so many pictures may be looked at at the same time, by one read or by several, and
  /// so many threads may look at one; each takes about 40 MB. It settles the process too: OpenCV may use
  /// as many threads as any recogniser in it, though no more than there are cores, and up to 256 MiB of
  /// freed memory are kept for the next picture.
  [[nodiscard]] static core::Result<Recogniser> load(const std::filesystem::path& folder, int threads = 1);

  /// All that the pictures (views of one truck) show together within their regions; boxes are in pixels of
  /// the whole pictures. Empty pictures show nothing. Fault::broken when the nets fail on them.
  /// `milliseconds` is left to the caller, who owns the clock.
  [[nodiscard]] core::Result<core::Sighting> read(std::span<const Shot> shots);

  /// The same as `read`, with the lines.
  [[nodiscard]] core::Result<Looked> look(std::span<const Shot> shots);

 private:
  explicit Recogniser(std::unique_ptr<NetShelf> nets) : nets_(std::move(nets)) {}
  void at_once(std::size_t count, const std::function<void(std::size_t, Nets&)>& look);

  std::unique_ptr<NetShelf> nets_;
};

}  // namespace reader
