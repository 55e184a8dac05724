#include "drivers/reader/overlay.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "drivers/reader/picture.hpp"

namespace reader {
namespace {

constexpr double unread = 0.45;             // of the light, where nothing was read
const cv::Scalar sure_colour(80, 175, 40);  // blue, green, red
const cv::Scalar unsure_colour(20, 160, 245);

struct Label {
  std::string text;
  core::Box box;
  bool sure = false;
};

std::string percent(int permille) { return std::to_string((permille + 5) / 10) + " %"; }

std::vector<Label> labels_of(const core::Sighting& sighting) {
  std::vector<Label> labels;
  for (const core::PlateRead& read : sighting.plates)
    labels.push_back(
        {read.plate + (read.country.empty() ? "" : " " + read.country) + "  " + percent(read.confidence),
         read.box, read.sure});
  for (const core::ContainerRead& read : sighting.containers)
    labels.push_back({read.code + (read.size_type.empty() ? "" : " " + read.size_type) + "  " +
                          percent(read.confidence) + (read.check_digit ? "" : "  check digit wrong"),
                      read.box, read.sure});
  return labels;
}

/// A frame round the letters, and the text on its own ground, above them where there is room.
void draw(cv::Mat& canvas, const Label& label) {
  const double size = std::clamp(canvas.cols / 1200.0, 0.45, 1.6);
  const int stroke = std::max(1, static_cast<int>(std::lround(size * 1.6)));
  const int room = 3 * stroke;
  const cv::Scalar colour = label.sure ? sure_colour : unsure_colour;
  const cv::Rect frame(label.box.x - room, label.box.y - room, label.box.width + 2 * room,
                       label.box.height + 2 * room);
  cv::rectangle(canvas, frame, colour, stroke, cv::LINE_AA);
  int below = 0;
  const cv::Size text = cv::getTextSize(label.text, cv::FONT_HERSHEY_SIMPLEX, size, stroke, &below);
  const int height = text.height + below + room;
  const int top =
      frame.y >= height ? frame.y - height : std::min(frame.y + frame.height, canvas.rows - height);
  const int left = std::clamp(frame.x, 0, std::max(0, canvas.cols - text.width - 2 * room));
  cv::rectangle(canvas, cv::Rect(left, top, text.width + 2 * room, height), colour, cv::FILLED);
  cv::putText(canvas, label.text, {left + room, top + text.height + room / 2}, cv::FONT_HERSHEY_SIMPLEX, size,
              cv::Scalar(255, 255, 255), stroke, cv::LINE_AA);
}

}  // namespace

cv::Mat overlay(const std::vector<Seen>& pictures) {
  int wide = 1, high = 0;
  for (const Seen& seen : pictures) wide = std::max(wide, seen.picture.cols), high += seen.picture.rows;
  cv::Mat sheet(std::max(1, high), wide, CV_8UC3, cv::Scalar(40, 40, 40));
  int top = 0;
  for (const Seen& seen : pictures) {
    if (seen.picture.empty()) continue;
    cv::Mat canvas = sheet(cv::Rect(0, top, seen.picture.cols, seen.picture.rows));
    cv::cvtColor(seen.picture * unread, canvas, cv::COLOR_GRAY2BGR);
    const cv::Rect part = part_of(seen.picture.size(), seen.region);
    cv::cvtColor(seen.picture(part), canvas(part), cv::COLOR_GRAY2BGR);
    const std::vector<Label> labels = labels_of(seen.sighting);
    for (auto label = labels.rbegin(); label != labels.rend(); ++label)
      draw(canvas, *label);  // the likeliest on top
    top += seen.picture.rows;
  }
  return sheet;
}

core::Result<void> write_overlay(const std::vector<Seen>& pictures, const std::filesystem::path& file) try {
  std::vector<unsigned char> png;
  cv::imencode(".png", overlay(pictures), png);
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
  if (!out.flush()) return core::fail(core::Fault::broken, "the overlay cannot be written");
  return {};
} catch (const cv::Exception& error) {
  return core::fail(core::Fault::broken, "the overlay cannot be drawn: " + error.err);
}

}  // namespace reader
