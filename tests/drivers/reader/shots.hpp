// Rendered trucks as pixels, and what goes wrong between a camera's lens and its file.
#pragma once

#include <string>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/drivers/reader/looks.hpp"

namespace reader {

inline cv::Mat pixels_of(const std::string& encoded) {
  return cv::imdecode(cv::Mat(1, static_cast<int>(encoded.size()), CV_8U, const_cast<char*>(encoded.data())),
                      cv::IMREAD_GRAYSCALE);
}

inline cv::Mat shot_of(std::uint64_t seed, world::View view, world::Condition condition) {
  return pixels_of(truck_jpeg(look_of(seed, view, condition)));
}

inline std::string saved(const cv::Mat& picture, int quality) {
  std::vector<unsigned char> bytes;
  cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
  return {bytes.begin(), bytes.end()};
}

inline cv::Mat with_noise(const cv::Mat& picture, double deviation, std::uint64_t seed) {
  cv::Mat grain(picture.size(), CV_16S), wide, noisy;
  cv::RNG(seed).fill(grain, cv::RNG::NORMAL, 0, deviation);
  picture.convertTo(wide, CV_16S);
  wide += grain;
  wide.convertTo(noisy, CV_8U);
  return noisy;
}

/// As cameras print it along the upper edge, behind whatever is before the lens.
inline cv::Mat with_time(const cv::Mat& picture, const std::string& time) {
  cv::Mat printed = picture.clone();
  cv::putText(printed, time, {20, 40}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(255), 2);
  return printed;
}

/// A lens and a sensor that made of `picture` what `spoil` makes of it.
template <class Spoil>
cv::Mat through(const cv::Mat& picture, Spoil spoil) {
  cv::Mat spoilt;
  spoil(picture, spoilt);
  return pixels_of(saved(with_time(with_noise(spoilt, 2, 1), "2024-05-03 10:22:31"), 85));
}

}  // namespace reader
