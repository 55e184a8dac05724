// What of a camera's picture is read, and how high a code's letters can be in it.
#pragma once

#include <optional>
#include <string>

namespace core {

/// A part of a picture, in shares of its width and height from the left top corner; the whole by default.
/// Shares, and not pixels: the same part of the view whatever resolution the camera is set to.
struct Region {
  double x = 0;
  double y = 0;
  double width = 1;
  double height = 1;

  friend bool operator==(const Region&, const Region&) = default;
};

inline constexpr double least_region = 0.05;  // width and height; less is a slip of the pen

/// What is wrong with it and what is allowed; nullopt where it is a part of a picture.
[[nodiscard]] std::optional<std::string> wrong_region(const Region& region);

/// Heights that the capitals of a container's code can have at one camera, in pixels of the whole picture.
struct Capitals {
  int smallest = 0;
  int largest = 0;

  friend bool operator==(const Capitals&, const Capitals&) = default;
};

/// How one camera's pictures are looked at. Without `capitals` any height is plausible.
struct Framing {
  Region region{};
  std::optional<Capitals> capitals{};
};

}  // namespace core
