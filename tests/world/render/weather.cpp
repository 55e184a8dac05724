#include "tests/world/render/weather.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/world/render/paint.hpp"

namespace world {
namespace {

void cast_shadow(cv::Mat& picture, double depth, Dice& dice) {
  const auto x = [&] { return dice.whole(-picture.cols / 4, picture.cols * 5 / 4); };
  const std::vector<cv::Point> area = {
      {x(), -5}, {x(), -5}, {x(), picture.rows + 5}, {x(), picture.rows + 5}};
  cv::Mat mask(picture.size(), CV_8U, cv::Scalar(0));
  cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{area}, cv::Scalar(255));
  cv::GaussianBlur(mask, mask, {}, dice.real(0.6, 4));
  blend(picture, mask, cv::Scalar(0, 0, 0), depth);
}

void smear(cv::Mat& picture, double length, double degrees) {
  const int side = std::max(3, static_cast<int>(std::ceil(length)) | 1);
  cv::Mat kernel(side, side, CV_32F, cv::Scalar(0));
  const double radians = degrees * CV_PI / 180;
  const double middle = (side - 1) / 2.0;
  for (double t = -length / 2; t <= length / 2; t += 0.25) {
    const int x = static_cast<int>(std::lround(middle + t * std::cos(radians)));
    const int y = static_cast<int>(std::lround(middle + t * std::sin(radians)));
    if (x >= 0 && y >= 0 && x < side && y < side) kernel.at<float>(y, x) += 1;
  }
  kernel /= cv::sum(kernel)[0];
  cv::filter2D(picture, picture, -1, kernel);
}

void rain(cv::Mat& picture, Dice& dice) {
  cv::Mat mask(picture.size(), CV_8U, cv::Scalar(0));
  const double slant = dice.real(-0.3, 0.3);
  for (int i = picture.cols * picture.rows / dice.whole(1500, 6000); i > 0; --i) {
    const int x = dice.whole(0, picture.cols - 1);
    const int y = dice.whole(0, picture.rows - 1);
    const int length = dice.whole(picture.rows / 60 + 2, picture.rows / 20 + 3);
    cv::line(mask, {x, y}, {x + static_cast<int>(slant * length), y + length},
             cv::Scalar(dice.whole(30, 120)), 1, cv::LINE_AA);
  }
  blend(picture, mask, cv::Scalar(200, 200, 200), 0.7);
  picture = picture * 0.85 + cv::Scalar(18, 16, 15);
}

void shine(cv::Mat& picture, double amount, Dice& dice) {
  cv::Mat light(picture.size(), CV_8U, cv::Scalar(0));
  const cv::Point at(dice.whole(0, picture.cols - 1), dice.whole(0, picture.rows - 1));
  cv::circle(light, at, static_cast<int>(picture.cols * dice.real(0.02, 0.08)), cv::Scalar(255), cv::FILLED);
  cv::Mat small;
  cv::resize(light, small, {}, 0.125, 0.125, cv::INTER_AREA);
  cv::GaussianBlur(small, small, {}, small.cols * dice.real(0.05, 0.15));
  cv::resize(small, light, picture.size());
  light.convertTo(light, CV_8U, 3);
  blend(picture, light, cv::Scalar(225, 240, 255), amount);
}

void add_noise(cv::Mat& picture, double deviation, Dice& dice) {
  cv::Mat grain(picture.size(), CV_16SC3);
  cv::RNG rng(dice.seed());
  rng.fill(grain, cv::RNG::NORMAL, 0, deviation);
  cv::Mat wide;
  picture.convertTo(wide, CV_16S);
  wide += grain;
  wide.convertTo(picture, CV_8U);
}

}  // namespace

void expose(cv::Mat& picture, const Weather& weather, Dice& dice) {
  if (weather.shadow > 0) cast_shadow(picture, weather.shadow, dice);
  if (weather.sky == Sky::rain) rain(picture, dice);
  if (weather.sky == Sky::infrared) {
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::cvtColor(grey, picture, cv::COLOR_GRAY2BGR);
  }
  cv::Scalar gain = cv::Scalar::all(weather.gain);
  if (weather.sky == Sky::night) gain = gain.mul({dice.real(0.6, 1), dice.real(0.8, 1), 1});
  if (weather.sky == Sky::low_sun) gain = gain.mul({dice.real(0.65, 0.9), dice.real(0.85, 1), 1.1});
  cv::multiply(picture, gain, picture);
  if (weather.glare > 0) shine(picture, weather.glare, dice);
  if (weather.motion > 1) smear(picture, weather.motion, weather.motion_angle);
  if (weather.blur > 0.2) cv::GaussianBlur(picture, picture, {}, weather.blur);
  if (weather.noise > 0.3) add_noise(picture, weather.noise, dice);
}

Weather wild_weather(Dice& dice, double pixel) {
  Weather weather;
  const double roll = dice.real(0, 1);
  weather.sky = roll < 0.55   ? Sky::day
                : roll < 0.67 ? Sky::night
                : roll < 0.79 ? Sky::rain
                : roll < 0.92 ? Sky::low_sun
                              : Sky::infrared;
  const bool dark = weather.sky == Sky::night || weather.sky == Sky::infrared;
  weather.gain = dark ? dice.real(0.15, 0.8) : dice.real(0.5, 1.5);
  weather.blur = (dice.chance(0.5) ? dice.real(0.3, 0.9) : dice.real(0.3, 1.9)) * pixel;
  weather.motion = dice.chance(0.2) ? dice.real(1, 7) * pixel : 0;
  weather.motion_angle = dice.chance(0.7) ? dice.real(-10, 10) : dice.real(0, 180);
  weather.noise = dark ? dice.real(1, 12) : dice.real(0.5, 5);
  weather.glare = dice.chance(dark ? 0.5 : 0.15) ? dice.real(0.3, 1) : 0;
  weather.shadow = dice.chance(0.25) ? dice.real(0.15, 0.65) : 0;
  weather.jpeg = dice.whole(35, 95);
  return weather;
}

void through_jpeg(cv::Mat& picture, int quality) {
  std::vector<uchar> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
  cv::imdecode(bytes, cv::IMREAD_COLOR, &picture);
}

}  // namespace world
