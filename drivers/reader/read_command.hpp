// `gatectl read`: what the recogniser sees in picture files.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace reader {

/// Prints one JSON line a file, or one for all of them with `together` (views of one truck), likeliest first:
///   {"file", "containers": [{"code", "sizeType", "confidence", "sure", "checkDigit", "orientation", "box"}],
///    "plates": [{"plate", "country", "confidence", "sure", "box"}], "milliseconds": {"total"}}
/// With `together` "file" is the first one and "files" lists all. `box` is {"x", "y", "width", "height"}.
/// A file that cannot be read prints {"file", "error"} to `err`; the others are done nevertheless.
/// Returns 0, or 1 when a file or the models could not be read.
int read_command(const std::vector<std::string>& files, bool together, const std::filesystem::path& models,
                 std::ostream& out, std::ostream& err);

}  // namespace reader
