#include "tests/world/render/paint.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace world {
namespace {

// 8-bit mask of where noise exceeds a level, with soft edges.
cv::Mat blotches(cv::Size size, double grain, double level, Dice& dice) {
  cv::Mat noise = cloud(size, grain, dice) + 0.35 * cloud(size, std::max(2.0, grain / 5), dice);
  cv::Mat mask;
  noise = (noise - level) * 400;
  noise.convertTo(mask, CV_8U);
  return mask;
}

void multiply(cv::Mat& paint, const cv::Mat& factor) {
  cv::Mat wide;
  cv::cvtColor(factor, wide, cv::COLOR_GRAY2BGR);
  cv::multiply(paint, wide, paint, 1, CV_8U);
}

}  // namespace

cv::Mat cloud(cv::Size size, double grain, Dice& dice) {
  const int w = std::max(2, static_cast<int>(size.width / std::max(1.0, grain)) + 2);
  const int h = std::max(2, static_cast<int>(size.height / std::max(1.0, grain)) + 2);
  cv::RNG rng(dice.seed());
  cv::Mat small(h, w, CV_32F);
  rng.fill(small, cv::RNG::NORMAL, 0, 1);
  cv::Mat out;
  cv::resize(small, out, size, 0, 0, cv::INTER_LINEAR);
  return out;
}

void blend(cv::Mat& paint, const cv::Mat& mask, const cv::Scalar& colour, double opacity) {
  for (int y = 0; y < paint.rows; ++y) {
    auto* row = paint.ptr<cv::Vec3b>(y);
    const auto* cover = mask.ptr<uchar>(y);
    for (int x = 0; x < paint.cols; ++x) {
      if (cover[x] == 0) continue;
      const double a = cover[x] * opacity / 255;
      for (int c = 0; c < 3; ++c) row[x][c] = cv::saturate_cast<uchar>(row[x][c] * (1 - a) + colour[c] * a);
    }
  }
}

void wear_off(cv::Mat& mask, double amount, Dice& dice) {
  const double grain = std::max(1.5, mask.rows * dice.real(0.03, 0.12));
  cv::Mat keep = cloud(mask.size(), grain, dice) + 0.6 * cloud(mask.size(), grain * 6, dice);
  keep = (keep + (2.2 - 3.4 * amount)) * 0.8;
  cv::min(keep, 1.0, keep);
  cv::max(keep, 0.0, keep);
  cv::multiply(mask, keep, mask, 1, CV_8U);
}

void rust(cv::Mat& paint, double amount, Dice& dice) {
  const double grain = paint.rows * dice.real(0.01, 0.06) + 2;
  const cv::Mat mask = blotches(paint.size(), grain, 2.4 - 1.3 * amount, dice);
  blend(paint, mask, cv::Scalar(dice.whole(15, 40), dice.whole(35, 70), dice.whole(70, 125)),
        dice.real(0.5, 0.95));
}

void grime(cv::Mat& paint, double amount, Dice& dice) {
  cv::Mat veil = cloud(paint.size(), paint.rows * 0.2 + 3, dice) * 0.12 +
                 cloud(paint.size(), paint.rows * 0.02 + 2, dice) * 0.06;
  const double slope = dice.real(0, 0.5);
  for (int y = 0; y < veil.rows; ++y) veil.row(y) += 0.55 + slope * y / veil.rows;
  veil = veil * (amount * 200);
  cv::Mat mask;
  veil.convertTo(mask, CV_8U);
  const int tone = dice.whole(50, 140);
  blend(paint, mask, cv::Scalar(tone * 0.75, tone * 0.9, tone), 0.8);
}

void streaks(cv::Mat& paint, double amount, Dice& dice) {
  const int count = static_cast<int>(amount * paint.cols / 14);
  cv::Mat mask(paint.size(), CV_8U, cv::Scalar(0));
  for (int i = 0; i < count; ++i) {
    const int x = dice.whole(0, paint.cols - 1);
    const int y = dice.whole(0, paint.rows - 1);
    const int length = dice.whole(paint.rows / 20 + 1, paint.rows / 3 + 2);
    cv::line(mask, {x, y}, {x + dice.whole(-2, 2), y + length}, cv::Scalar(dice.whole(40, 190)),
             dice.whole(1, std::max(1, paint.cols / 250)));
  }
  cv::GaussianBlur(mask, mask, {}, 0.8 + paint.cols / 1500.0);
  const bool pale = dice.chance(0.3);
  blend(paint, mask, pale ? cv::Scalar(150, 165, 170) : cv::Scalar(25, 40, dice.whole(45, 90)), 0.8);
}

void mud(cv::Mat& paint, double amount, Dice& dice) {
  const cv::Mat mask =
      blotches(paint.size(), paint.rows * dice.real(0.05, 0.15) + 3, 1.9 - 2.6 * amount, dice);
  const int tone = dice.whole(45, 95);
  blend(paint, mask, cv::Scalar(tone * 0.6, tone * 0.8, tone), 0.97);
}

void mottle(cv::Mat& paint, double amount, Dice& dice) {
  const cv::Mat factor = 1 + amount * (cloud(paint.size(), paint.rows * 0.25 + 3, dice) * 0.10 +
                                       cloud(paint.size(), paint.rows * 0.03 + 2, dice) * 0.06 +
                                       cloud(paint.size(), 2, dice) * 0.03);
  multiply(paint, factor);
}

void corrugate(cv::Mat& paint, double pitch, double depth, bool lying, Dice& dice) {
  const int length = lying ? paint.rows : paint.cols;
  cv::Mat profile(1, length, CV_32F);
  const double phase = dice.real(0, 1);
  const double lit = dice.real(-1, 1);  // which flank the light falls on
  for (int i = 0; i < length; ++i) {
    const double t = std::fmod(i / pitch + phase, 1.0);
    // A trapezoid: flat crest, falling flank, flat valley, rising flank.
    const double shade = t < 0.32 ? 0.15 : t < 0.5 ? lit : t < 0.82 ? -0.15 : -lit;
    profile.at<float>(i) = static_cast<float>(1 + depth * shade);
  }
  cv::GaussianBlur(profile, profile, {}, std::max(0.6, pitch * 0.03));
  cv::Mat factor;
  if (lying)
    cv::repeat(profile.t(), 1, paint.cols, factor);
  else
    cv::repeat(profile, paint.rows, 1, factor);
  multiply(paint, factor);
}

}  // namespace world
