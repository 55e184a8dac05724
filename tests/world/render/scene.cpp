#include "tests/world/render/scene.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/backdrop.hpp"
#include "tests/world/render/paint.hpp"
#include "tests/world/render/projection.hpp"
#include "tests/world/render/weather.hpp"

namespace world {
namespace {

constexpr double half_width = 1.22;  // of a container, metres
constexpr double floor_height = 1.2;

struct Part {
  Face face;
  std::function<Panel(float scale)> paint;
};

Panel flat(float scale, double width, double height, const cv::Scalar& colour) {
  return {cv::Mat(std::max(2, static_cast<int>(height * scale)), std::max(2, static_cast<int>(width * scale)),
                  CV_8UC3, colour),
          {}};
}

Panel wheels(float scale, double length, double height) {
  Panel panel = flat(scale, length, height, {38, 38, 40});
  for (double x = 0.6; x < length; x += x < 2.5 ? 1.3 : 3.5)
    cv::circle(panel.paint, cv::Point2d(x * scale, (height - 0.45) * scale), static_cast<int>(0.42 * scale),
               cv::Scalar(18, 18, 18), cv::FILLED);
  return panel;
}

// The walls of the box. A wall so long that it would reach behind the lens is cut where it still lies before
// it.
void add_box(const Scene& scene, const Pinhole& camera, const Fonts& fonts, Dice& dice,
             std::vector<Part>& parts) {
  const double top = floor_height + scene.box_height;
  const auto height = static_cast<float>(scene.box_height);
  const Livery& box = scene.box;
  const cv::Vec3d down(0, 0, -scene.box_height);
  double near_x = 0, far_x = scene.box_length;
  for (const double y : {-half_width, half_width}) {
    while (far_x - near_x > 2.5 && camera.depth({far_x, y, 2}) < 0.6) far_x -= 0.5;
    while (far_x - near_x > 2.5 && camera.depth({near_x, y, 2}) < 0.6) near_x += 0.5;
  }
  const double length = far_x - near_x;
  const auto metres = static_cast<float>(length);
  parts.push_back({{{near_x, half_width, top}, {0, -2 * half_width, 0}, down},
                   [&, height](float s) { return doors(box, s, height, fonts, dice); }});
  parts.push_back({{{far_x, -half_width, top}, {0, 2 * half_width, 0}, down},
                   [&, height](float s) { return front_wall(box, s, height, fonts, dice); }});
  const auto side = [&, metres, height](float s) { return wall(box, s, metres, height, fonts, dice); };
  parts.push_back({{{near_x, -half_width, top}, {length, 0, 0}, down}, side});
  parts.push_back({{{far_x, half_width, top}, {-length, 0, 0}, down}, side});
  if (std::abs(camera.at()[1]) > half_width + 1)
    parts.push_back({{{near_x, half_width, top}, {length, 0, 0}, {0, -2 * half_width, 0}},
                     [&, metres](float s) { return roof(box, s, metres, 2.44F, fonts, dice); }});
  else
    parts.push_back({{{far_x, half_width, top}, {0, -2 * half_width, 0}, {-length, 0, 0}},
                     [&, metres](float s) { return roof(box, s, 2.44F, metres, fonts, dice); }});
}

void add_vehicle(const Scene& scene, const Fonts& fonts, Dice& dice, std::vector<Part>& parts) {
  const double front = scene.box_length + 3.2;
  const cv::Scalar body(dice.whole(20, 220), dice.whole(20, 220), dice.whole(20, 220));
  parts.push_back({{{front, -1.25, 3.6}, {0, 2.5, 0}, {0, 0, -3.2}},
                   [&](float s) { return cab(scene.plate, scene.plate_country, s, fonts, dice); }});
  for (const double y : {-1.25, 1.25}) {
    const double sign = y < 0 ? 1 : -1;
    const double first = y < 0 ? front - 2.4 : front;
    parts.push_back({{{first, y, 3.6}, {sign * 2.4, 0, 0}, {0, 0, -3.0}},
                     [=](float s) { return flat(s, 2.4, 3.0, body * 0.8); }});
    const double tail = y < 0 ? 0 : scene.box_length;
    const double length = scene.box_length;
    parts.push_back({{{tail, y, 1.2}, {sign * length, 0, 0}, {0, 0, -1.15}},
                     [=](float s) { return wheels(s, length, 1.15); }});
  }
  parts.push_back({{{-0.05, 1.25, 1.18}, {0, -2.5, 0}, {0, 0, -0.5}}, [&](float s) {
                     return rear_beam(scene.trailer_plate, scene.trailer_country, s, fonts, dice);
                   }});
}

float scale_for(const Face& face, const Pinhole& camera, bool box_wall) {
  double nearest = 1e9;
  for (const double u : {0.0, 0.5, 1.0})
    for (const double v : {0.0, 0.5, 1.0})
      nearest = std::min(nearest, camera.depth(face.corner + face.right * u + face.down * v));
  const double area = cv::norm(face.right) * cv::norm(face.down);
  const double most = std::sqrt((box_wall ? 4e6 : 2e6) / area);
  return static_cast<float>(std::clamp(camera.pixels_per_metre(std::max(nearest, 0.5)) * 1.2, 30.0, most));
}

}  // namespace

Rendered render(const Scene& scene, const Fonts& fonts) {
  Dice dice(scene.seed);
  const Pinhole camera(scene.camera, scene.size);
  Rendered out;
  out.picture = backdrop(scene, camera, dice);
  std::vector<Part> parts;
  if (scene.loaded) add_box(scene, camera, fonts, dice, parts);
  add_vehicle(scene, fonts, dice, parts);
  std::erase_if(parts, [&](const Part& part) { return !visible(part.face, camera); });
  const auto middle_depth = [&](const Part& part) {
    return cv::norm(part.face.corner + part.face.right * 0.5 + part.face.down * 0.5 - camera.at());
  };
  std::stable_sort(parts.begin(), parts.end(),
                   [&](const Part& a, const Part& b) { return middle_depth(a) > middle_depth(b); });
  for (const Part& part : parts) {
    Panel panel = part.paint(scale_for(part.face, camera, scene.loaded));
    if (scene.muddy > 0) mud(panel.paint, scene.muddy, dice);
    project(panel, part.face, camera, out);
  }
  if (scene.camera.barrel > 0) bend(out, scene.camera.barrel);
  expose(out.picture, scene.weather, dice);
  return out;
}

}  // namespace world
