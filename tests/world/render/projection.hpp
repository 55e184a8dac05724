// A pinhole camera, and flat panels seen through it.
#pragma once

#include <optional>

#include "tests/world/render/scene.hpp"

namespace world {

class Pinhole {
 public:
  Pinhole(const Camera& camera, cv::Size picture);

  /// Pixel of a point in metres; nullopt when it lies behind the lens or nearly so.
  [[nodiscard]] std::optional<cv::Point2f> project(const cv::Vec3d& point) const;
  /// Distance from the lens along its axis, metres.
  [[nodiscard]] double depth(const cv::Vec3d& point) const;
  [[nodiscard]] double pixels_per_metre(double depth_in_metres) const { return focal_ / depth_in_metres; }
  [[nodiscard]] const cv::Vec3d& at() const { return at_; }

 private:
  cv::Vec3d at_, right_, down_, forward_;
  double focal_;
  cv::Point2d middle_;
};

/// A rectangle in the world: its left top corner as one sees it, and its edges in metres.
struct Face {
  cv::Vec3d corner, right, down;
};

/// Its middle is turned to the camera and all of it lies before the lens.
bool visible(const Face& face, const Pinhole& camera);

/// Paints the panel into the picture and adds its marks that fall inside the picture.
void project(const Panel& panel, const Face& face, const Pinhole& camera, Rendered& into);

/// What a lens that bends outwards makes of the picture and its marks: the middle and the corners stay.
void bend(Rendered& rendered, double barrel);

}  // namespace world
