#include "drivers/reader/earlier_frames.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include <opencv2/imgcodecs.hpp>

namespace reader {
namespace {

constexpr int places = 8;                  // along each side of the picture, and of what is kept of it
constexpr int side = 16;                   // pixels of a place: whole JPEG blocks
constexpr int few = 8;                     // places with something in them, below which nothing is said
constexpr double equal = 0.5;              // grey levels of mean difference: sensors' noise makes more
constexpr double similar = 5;              // what another JPEG quality may make of an equal place
constexpr double share = 0.7;              // of the places that must be equal
constexpr std::size_t candidates = 3;      // frames looked at closely
constexpr int coarsest = 30, finest = 98;  // JPEG qualities

/// Where place i of `all` pixels begins: on the grid of JPEG's blocks.
int begin_of(int i, int all) {
  const int middle = (2 * i + 1) * all / (2 * places);
  return std::clamp((middle - side / 2) / 8 * 8, 0, std::max(0, all - side));
}

cv::Rect place(int i) { return {i % places * side, i / places * side, side, side}; }

cv::Mat places_of(const cv::Mat& grey) {
  cv::Mat kept(places * side, places * side, CV_8U);
  for (int i = 0; i < places * places; ++i) {
    const cv::Rect from(begin_of(i % places, grey.cols), begin_of(i / places, grey.rows), side, side);
    grey(from).copyTo(kept(place(i)));
  }
  return kept;
}

/// The places in which noise would show: neither flat nor clipped.
std::vector<int> speaking(const cv::Mat& kept) {
  std::vector<int> found;
  for (int i = 0; i < places * places; ++i) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(kept(place(i)), mean, deviation);
    if (deviation[0] >= 3 && mean[0] >= dark_level && mean[0] <= 255 - dark_level) found.push_back(i);
  }
  return found;
}

double difference(const cv::Mat& a, const cv::Mat& b, int i) {
  const cv::Rect at = place(i);
  int sum = 0;
  for (int y = at.y; y < at.br().y; ++y) {
    const auto* left = a.ptr<unsigned char>(y) + at.x;
    const auto* right = b.ptr<unsigned char>(y) + at.x;
    for (int x = 0; x < side; ++x) sum += std::abs(left[x] - right[x]);
  }
  return static_cast<double>(sum) / (side * side);
}

/// Share of the places that differ by no more than `limit`; given up as soon as it cannot be enough.
double alike(const cv::Mat& a, const cv::Mat& b, const std::vector<int>& which, double limit) {
  std::size_t good = 0, bad = 0;
  for (const int i : which) {
    ++(difference(a, b, i) <= limit ? good : bad);
    if (static_cast<double>(bad) > (1 - share) * static_cast<double>(which.size())) return 0;
  }
  return static_cast<double>(good) / static_cast<double>(which.size());
}

/// By how much half of the places differ at most.
double distance(const cv::Mat& a, const cv::Mat& b, const std::vector<int>& which) {
  std::vector<double> all;
  for (const int i : which) all.push_back(difference(a, b, i));
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end());
  return *middle;
}

/// The earlier frame as it is, or as it would be had it been saved anew at whatever quality.
double equal_share(const cv::Mat& earlier, const cv::Mat& now, const std::vector<int>& which) {
  double best = alike(earlier, now, which, equal);
  std::vector<unsigned char> bytes;
  for (int quality = finest; quality >= coarsest && best < share; --quality) {
    cv::imencode(".jpg", earlier, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    best = alike(cv::imdecode(bytes, cv::IMREAD_GRAYSCALE), now, which, equal);
  }
  return best;
}

std::string sentence(double equal_places, core::Milliseconds ago) {
  return "frozen: the same frame as " + std::to_string(std::lround(static_cast<double>(ago.count()) / 1000)) +
         " s before, equal in " + std::to_string(std::lround(equal_places * 100)) +
         " % of the places compared";
}

}  // namespace

std::vector<EarlierFrames::Frame> EarlierFrames::closest(const std::string& camera, const cv::Mat& grey,
                                                         const cv::Mat& now, const std::vector<int>& which) {
  std::vector<std::pair<double, const Frame*>> found;
  const std::scoped_lock lock(guard_);
  for (const Frame& frame : frames_[camera]) {
    if (frame.size != grey.size()) continue;
    const double far = distance(frame.places, now, which);
    if (far <= similar) found.emplace_back(far, &frame);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Frame> frames;
  for (const auto& [far, frame] : found)
    if (frames.size() < candidates) frames.push_back(*frame);
  return frames;
}

void EarlierFrames::keep(const std::string& camera, const Frame& frame) {
  const std::scoped_lock lock(guard_);
  std::deque<Frame>& frames = frames_[camera];
  std::erase_if(frames, [&](const Frame& each) { return each.places.data == frame.places.data; });
  frames.push_back(frame);
  if (frames.size() > most) frames.pop_front();
}

std::optional<PictureFault> EarlierFrames::again(const std::string& camera, const cv::Mat& grey,
                                                 core::SteadyTime captured) {
  if (grey.cols < side || grey.rows < side) return std::nullopt;
  const cv::Mat now = places_of(grey);
  const std::vector<int> which = speaking(now);
  if (which.size() < few) return std::nullopt;
  for (const Frame& earlier : closest(camera, grey, now, which)) {
    const double found = equal_share(earlier.places, now, which);
    if (found < share) continue;
    keep(camera, earlier);
    const core::Milliseconds ago = captured - earlier.captured;
    if (ago < apart) return std::nullopt;
    return PictureFault{core::ViewFaultKind::frozen, sentence(found, ago)};
  }
  keep(camera, {grey.size(), now, captured});
  return std::nullopt;
}

}  // namespace reader
