#include "gate/core/framing.hpp"

namespace core {

std::optional<std::string> wrong_region(const Region& region) {
  constexpr double slack = 1e-6;  // 0.7 and 0.3 may add up to a little more than 1
  const std::string allowed =
      ", allowed: x, y, width, height as shares of the picture, such as 0.25, 0, 0.5, 1";
  const auto outside = [](double share) { return !(share >= 0 && share <= 1); };
  for (const double share : {region.x, region.y, region.width, region.height}) {
    if (!outside(share)) continue;
    if (share > 1) return "not shares of the picture (pixels would be wrong at another resolution)" + allowed;
    return "not a part of the picture" + allowed;
  }
  if (region.width < least_region || region.height < least_region)
    return "too small, allowed: a width and a height of 0.05 to 1";
  if (region.x + region.width > 1 + slack)
    return "reaches beyond the right edge, allowed: x and width that add up to 1 at most";
  if (region.y + region.height > 1 + slack)
    return "reaches beyond the lower edge, allowed: y and height that add up to 1 at most";
  return std::nullopt;
}

}  // namespace core
