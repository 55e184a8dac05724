#include "tests/world/render/projection.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace world {
namespace {

cv::Rect bounds(const std::array<cv::Point2f, 4>& corners, cv::Size size) {
  float left = 1e6F, top = 1e6F, right = -1e6F, bottom = -1e6F;
  for (const cv::Point2f& p : corners) {
    left = std::min(left, p.x);
    right = std::max(right, p.x);
    top = std::min(top, p.y);
    bottom = std::max(bottom, p.y);
  }
  left = std::clamp(left, -10.F, 1e5F);
  top = std::clamp(top, -10.F, 1e5F);
  const cv::Rect box(
      cv::Point(static_cast<int>(left), static_cast<int>(top)),
      cv::Point(static_cast<int>(std::min(right, 1e5F)) + 2, static_cast<int>(std::min(bottom, 1e5F)) + 2));
  return box & cv::Rect(cv::Point(0, 0), size);
}

bool inside(const Mark& mark, cv::Size size) {
  const cv::Rect2f all(1, 1, static_cast<float>(size.width) - 2, static_cast<float>(size.height) - 2);
  return std::all_of(mark.corners.begin(), mark.corners.end(),
                     [&](const cv::Point2f& p) { return all.contains(p); });
}

std::vector<cv::Point2f> through(const std::vector<cv::Point2f>& points, const cv::Mat& homography) {
  std::vector<cv::Point2f> out;
  if (!points.empty()) cv::perspectiveTransform(points, out, homography);
  return out;
}

void add_marks(const Panel& panel, const cv::Mat& homography, Rendered& into) {
  for (const Mark& mark : panel.marks) {
    Mark seen = mark;
    const auto corners = through({mark.corners.begin(), mark.corners.end()}, homography);
    std::copy(corners.begin(), corners.end(), seen.corners.begin());
    seen.centres = through(mark.centres, homography);
    if (inside(seen, into.picture.size())) into.marks.push_back(std::move(seen));
  }
}

// What a nearer face covers is no lettering any more.
void cover(const std::array<cv::Point2f, 4>& corners, std::vector<Mark>& marks) {
  const std::vector<cv::Point2f> area(corners.begin(), corners.end());
  std::erase_if(marks, [&](const Mark& mark) {
    return std::any_of(mark.centres.begin(), mark.centres.end(),
                       [&](const cv::Point2f& p) { return cv::pointPolygonTest(area, p, false) >= 0; });
  });
}

}  // namespace

Pinhole::Pinhole(const Camera& camera, cv::Size picture)
    : at_(camera.at),
      focal_(camera.focal * picture.width),
      middle_(picture.width / 2.0, picture.height / 2.0) {
  forward_ = cv::normalize(camera.looks_at - camera.at);
  const cv::Vec3d level = cv::normalize(forward_.cross(cv::Vec3d(0, 0, 1)));
  const cv::Vec3d below = forward_.cross(level);
  right_ = level * std::cos(camera.roll) + below * std::sin(camera.roll);
  down_ = below * std::cos(camera.roll) - level * std::sin(camera.roll);
}

std::optional<cv::Point2f> Pinhole::project(const cv::Vec3d& point) const {
  const cv::Vec3d ray = point - at_;
  const double deep = ray.dot(forward_);
  if (deep < 0.4) return std::nullopt;
  return cv::Point2f(static_cast<float>(middle_.x + focal_ * ray.dot(right_) / deep),
                     static_cast<float>(middle_.y + focal_ * ray.dot(down_) / deep));
}

double Pinhole::depth(const cv::Vec3d& point) const { return (point - at_).dot(forward_); }

bool visible(const Face& face, const Pinhole& camera) {
  const cv::Vec3d middle = face.corner + face.right * 0.5 + face.down * 0.5;
  const cv::Vec3d outward = face.down.cross(face.right);
  if (outward.dot(camera.at() - middle) <= 0.05 * cv::norm(outward)) return false;
  for (const double u : {0.0, 1.0})
    for (const double v : {0.0, 1.0})
      if (!camera.project(face.corner + face.right * u + face.down * v)) return false;
  return true;
}

void project(const Panel& panel, const Face& face, const Pinhole& camera, Rendered& into) {
  const auto corner = [&](double u, double v) {
    return camera.project(face.corner + face.right * u + face.down * v).value_or(cv::Point2f(-1, -1));
  };
  const std::array<cv::Point2f, 4> to = {corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)};
  const auto w = static_cast<float>(panel.paint.cols);
  const auto h = static_cast<float>(panel.paint.rows);
  const std::array<cv::Point2f, 4> from = {cv::Point2f(0, 0), {w, 0}, {w, h}, {0, h}};
  const cv::Rect box = bounds(to, into.picture.size());
  if (box.empty()) return;
  const cv::Mat homography = cv::getPerspectiveTransform(from.data(), to.data());
  const cv::Mat shift = (cv::Mat_<double>(3, 3) << 1, 0, -box.x, 0, 1, -box.y, 0, 0, 1);
  cv::Mat seen, mask(box.size(), CV_8U, cv::Scalar(0));
  cv::warpPerspective(panel.paint, seen, shift * homography, box.size(), cv::INTER_LINEAR,
                      cv::BORDER_REPLICATE);
  std::vector<cv::Point> area;
  for (const cv::Point2f& p : to)
    area.emplace_back(static_cast<int>(std::lround(p.x)) - box.x, static_cast<int>(std::lround(p.y)) - box.y);
  cv::fillConvexPoly(mask, area, cv::Scalar(255));
  cv::Mat target = into.picture(box);
  seen.copyTo(target, mask);
  cover(to, into.marks);
  add_marks(panel, homography, into);
}

// A pixel at radius r (1 in the corner) shows what stood at r (1 + barrel r^2) / (1 + barrel).
void bend(Rendered& rendered, double barrel) {
  const cv::Size size = rendered.picture.size();
  const cv::Point2d middle(size.width / 2.0, size.height / 2.0);
  const double corner = cv::norm(middle);
  const auto straight = [&](const cv::Point2d& bent) {
    const cv::Point2d from_middle = bent - middle;
    const double r = cv::norm(from_middle) / corner;
    return middle + from_middle * ((1 + barrel * r * r) / (1 + barrel));
  };
  const auto bent = [&](const cv::Point2f& seen) {
    cv::Point2d guess = seen;
    for (int i = 0; i < 12; ++i) guess += cv::Point2d(seen) - straight(guess);
    return cv::Point2f(guess);
  };
  cv::Mat from(size, CV_32FC2);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) from.at<cv::Point2f>(y, x) = straight(cv::Point2d(x, y));
  cv::Mat picture;
  cv::remap(rendered.picture, picture, from, {}, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  rendered.picture = picture;
  for (Mark& mark : rendered.marks) {
    std::transform(mark.corners.begin(), mark.corners.end(), mark.corners.begin(), bent);
    std::transform(mark.centres.begin(), mark.centres.end(), mark.centres.begin(), bent);
  }
  std::erase_if(rendered.marks, [&](const Mark& mark) { return !inside(mark, size); });
}

}  // namespace world
