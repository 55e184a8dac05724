// `gatectl read`: what the recogniser sees in picture files.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "gate/core/framing.hpp"

namespace reader {

struct ReadOptions {
  std::vector<std::string> files;
  bool together = false;          // the files are views of one truck
  std::filesystem::path overlay;  // a PNG to draw what was read into; empty: none
  std::filesystem::path models;   // folder of the nets
  core::Region region{};          // of every picture; only that is read
};

/// Prints one JSON line a file, or one for all of them with `together`, likeliest first:
///   {"file", "containers": [{"code", "sizeType", "confidence", "sure", "doubt", "alternatives",
///   "checkDigit", "orientation", "box"}],
///    "plates": [{"plate", "country", "confidence", "sure", "doubt", "alternatives", "box"}], "faults":
///    [{"kind", "what"}], "milliseconds": {"total"}}
/// With `together` "file" is the first one and "files" lists all, and each fault names its "file". `box` is
/// {"x", "y", "width", "height"}. A picture with a fault (covered, defocused, under_exposed, over_exposed) is
/// read here all the same; a lane leaves it out.
/// The overlay shows every picture with what was read in it alone.
/// A file that cannot be read prints {"file", "error"} to `err`, as does an overlay that cannot be written;
/// the others are done nevertheless. Returns 0, or 1 where there was such a complaint.
int read_command(const ReadOptions& options, std::ostream& out, std::ostream& err);

}  // namespace reader
