// What stands behind a truck: sky, ground, stacks, posts.
#pragma once

#include "tests/world/render/projection.hpp"

namespace world {

cv::Mat backdrop(const Scene& scene, const Pinhole& camera, Dice& dice);

}  // namespace world
