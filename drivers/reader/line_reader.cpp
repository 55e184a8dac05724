#include "drivers/reader/line_reader.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace reader {
namespace {

constexpr int strip_height = 32;
constexpr int narrowest = 48;
constexpr int widest = 432;
constexpr int step = 32;                   // strips come in few widths: a net is set up anew for each
constexpr float vertical_squeeze = 0.45F;  // as in training: letters below each other take more room

int width_of(float natural) {
  const int steps = static_cast<int>(std::lround((natural - narrowest) / step));
  return std::clamp(narrowest + steps * step, narrowest, widest);
}

}  // namespace

cv::Mat strip_of(const cv::Mat& grey, const Line& line, const Cut& cut) {
  const float tall = line.height * (1 + 2 * cut.margin);
  const float wide = line.length + 2 * cut.ends * line.height;
  const float natural = strip_height * wide / tall * (line.vertical ? vertical_squeeze : 1) * cut.stretch;
  const int width = width_of(natural);
  cv::Point2f down = across(line);
  if (cut.upright) down += line.along * (line.along.y / line.along.x);
  const cv::Point2f corner = line.middle - line.along * (wide / 2) - down * (tall / 2);
  const float sx = wide / static_cast<float>(width);
  const float sy = tall / strip_height;
  const cv::Matx23f inverse(line.along.x * sx, down.x * sy, corner.x, line.along.y * sx, down.y * sy,
                            corner.y);
  cv::Mat strip;
  // Far larger letters than the strip's are halved first, or they would come out jagged.
  if (sy > 2.2F) {
    const float half = 1 / (sy / 1.2F);
    cv::Mat small;
    cv::resize(grey, small, {}, half, half, cv::INTER_AREA);
    cv::warpAffine(small, strip, inverse * half, {width, strip_height},
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    return strip;
  }
  cv::warpAffine(grey, strip, inverse, {width, strip_height}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return strip;
}

core::Result<LineReader> LineReader::load(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "line-recogniser.onnx";
  if (!std::filesystem::exists(file))
    return core::fail(core::Fault::not_found, file.string() + ": no such model");
  try {
    LineReader reader(cv::dnn::readNetFromONNX(file.string()));
    reader.net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    reader.net_.setInput(cv::Mat(std::vector<int>{1, 2, strip_height, 96}, CV_32F, cv::Scalar(0)));
    const cv::Mat answer = reader.net_.forward();
    if (answer.dims != 4 || answer.size[1] != classes || answer.size[2] != 1 || answer.size[3] != 48)
      return core::fail(core::Fault::corrupt, file.string() + ": not a line recogniser");
    return reader;
  } catch (const cv::Exception& error) {
    return core::fail(core::Fault::corrupt, file.string() + ": " + error.err);
  }
}

Columns LineReader::read(const cv::Mat& grey, const Line& line, const Cut& cut) {
  const cv::Mat strip = strip_of(grey, line, cut);
  cv::Mat planes(std::vector<int>{1, 2, strip_height, strip.cols}, CV_32F, cv::Scalar(line.vertical ? 1 : 0));
  cv::Mat plane(strip_height, strip.cols, CV_32F, planes.ptr<float>(0, 0));
  cv::Scalar mean, deviation;
  cv::meanStdDev(strip, mean, deviation);
  const double gain = 1 / (deviation[0] + 4);
  strip.convertTo(plane, CV_32F, gain, -mean[0] * gain);
  net_.setInput(planes);
  const cv::Mat answer = net_.forward();
  Columns columns(static_cast<std::size_t>(answer.size[3]));
  for (std::size_t t = 0; t < columns.size(); ++t) {
    std::array<float, classes> scores{};
    for (int c = 0; c < classes; ++c) scores[c] = answer.ptr<float>(0, c)[t];
    columns[t] = log_softmax(scores);
  }
  return columns;
}

}  // namespace reader
