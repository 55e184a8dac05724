#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/paint.hpp"
#include "tests/world/render/scene.hpp"
#include "tests/world/render/weather.hpp"

namespace world {
namespace {

constexpr float drawn_cap = 44;  // letters are drawn this high and then seen from afar

void age_patch(cv::Mat& paint, const Livery& box, bool lying, Dice& dice) {
  mottle(paint, 0.5 + box.neglect, dice);
  if (dice.chance(0.5)) corrugate(paint, drawn_cap * dice.real(1.5, 4), dice.real(0, 0.4), lying, dice);
  if (dice.chance(box.neglect)) rust(paint, dice.real(0, 0.5), dice);
  if (dice.chance(box.neglect)) grime(paint, dice.real(0, 0.6), dice);
  if (dice.chance(box.neglect * 0.5)) streaks(paint, dice.real(0, 0.6), dice);
  if (dice.chance(0.06)) mud(paint, dice.real(0, 0.15), dice);
}

// Door rods, posts and chains pass before the lettering.
void bars(cv::Mat& paint, Dice& dice) {
  for (int i = dice.whole(1, 2); i > 0; --i) {
    const int wide = static_cast<int>(drawn_cap * dice.real(0.1, 0.6));
    const int tone = dice.whole(20, 220);
    cv::rectangle(paint, cv::Rect(dice.whole(0, paint.cols), 0, wide, paint.rows),
                  cv::Scalar(tone, tone, tone), cv::FILLED);
  }
}

Panel code_patch(const Fonts& fonts, Dice& dice) {
  const Livery box = livery(fonts, dice);
  const double roll = dice.real(0, 1);
  const Layout layout = roll < 0.42   ? Layout::one_line
                        : roll < 0.54 ? Layout::two_lines
                        : roll < 0.6  ? Layout::three_lines
                        : roll < 0.96 ? Layout::vertical
                                      : Layout::vertical_pair;
  const bool upright = layout == Layout::vertical || layout == Layout::vertical_pair;
  const cv::Size size =
      upright ? cv::Size(230, 960) : cv::Size(720, layout == Layout::three_lines ? 330 : 250);
  Panel panel{cv::Mat(size, CV_8UC3, box.paint), {}};
  code_block(panel, box, layout, drawn_cap,
             cv::Rect2f(45, 40, static_cast<float>(size.width) - 90, static_cast<float>(size.height) - 70),
             dice);
  age_patch(panel.paint, box, upright && dice.chance(0.2), dice);
  if (!upright && dice.chance(0.12)) bars(panel.paint, dice);
  return panel;
}

Panel plate_patch(const Fonts& fonts, Dice& dice) {
  PlateText text = plate_text(dice);
  if (dice.chance(0.12)) {  // a square plate: two lines, broken where a group ends
    const std::size_t gap = text.written.find_first_of("- ");
    if (gap != std::string::npos) text.written[gap] = '|';
  }
  const Panel sign = plate(text.written, text.country, drawn_cap, fonts, dice);
  const int tone = dice.whole(10, 220);
  Panel panel{cv::Mat(sign.paint.rows + 70, sign.paint.cols + 90, CV_8UC3, cv::Scalar(tone, tone, tone)), {}};
  attach(panel, sign, {45, 35, sign.paint.cols, sign.paint.rows});
  mottle(panel.paint, dice.real(0.2, 1.5), dice);
  if (dice.chance(0.3)) grime(panel.paint, dice.real(0, 0.6), dice);
  if (dice.chance(0.1)) mud(panel.paint, dice.real(0, 0.15), dice);
  return panel;
}

Panel word_patch(const Fonts& fonts, Dice& dice) {
  const Livery box = livery(fonts, dice);
  Panel panel{cv::Mat(170, 760, CV_8UC3, box.paint), {}};
  Pen pen;
  pen.font = &fonts.any(dice);
  pen.cap = drawn_cap;
  pen.stretch = static_cast<float>(dice.real(0.75, 1.2));
  pen.colour = box.ink;
  pen.wear = box.wear;
  const std::string text = dice.chance(0.5) ? table_line(dice) : word(dice);
  const float wide = extent(text, pen);
  if (wide > 680) pen.cap *= 680 / wide;
  letter(panel, text, pen, {40, 60}, Kind::other, dice);
  age_patch(panel.paint, box, false, dice);
  return panel;
}

// Seen from somewhere, so large that its letters come out `cap` pixels high.
Rendered seen(const Panel& panel, double cap, Dice& dice) {
  const double scale = cap / drawn_cap;
  const auto w = static_cast<float>(panel.paint.cols);
  const auto h = static_cast<float>(panel.paint.rows);
  const double yaw = dice.real(0.65, 1);  // foreshortening
  const double pitch = dice.real(0.75, 1);
  const double shear = dice.real(-0.15, 0.15);
  const double turn = dice.real(-0.12, 0.12);
  const double taper = dice.real(-0.12, 0.12);
  std::array<cv::Point2f, 4> from = {cv::Point2f(0, 0), {w, 0}, {w, h}, {0, h}};
  std::array<cv::Point2f, 4> to;
  cv::Point2f low(1e6F, 1e6F), high(-1e6F, -1e6F);
  for (std::size_t i = 0; i < 4; ++i) {
    const double x = from[i].x * scale * yaw;
    const double y = (from[i].y - h / 2) * scale * pitch * (1 + taper * (from[i].x / w - 0.5)) + shear * x;
    to[i] = cv::Point2f(static_cast<float>(x * std::cos(turn) - y * std::sin(turn)),
                        static_cast<float>(x * std::sin(turn) + y * std::cos(turn)));
    low = {std::min(low.x, to[i].x), std::min(low.y, to[i].y)};
    high = {std::max(high.x, to[i].x), std::max(high.y, to[i].y)};
  }
  for (cv::Point2f& p : to) p -= low;
  const cv::Mat homography = cv::getPerspectiveTransform(from.data(), to.data());
  Rendered out;
  cv::warpPerspective(panel.paint, out.picture, homography,
                      cv::Size(cv::Point2f(high - low) + cv::Point2f(1, 1)),
                      scale < 0.6 ? cv::INTER_AREA : cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  for (Mark mark : panel.marks) {
    std::vector<cv::Point2f> points(mark.corners.begin(), mark.corners.end());
    cv::perspectiveTransform(points, points, homography);
    std::copy(points.begin(), points.end(), mark.corners.begin());
    cv::perspectiveTransform(mark.centres, mark.centres, homography);
    out.marks.push_back(std::move(mark));
  }
  return out;
}

}  // namespace

Rendered render_patch(const Fonts& fonts, Dice& dice) {
  const double roll = dice.real(0, 1);
  Panel panel = roll < 0.56  ? code_patch(fonts, dice)
                : roll < 0.9 ? plate_patch(fonts, dice)
                             : word_patch(fonts, dice);
  const double cap = std::exp(dice.real(std::log(8.5), std::log(40)));
  if (cap < 22)
    cv::GaussianBlur(panel.paint, panel.paint, {},
                     0.4 * drawn_cap / cap);  // a lens does this before sampling
  Rendered out = seen(panel, cap, dice);
  Weather weather = wild_weather(dice, std::clamp(cap / 22, 0.45, 1.6));
  weather.shadow *= 0.8;
  expose(out.picture, weather, dice);
  through_jpeg(out.picture, weather.jpeg);
  return out;
}

}  // namespace world
