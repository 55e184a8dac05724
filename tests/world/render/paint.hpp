// What paint, weather and wear do to a flat thing. All in place, all on 8-bit BGR unless it says mask.
#pragma once

#include <opencv2/core.hpp>

#include "tests/world/render/dice.hpp"

namespace world {

/// Smooth noise of mean 0 and about unit deviation, CV_32F; `grain` is the size of a blotch in pixels.
cv::Mat cloud(cv::Size size, double grain, Dice& dice);

/// Lays `colour` over `paint` where the 8-bit mask is set.
void blend(cv::Mat& paint, const cv::Mat& mask, const cv::Scalar& colour, double opacity);

/// Takes paint away from lettering: flakes, at 0 none, at 1 nearly all.
void wear_off(cv::Mat& mask, double amount, Dice& dice);

void rust(cv::Mat& paint, double amount, Dice& dice);
void grime(cv::Mat& paint, double amount, Dice& dice);    // a veil of dust, thicker towards the bottom
void streaks(cv::Mat& paint, double amount, Dice& dice);  // run down from rust and rain
void mud(cv::Mat& paint, double amount, Dice& dice);      // opaque splashes
void mottle(cv::Mat& paint, double amount, Dice& dice);   // uneven, faded paint

/// The light and shade of corrugated steel. `pitch` in pixels; waves run across x, or across y when `lying`.
void corrugate(cv::Mat& paint, double pitch, double depth, bool lying, Dice& dice);

}  // namespace world
