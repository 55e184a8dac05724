#include "drivers/reader/detector.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace reader {
namespace {

constexpr int stride = 4;     // pixels looked at for one cell
constexpr float present = 0;  // logit from which a cell belongs to a line
// The net was taught the inner half of a line; what it finds from `present` on is a little more. Measured on
// rendered scenes whose truth is known:
constexpr float height_of_blob = 0.95F;  // true height over the blob's
constexpr float length_beyond = 0;       // true length less the blob's, in heights
constexpr std::size_t most = 120;        // lines of one picture; the rest is foliage

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// A blob's rectangle with its long axis as the direction of reading.
Line line_round(const std::vector<cv::Point>& cells, bool vertical) {
  const cv::RotatedRect box = cv::minAreaRect(cells);
  std::array<cv::Point2f, 4> corners;
  box.points(corners.data());
  cv::Point2f u = corners[1] - corners[0];
  cv::Point2f v = corners[2] - corners[1];
  float along = static_cast<float>(cv::norm(u));
  float side = static_cast<float>(cv::norm(v));
  const cv::Point2f wanted = vertical ? cv::Point2f(0, 1) : cv::Point2f(1, 0);
  // A short blob has no long axis to speak of: then the direction of its kind decides.
  const bool stubby = std::max(along, side) < 1.5F * std::min(along, side);
  if (stubby ? std::abs(v.dot(wanted)) * (along + 1e-3F) > std::abs(u.dot(wanted)) * (side + 1e-3F)
             : side > along) {
    std::swap(u, v);
    std::swap(along, side);
  }
  Line line;
  line.vertical = vertical;
  line.middle = box.center + cv::Point2f(0.5F, 0.5F);
  line.along = along > 1e-3F ? u / along : wanted;
  if (line.along.dot(wanted) < 0) line.along = -line.along;
  // Cells are counted by their middles: half a cell more each way.
  line.height = (side + 1) * height_of_blob;
  line.length = along + 1 + length_beyond * line.height;
  return line;
}

void lines_of_map(const cv::Mat& map, const cv::Mat& plate, bool vertical, std::vector<Line>& into) {
  cv::Mat labels, stats, centres;
  const cv::Mat present_cells = map > present;
  const int count = cv::connectedComponentsWithStats(present_cells, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    if (stats.at<int>(i, cv::CC_STAT_AREA) < 4) continue;
    const cv::Rect room(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    const cv::Mat mine = labels(room) == i;
    std::vector<cv::Point> cells;
    cv::findNonZero(mine, cells);
    for (cv::Point& cell : cells) cell += room.tl();
    Line line = line_round(cells, vertical);
    const cv::Vec2f wanted = vertical ? cv::Vec2f(0, 1) : cv::Vec2f(1, 0);
    if (std::abs(line.along.x * wanted[0] + line.along.y * wanted[1]) < 0.8F) continue;
    line.score = static_cast<float>(sigmoid(cv::mean(map(room), mine)[0]));
    line.plate = static_cast<float>(sigmoid(cv::mean(plate(room), mine)[0]));
    if (line.score > 0.55F) into.push_back(line);
  }
}

}  // namespace

core::Result<Detector> Detector::load(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "line-detector.onnx";
  if (!std::filesystem::exists(file))
    return core::fail(core::Fault::not_found, file.string() + ": no such model");
  try {
    Detector detector(cv::dnn::readNetFromONNX(file.string()));
    detector.net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    detector.net_.setInput(cv::Mat(std::vector<int>{1, 1, 64, 96}, CV_32F, cv::Scalar(0)));
    const cv::Mat answer = detector.net_.forward();
    if (answer.dims != 4 || answer.size[1] != 3 || answer.size[2] != 16 || answer.size[3] != 24)
      return core::fail(core::Fault::corrupt, file.string() + ": not a line detector");
    return detector;
  } catch (const cv::Exception& error) {
    return core::fail(core::Fault::corrupt, file.string() + ": " + error.err);
  }
}

std::vector<Line> Detector::find(const cv::Mat& grey, int long_side) {
  const double scale = static_cast<double>(long_side) / std::max(grey.cols, grey.rows);
  cv::Mat seen;
  const auto scaled = [scale](int n) { return std::max(1, static_cast<int>(std::lround(n * scale))); };
  cv::resize(grey, seen, {scaled(grey.cols), scaled(grey.rows)}, 0, 0,
             scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  const auto up = [](int n) { return (n + 31) / 32 * 32; };
  cv::Scalar mean, deviation;
  cv::meanStdDev(seen, mean, deviation);
  cv::Mat planes(std::vector<int>{1, 1, up(seen.rows), up(seen.cols)}, CV_32F, cv::Scalar(0));
  cv::Mat plane(up(seen.rows), up(seen.cols), CV_32F, planes.ptr<float>());
  const double gain = 1 / (deviation[0] + 4);
  seen.convertTo(plane(cv::Rect(0, 0, seen.cols, seen.rows)), CV_32F, gain, -mean[0] * gain);
  net_.setInput(planes);
  const cv::Mat answer = net_.forward();
  const auto map = [&](int which) {
    return cv::Mat(answer.size[2], answer.size[3], CV_32F, const_cast<float*>(answer.ptr<float>(0, which)));
  };
  std::vector<Line> lines = lines_of(map(0), map(1), map(2));
  for (Line& line : lines) {
    line.middle *= stride / scale;
    line.length *= static_cast<float>(stride / scale);
    line.height *= static_cast<float>(stride / scale);
  }
  return lines;
}

std::vector<Line> lines_of(const cv::Mat& horizontal, const cv::Mat& vertical, const cv::Mat& plate) {
  std::vector<Line> lines;
  lines_of_map(horizontal, plate, false, lines);
  lines_of_map(vertical, plate, true, lines);
  std::sort(lines.begin(), lines.end(),
            [](const Line& a, const Line& b) { return a.score * a.length > b.score * b.length; });
  if (lines.size() > most) lines.resize(most);
  return lines;
}

}  // namespace reader
