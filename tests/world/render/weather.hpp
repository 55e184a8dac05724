// Light, lens, sensor and file format, laid over a rendered picture.
#pragma once

#include <string>

#include "tests/world/render/scene.hpp"

namespace world {

void expose(cv::Mat& picture, const Weather& weather, Dice& dice);
Weather wild_weather(Dice& dice, double pixel);  // `pixel`: how large a blur pixel counts, 1 at 1280 wide
/// Encodes and decodes again: a picture as a file would give it.
void through_jpeg(cv::Mat& picture, int quality);

}  // namespace world
