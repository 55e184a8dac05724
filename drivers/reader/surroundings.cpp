#include "drivers/reader/surroundings.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace reader {
namespace {

constexpr int width = 480;       // pixels of the reduced picture
constexpr int across = 16;       // spots side by side
constexpr int side = 20;         // pixels of a spot
constexpr int sway = 4;          // pixels that a mast may sway either way
constexpr double flat = 5;       // deviation in grey levels below which a spot tells nothing
constexpr double same = 0.75;    // correlation
constexpr double always = 0.97;  // share of the pictures in which a spot looks as ever
constexpr double enough = 0.9 * Surroundings::lessons;  // looks, faded as they are
constexpr double forgets = 0.4;                         // below that it is learnt anew
constexpr double fading = 1.0 / 512;                    // of what was learnt, a picture
constexpr double renewal = 0.1;    // of how a spot looks, a picture: light comes and goes
constexpr std::size_t fewest = 8;  // spots, below which nothing is said
constexpr double left = 0.15;      // share of them: fewer, and the view is another

double deviation(const cv::Mat& part) {
  cv::Scalar mean, deviation;
  cv::meanStdDev(part, mean, deviation);
  return deviation[0];
}

cv::Mat patch_at(const cv::Mat& reduced, cv::Point at) { return reduced(cv::Rect(at, cv::Size(side, side))); }

cv::Mat reduced_of(const cv::Mat& grey) {
  cv::Mat reduced;
  const int height = std::max(1, grey.rows * width / grey.cols);
  cv::resize(grey, reduced, {width, height}, 0, 0, cv::INTER_AREA);
  return reduced;
}

std::string sentence(std::size_t always_there, std::size_t there) {
  return "displaced: " + std::to_string(there) + " of the " + std::to_string(always_there) +
         " places that always look the same in this view do; the camera was turned, or something that shows "
         "a picture is held before it";
}

}  // namespace

Surroundings::Looks Surroundings::compare(const Spot& spot, const cv::Mat& reduced) {
  const cv::Rect window =
      cv::Rect(spot.at - cv::Point(sway, sway), cv::Size(side + 2 * sway, side + 2 * sway)) &
      cv::Rect({0, 0}, reduced.size());
  if (deviation(reduced(window)) < flat || deviation(spot.patch) < flat) return Looks::flat;
  cv::Mat found;
  cv::matchTemplate(reduced(window), spot.patch, found, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::minMaxLoc(found, nullptr, &best);
  return best >= same ? Looks::alike : Looks::other;
}

Surroundings::Scenery Surroundings::first_seen(const cv::Mat& reduced) {
  Scenery scenery;
  scenery.size = reduced.size();
  const int step = width / across;
  for (int y = (step - side) / 2; y + side <= reduced.rows; y += step)
    for (int x = (step - side) / 2; x + side <= reduced.cols; x += step)
      scenery.spots.push_back({{x, y}, patch_at(reduced, {x, y}).clone()});
  return scenery;
}

void Surroundings::learn(Scenery& scenery, const cv::Mat& reduced, const std::vector<Looks>& looks) {
  for (std::size_t i = 0; i < scenery.spots.size(); ++i) {
    Spot& spot = scenery.spots[i];
    const cv::Mat now = patch_at(reduced, spot.at);
    if (looks[i] != Looks::flat) {
      spot.looked = spot.looked * (1 - fading) + 1;
      spot.alike = spot.alike * (1 - fading) + (looks[i] == Looks::alike ? 1 : 0);
    }
    if (looks[i] == Looks::alike) cv::addWeighted(spot.patch, 1 - renewal, now, renewal, 0, spot.patch);
    if (deviation(spot.patch) < flat || (spot.looked > 4 && spot.alike < forgets * spot.looked))
      spot = {spot.at, now.clone()};
  }
}

std::optional<PictureFault> Surroundings::missed(const std::string& camera, const cv::Mat& grey,
                                                 core::SteadyTime captured) {
  if (grey.cols < width || grey.rows < side) return std::nullopt;
  const cv::Mat reduced = reduced_of(grey);
  const std::scoped_lock lock(guard_);
  Scenery& scenery = sceneries_[camera];
  if (scenery.size != reduced.size()) scenery = first_seen(reduced);
  std::vector<Looks> looks;
  std::size_t known = 0, there = 0;
  for (const Spot& spot : scenery.spots) {
    looks.push_back(compare(spot, reduced));
    const bool settled = spot.looked >= enough && spot.alike >= always * spot.looked;
    if (!settled || looks.back() == Looks::flat) continue;
    ++known;
    there += looks.back() == Looks::alike ? 1 : 0;
  }
  const bool another = !scenery.latest || captured - *scenery.latest >= apart;
  if (another) scenery.latest = captured;
  if (known >= fewest && static_cast<double>(there) < left * static_cast<double>(known)) {
    if (another && ++scenery.strange >= lessons) scenery = first_seen(reduced);
    return PictureFault{core::ViewFaultKind::displaced, sentence(known, there)};
  }
  if (another) {
    learn(scenery, reduced, looks);
    if (known >= fewest) scenery.strange = 0;  // a dark or foggy picture proves nothing
  }
  return std::nullopt;
}

}  // namespace reader
