// Reads drawn into their pictures, for people.
#pragma once

#include <filesystem>
#include <vector>

#include <opencv2/core.hpp>

#include "gate/core/framing.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"

namespace reader {

struct Seen {
  cv::Mat picture;  // 8-bit grey
  core::Sighting sighting;
  core::Region region{};  // what was read of it
};

/// The pictures below each other, each read with its box, its text and its confidence: green where it is
/// sure, amber where it is not. What was not read is darker.
[[nodiscard]] cv::Mat overlay(const std::vector<Seen>& pictures);

/// As PNG. Fault::broken: it cannot be written.
[[nodiscard]] core::Result<void> write_overlay(const std::vector<Seen>& pictures,
                                               const std::filesystem::path& file);

}  // namespace reader
