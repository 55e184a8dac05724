// A picture of a truck with its ground truth.
#pragma once

#include <cstdint>

#include "tests/world/render/faces.hpp"

namespace world {

enum class Sky { day, night, rain, low_sun, infrared };

/// What happens between the truck and the file. Sizes are pixels of the picture.
struct Weather {
  Sky sky = Sky::day;
  double gain = 1;          // exposure, 1 as painted
  double blur = 0;          // sigma of the lens
  double motion = 0;        // length of the smear
  double motion_angle = 0;  // degrees
  double noise = 2;         // deviation, grey levels
  double glare = 0;         // 0..1
  double shadow = 0;        // 0..1, how dark a shadow falls across
  int jpeg = 88;            // quality
};

/// A camera: where it stands and looks (metres; x along the truck towards its front, y to its left,
/// z up; the container's rear end at x = 0, mid at y = 0, its floor at z = 1.2), and how narrow it sees.
struct Camera {
  cv::Vec3d at{-6, 0, 2.5};
  cv::Vec3d looks_at{0, 0, 2.4};
  double focal = 1.2;  // in picture widths
  double roll = 0;     // radians
  double barrel = 0;   // how far a wide lens bends straight lines outwards: 0 not at all, 0.3 plainly
};

struct Scene {
  cv::Size size{1280, 720};
  Camera camera;
  Weather weather;
  Livery box;                // the container; no code and an empty paint list for an empty chassis
  bool loaded = true;        // false: an empty chassis
  double box_length = 6.06;  // metres
  double box_height = 2.59;  // metres
  std::string plate, plate_country, trailer_plate, trailer_country;
  double muddy = 0;  // splashes over everything, 0..1
  std::uint64_t seed = 1;
};

struct Rendered {
  cv::Mat picture;          // BGR
  std::vector<Mark> marks;  // in pixels of the picture; only those whole inside it
};

[[nodiscard]] Rendered render(const Scene& scene, const Fonts& fonts);

/// A scene such as no gate would show twice: any view, any light, for training and measuring.
[[nodiscard]] Scene wild_scene(const Fonts& fonts, Dice& dice);

/// A small picture of one lettered patch: a code, a plate, other words. Much cheaper than a scene,
/// and what a line recogniser mostly learns from.
[[nodiscard]] Rendered render_patch(const Fonts& fonts, Dice& dice);

}  // namespace world
