#include "tests/world/play/scenery.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace world {
namespace {

std::string encoded(const cv::Mat& picture) {
  std::vector<unsigned char> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, 85});
  return {bytes.begin(), bytes.end()};
}

/// Asphalt, a kerb on either side and a pale sky.
std::string empty_lane() {
  cv::Mat picture(720, 1280, CV_8UC3, cv::Scalar(104, 106, 108));
  cv::rectangle(picture, {0, 0}, {1280, 260}, cv::Scalar(214, 205, 196), cv::FILLED);
  for (const int side : {0, 1}) {
    const std::vector<cv::Point> kerb = {{side * 1280, 720},
                                         {640 + (side * 2 - 1) * 90, 260},
                                         {640 + (side * 2 - 1) * 110, 260},
                                         {side * 1280, 560}};
    cv::fillConvexPoly(picture, kerb, cv::Scalar(142, 146, 148));
  }
  return encoded(picture);
}

View view_of(const std::string& camera) {
  if (camera.starts_with("front")) return View::front;
  if (camera.starts_with("side")) return View::side;
  if (camera.starts_with("roof")) return View::roof;
  return View::rear;
}

std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string kind = entry.path().extension().string();
    if (kind == ".jpg" || kind == ".jpeg" || kind == ".png") found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  if (found.empty()) throw std::runtime_error(folder.string() + ": holds no .jpg, .jpeg or .png");
  return found;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TruckLook look_of(const Truck& truck, View view) {
  TruckLook look;
  look.plate = truck.plate;
  look.country = truck.country;
  look.trailer_plate = truck.trailer_plate;
  look.container = truck.aboard.empty() ? "" : truck.aboard.front();
  look.size_type = truck.size_type;
  look.view = view;
  look.condition = view == View::front ? truck.front : truck.condition;
  look.seed = std::hash<std::string>{}(truck.plate + look.container);  // the same truck looks the same again
  return look;
}

}  // namespace

Scenery::Scenery(const std::optional<std::filesystem::path>& photographs)
    : photographs_(photographs ? pictures_in(*photographs) : std::vector<std::filesystem::path>{}),
      empty_lane_(empty_lane()) {}

void Scenery::arrives(const std::string& lane, const Truck& truck) {
  const std::lock_guard lock(mutex_);
  standing_[lane] = truck;
}

void Scenery::leaves(const std::string& lane) {
  const std::lock_guard lock(mutex_);
  standing_.erase(lane);
  std::erase_if(taken_, [&lane](const auto& one) { return one.first.first == lane; });
}

std::string Scenery::taken_of(const Truck& truck, const std::string& camera) {
  if (photographs_.empty()) return truck_jpeg(look_of(truck, view_of(camera)));
  return bytes_of(photographs_[next_++ % photographs_.size()]);
}

std::string Scenery::seen(const std::string& lane, const std::string& camera) {
  const auto truck = standing_.find(lane);
  if (truck == standing_.end()) return empty_lane_;
  std::string& taken = taken_[{lane, camera}];
  if (taken.empty()) taken = taken_of(truck->second, camera);
  return taken;
}

std::string Scenery::picture(const std::string& lane, const std::string& camera) {
  std::unique_lock lock(mutex_);
  const std::string view = seen(lane, camera);
  const std::uint64_t moment = ++moments_;
  lock.unlock();
  return a_moment_later(view, moment);
}

}  // namespace world
