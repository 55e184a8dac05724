#include "tests/world/render/truck.hpp"

#include <opencv2/imgcodecs.hpp>

#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/scene.hpp"

namespace world {
namespace {

// A container as a demonstration shows it: any colour, even lettering, little neglect.
Livery demo_livery(const TruckLook& look, const Fonts& fonts, Dice& dice) {
  Livery box = livery(fonts, dice);
  box.code = look.container;
  box.size_type = look.size_type;
  box.stretch = static_cast<float>(dice.real(0.85, 1.0));
  box.tracking = static_cast<float>(dice.real(0.08, 0.18));
  box.weight = 0;
  box.boxed = 1;
  box.wear = look.condition == Condition::dirty ? dice.real(0.1, 0.3) : 0;
  box.neglect = look.condition == Condition::dirty ? dice.real(0.4, 0.8) : 0.08;
  box.plain = true;
  static const std::vector<cv::Scalar> paints = {
      {45, 40, 120}, {120, 70, 30}, {70, 95, 35}, {60, 60, 60}, {30, 60, 150}};
  box.paint = dice.pick(paints) * dice.real(0.85, 1.1);
  box.ink = {235, 238, 238};
  return box;
}

// `taller` is how far the box stands above 2.59 m: the code hangs from its upper edge.
Camera camera_of(View view, double length, double taller, Dice& dice) {
  Camera camera;
  const auto near = [&](double value, double room) { return value + dice.real(-room, room); };
  switch (view) {
    case View::front:
      camera.at = {length + 3.2 + near(3.6, 0.2), near(1.0, 0.25), near(1.7, 0.15)};
      camera.looks_at = {length + 3.2, near(0, 0.1), near(1.1, 0.1)};
      camera.focal = 1.15;
      break;
    case View::rear:
      camera.at = {near(-6.2, 0.25), near(-0.9, 0.3), near(2.7, 0.2)};
      camera.looks_at = {0, near(-0.25, 0.1), near(2.4 + taller / 2, 0.06)};
      camera.focal = 1.0;
      break;
    case View::side:
      camera.at = {length - near(1.2, 0.2), near(-5.2, 0.25), near(2.9, 0.2)};
      camera.looks_at = {length - near(1.4, 0.2), 0, near(2.85 + taller, 0.1)};
      camera.focal = 1.1;
      break;
    case View::roof:
      camera.at = {near(-2.6, 0.2), near(-0.3, 0.2), near(6.3 + taller, 0.2)};
      camera.looks_at = {near(0.6, 0.1), near(-0.1, 0.1), 3.4 + taller};
      camera.focal = 1.1;
      break;
  }
  return camera;
}

Weather weather_of(Condition condition, Dice& dice) {
  Weather weather;
  weather.gain = dice.real(0.85, 1.1);
  weather.blur = 0.5;
  weather.jpeg = 88;
  if (condition == Condition::night) {
    weather.sky = Sky::night;
    weather.gain = dice.real(0.35, 0.5);
    weather.noise = 5;
  }
  if (condition == Condition::blurred) weather.motion = dice.real(4, 6);
  if (condition == Condition::rain) {
    weather.sky = Sky::rain;
    weather.gain = dice.real(0.55, 0.8);
    weather.noise = 4;
    weather.glare = dice.real(0, 0.3);
  }
  if (condition == Condition::unreadable) {
    weather.sky = Sky::rain;
    weather.gain = dice.real(0.2, 0.35);
    weather.blur = dice.real(13, 16);
    weather.motion = dice.real(28, 40);
    weather.motion_angle = dice.real(0, 180);
    weather.noise = 6;
  }
  return weather;
}

Scene scene_of(const TruckLook& look, const Fonts& fonts, Dice& dice) {
  Scene scene;
  scene.box = demo_livery(look, fonts, dice);
  scene.loaded = !look.container.empty();
  scene.box_length = look.size_type.empty() || look.size_type[0] == '2' ? 6.06 : 12.19;
  scene.box_height = look.size_type.size() > 1 && look.size_type[1] == '5' ? 2.9 : 2.59;
  scene.camera = camera_of(look.view, scene.box_length, scene.box_height - 2.59, dice);
  scene.weather = weather_of(look.condition, dice);
  scene.plate = look.plate;
  scene.trailer_plate = look.trailer_plate;
  scene.plate_country = scene.trailer_country = look.country;
  scene.muddy = look.condition == Condition::unreadable ? dice.real(0.6, 0.8) : 0;
  scene.seed = look.seed;
  return scene;
}

}  // namespace

TruckLook any_truck(std::uint64_t seed, std::int64_t number, View view) {
  constexpr int conditions = 5;
  Dice dice(seed * 1'000'003 + static_cast<std::uint64_t>(number));
  TruckLook look;
  const PlateText plate = plate_text(dice, dice.pick(std::vector<std::string>{"BE", "NL", "DE", "FR", "PL"}));
  look.plate = plate.written;
  look.country = plate.country;
  look.container = container_code(dice);
  look.size_type = dice.pick(std::vector<std::string>{"22G1", "42G1", "45G1", "45R1"});
  look.view = view;
  look.condition = static_cast<Condition>(number % conditions);
  look.seed = dice.seed();
  return look;
}

std::string truck_jpeg(const TruckLook& look) {
  const Fonts fonts(Shelf::demo);
  Dice dice(look.seed ^ 0x7275636BULL);
  const Scene scene = scene_of(look, fonts, dice);
  const Rendered rendered = render(scene, fonts);
  std::vector<uchar> bytes;
  cv::imencode(".jpg", rendered.picture, bytes, {cv::IMWRITE_JPEG_QUALITY, scene.weather.jpeg});
  return {bytes.begin(), bytes.end()};
}

std::string a_moment_later(const std::string& encoded, std::uint64_t moment) {
  const cv::Mat bytes(1, static_cast<int>(encoded.size()), CV_8U, const_cast<char*>(encoded.data()));
  cv::Mat picture = encoded.empty() ? cv::Mat() : cv::imdecode(bytes, cv::IMREAD_COLOR);
  if (picture.empty()) return encoded;
  constexpr int tile = 256;  // drawing noise for every pixel would take as long as rendering the truck
  cv::Mat grain(tile, tile, CV_16SC3), all, wide;
  cv::RNG(Dice(moment).seed()).fill(grain, cv::RNG::NORMAL, 0, 1.5);
  cv::repeat(grain, (picture.rows + tile - 1) / tile, (picture.cols + tile - 1) / tile, all);
  picture.convertTo(wide, CV_16S);
  wide += all(cv::Rect(0, 0, picture.cols, picture.rows));
  wide.convertTo(picture, CV_8U);
  std::vector<uchar> later;
  cv::imencode(".jpg", picture, later, {cv::IMWRITE_JPEG_QUALITY, 92});
  return {later.begin(), later.end()};
}

}  // namespace world
