#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/scene.hpp"
#include "tests/world/render/weather.hpp"

namespace world {
namespace {

Camera behind(Dice& dice) {
  Camera camera;
  camera.at = {dice.real(-9, -2.2), dice.real(-3, 3), dice.real(1.2, 4.5)};
  camera.looks_at = {0, dice.real(-1.2, 0.5), dice.real(1.4, 3.6)};
  camera.focal = dice.real(0.8, 1.8);
  return camera;
}

Camera before(double length, Dice& dice) {
  Camera camera;
  camera.at = {length + 3.2 + dice.real(2.2, 9), dice.real(-3, 3), dice.real(1, 3.5)};
  camera.looks_at = {length + 3.2, dice.real(-0.8, 0.8), dice.real(0.7, 1.8)};
  camera.focal = dice.real(0.8, 1.9);
  return camera;
}

Camera beside(double length, Dice& dice) {
  Camera camera;
  const bool left = dice.chance(0.5);
  const double along = left ? dice.real(0, 2.5) : length - dice.real(0, 2.5);
  camera.at = {along + dice.real(-2.5, 2.5), (left ? 1 : -1) * dice.real(3, 7.5), dice.real(1.2, 4.8)};
  camera.looks_at = {along, 0, dice.real(1.8, 3.4)};
  camera.focal = dice.real(0.8, 1.6);
  return camera;
}

// A portal's camera: close to the wall, so it must see wide.
Camera close_by(double length, Dice& dice) {
  Camera camera;
  const bool left = dice.chance(0.5);
  const double along = left ? dice.real(0.2, 1.8) : length - dice.real(0.2, 1.8);
  camera.at = {along + dice.real(-1.2, 1.2), (left ? 1 : -1) * dice.real(2.6, 4.6), dice.real(2, 4.2)};
  camera.looks_at = {along, 0, dice.real(2.2, 3.2)};
  camera.focal = dice.real(0.5, 0.95);
  return camera;
}

Camera above(Dice& dice) {
  Camera camera;
  camera.at = {dice.real(-4, -1.5), dice.real(-1.2, 1.2), dice.real(5, 8)};
  camera.looks_at = {dice.real(-0.3, 1.5), dice.real(-0.8, 0.5), dice.real(2.8, 3.8)};
  camera.focal = dice.real(0.8, 1.5);
  return camera;
}

// The tractor taken away, a front wall shows: boxes are photographed in yards too.
Camera at_front_wall(double length, Dice& dice) {
  Camera camera;
  camera.at = {length + 3.2 + dice.real(0.3, 4), dice.real(-2.5, 2.5), dice.real(3.9, 5.5)};
  camera.looks_at = {length, dice.real(-0.5, 0.8), dice.real(2.5, 3.6)};
  camera.focal = dice.real(0.9, 1.7);
  return camera;
}

}  // namespace

Scene wild_scene(const Fonts& fonts, Dice& dice) {
  static const std::vector<cv::Size> sizes = {{1280, 720}, {960, 540}, {1024, 768}, {800, 600},
                                              {640, 480},  {480, 640}, {720, 960}};
  Scene scene;
  scene.size = dice.pick(sizes);
  scene.box = livery(fonts, dice);
  scene.box.plain = dice.chance(0.2);
  scene.loaded = dice.chance(0.93);
  scene.box_length = dice.chance(0.6) ? 6.06 : 12.19;
  scene.box_height = dice.chance(0.5) ? 2.59 : 2.9;
  const double roll = dice.real(0, 1);
  scene.camera = roll < 0.28   ? behind(dice)
                 : roll < 0.44 ? before(scene.box_length, dice)
                 : roll < 0.64 ? beside(scene.box_length, dice)
                 : roll < 0.84 ? close_by(scene.box_length, dice)
                 : roll < 0.92 ? above(dice)
                               : at_front_wall(scene.box_length, dice);
  scene.camera.roll = dice.chance(0.5) ? 0 : dice.real(-0.09, 0.09);
  if (dice.chance(0.45)) scene.camera.barrel = dice.real(0.02, 0.3);
  scene.weather = wild_weather(dice, scene.size.width / 1280.0);
  const PlateText tractor = plate_text(dice);
  const PlateText trailer = plate_text(dice);
  scene.plate = tractor.written;
  scene.plate_country = tractor.country;
  scene.trailer_plate = trailer.written;
  scene.trailer_country = trailer.country;
  if (dice.chance(0.1)) scene.muddy = dice.real(0, 0.25);
  scene.seed = dice.seed();
  return scene;
}

}  // namespace world
