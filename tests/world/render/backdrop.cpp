#include "tests/world/render/backdrop.hpp"

#include <algorithm>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/paint.hpp"

namespace world {
namespace {

void stack_of_boxes(cv::Mat& picture, int horizon, Dice& dice) {
  const int high = std::max(6, picture.rows / dice.whole(8, 22));
  for (int level = 0; level < dice.whole(1, 4); ++level) {
    for (int x = -dice.whole(0, 60); x < picture.cols;) {
      const int wide = static_cast<int>(high * dice.real(2, 5));
      const cv::Rect room =
          cv::Rect(x, horizon - (level + 1) * high, wide, high) & cv::Rect(0, 0, picture.cols, picture.rows);
      if (!room.empty() && dice.chance(0.85)) {
        cv::Mat part = picture(room);
        part.setTo(cv::Scalar(dice.whole(30, 190), dice.whole(30, 190), dice.whole(30, 190)));
        corrugate(part, std::max(2.0, high / 9.0), dice.real(0.05, 0.3), false, dice);
      }
      x += wide + dice.whole(0, 4);
    }
  }
}

void posts(cv::Mat& picture, int horizon, Dice& dice) {
  for (int i = dice.whole(0, 4); i > 0; --i) {
    const int x = dice.whole(0, picture.cols - 1);
    const int tone = dice.whole(60, 235);
    cv::rectangle(picture, cv::Rect(x, dice.whole(0, horizon), dice.whole(2, 14), picture.rows),
                  cv::Scalar(tone, tone, tone), cv::FILLED);
  }
  for (int i = dice.whole(0, 2); i > 0; --i) {  // warning blocks
    const cv::Rect block(dice.whole(0, picture.cols), dice.whole(horizon, picture.rows),
                         picture.cols / 20 + 4, picture.rows / 14 + 4);
    cv::rectangle(picture, block, cv::Scalar(20, 190, 235), cv::FILLED);
    cv::line(picture, block.tl(), block.br(), cv::Scalar(15, 15, 15), block.width / 4 + 1);
  }
}

void lanes(cv::Mat& picture, int horizon, Dice& dice) {
  for (int i = dice.whole(0, 4); i > 0; --i)
    cv::line(picture, {dice.whole(-100, picture.cols), picture.rows}, {dice.whole(0, picture.cols), horizon},
             cv::Scalar(200, 205, 205), dice.whole(1, 6), cv::LINE_AA);
}

}  // namespace

cv::Mat backdrop(const Scene& scene, const Pinhole& camera, Dice& dice) {
  cv::Mat picture(scene.size, CV_8UC3);
  const auto far =
      camera.project(scene.camera.at + (scene.camera.looks_at - scene.camera.at).mul({200, 200, 0}));
  const int horizon = std::clamp(far ? static_cast<int>(far->y) : 0, 0, picture.rows - 1);
  const int sky = dice.whole(90, 250);
  const int ground = dice.whole(50, 170);
  picture.rowRange(0, std::max(1, horizon))
      .setTo(cv::Scalar(std::min(255, sky + dice.whole(0, 40)), sky, sky - 10));
  picture.rowRange(horizon, picture.rows).setTo(cv::Scalar(ground, ground + 4, ground + 6));
  if (horizon > 10 && dice.chance(0.7)) stack_of_boxes(picture, horizon, dice);
  lanes(picture, horizon, dice);
  posts(picture, horizon, dice);
  mottle(picture, dice.real(0.3, 1.5), dice);
  return picture;
}

}  // namespace world
