#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/faces.hpp"
#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/paint.hpp"

namespace world {
namespace {

Panel sheet(const Livery& livery, float scale, float width, float height) {
  Panel panel;
  panel.paint = cv::Mat(std::max(8, static_cast<int>(height * scale)),
                        std::max(8, static_cast<int>(width * scale)), CV_8UC3, livery.paint);
  return panel;
}

Pen small_pen(const Livery& livery, const Fonts& fonts, float cap, Dice& dice) {
  Pen pen;
  pen.font = &fonts.any(dice);
  pen.cap = cap;
  pen.stretch = static_cast<float>(dice.real(0.75, 1.2));
  pen.tracking = static_cast<float>(dice.real(0.02, 0.2));
  pen.colour = livery.ink;
  pen.opacity = dice.real(0.7, 1);
  pen.wear = livery.wear;
  return pen;
}

void age(cv::Mat& paint, double neglect, Dice& dice) {
  mottle(paint, 0.4 + neglect, dice);
  if (neglect < 0.1) return;
  if (dice.chance(neglect)) rust(paint, neglect * dice.real(0, 1), dice);
  if (dice.chance(neglect)) streaks(paint, neglect * dice.real(0, 1), dice);
  if (dice.chance(neglect)) grime(paint, neglect * dice.real(0, 0.8), dice);
}

void rod(cv::Mat& paint, float x, float scale, const cv::Scalar& colour) {
  const int wide = std::max(2, static_cast<int>(0.04F * scale));
  const int left = static_cast<int>(x) - wide / 2;
  cv::rectangle(paint, cv::Rect(left + wide, 0, wide, paint.rows), colour * 0.35, cv::FILLED);  // its shadow
  cv::rectangle(paint, cv::Rect(left, 0, wide, paint.rows), colour * 0.8, cv::FILLED);
  cv::rectangle(paint, cv::Rect(left + wide / 4, 0, std::max(1, wide / 3), paint.rows), colour, cv::FILLED);
}

void hardware(cv::Mat& paint, float scale, const cv::Scalar& paint_colour, Dice& dice) {
  const auto w = static_cast<float>(paint.cols);
  const cv::Scalar steel = dice.chance(0.6) ? cv::Scalar(165, 170, 172) : paint_colour * 1.1;
  for (const float at : {0.14F, 0.37F, 0.63F, 0.86F})
    rod(paint, w * (at + static_cast<float>(dice.real(-0.015, 0.015))), scale, steel);
  cv::rectangle(paint, cv::Rect(static_cast<int>(w / 2) - 2, 0, 4, paint.rows), cv::Scalar(25, 25, 25),
                cv::FILLED);
  for (int i = 0; i < 4; ++i) {  // hinges and handles
    const int y = static_cast<int>(paint.rows * (0.12 + 0.25 * i));
    for (const double x : {0.0, 0.96})
      cv::rectangle(
          paint,
          cv::Rect(static_cast<int>(w * x), y, static_cast<int>(w * 0.04), static_cast<int>(0.09F * scale)),
          paint_colour * 0.6, cv::FILLED);
  }
  cv::rectangle(paint, cv::Rect(0, 0, paint.cols - 1, paint.rows - 1), paint_colour * 0.7,
                std::max(2, static_cast<int>(0.05F * scale)));
}

void table(Panel& panel, const Livery& livery, const Fonts& fonts, float scale, cv::Point2f at, Dice& dice) {
  Pen pen = small_pen(livery, fonts, scale * static_cast<float>(dice.real(0.035, 0.07)), dice);
  const int lines = dice.whole(3, 9);
  for (int i = 0; i < lines; ++i) {
    letter(panel, table_line(dice), pen, at, Kind::other, dice);
    at.y += pen.cap * 1.6F;
  }
}

// Below `top` (a fraction of the height).
void sticker(Panel& panel, const Fonts& fonts, float scale, double top, Dice& dice) {
  const int side = static_cast<int>(scale * dice.real(0.12, 0.35));
  if (panel.paint.cols <= side + 2 || panel.paint.rows <= side + 2) return;
  const cv::Rect room(dice.whole(0, panel.paint.cols - side - 1),
                      dice.whole(static_cast<int>(panel.paint.rows * top), panel.paint.rows - side / 2), side,
                      static_cast<int>(side * dice.real(0.4, 1)));
  const bool yellow = dice.chance(0.5);
  const cv::Scalar ground = yellow ? cv::Scalar(30, 200, 235) : cv::Scalar(220, 220, 220);
  if (dice.chance(0.3)) {
    const std::vector<cv::Point> three = {
        {room.x + room.width / 2, room.y}, {room.x, room.br().y}, room.br()};
    cv::fillConvexPoly(panel.paint, three, ground);
    return;
  }
  cv::rectangle(panel.paint, room, ground, cv::FILLED);
  cv::rectangle(panel.paint, room, cv::Scalar(20, 20, 20), std::max(1, side / 40));
  Pen pen;
  pen.font = &fonts.any(dice);
  pen.colour = {15, 15, 15};
  pen.cap = static_cast<float>(side) * 0.16F;
  letter(panel, word(dice), pen, cv::Point2f(room.tl()) + cv::Point2f(pen.cap, pen.cap) / 2, Kind::other,
         dice);
}

void logo(Panel& panel, const Livery& livery, const Fonts& fonts, cv::Point2f at, float right, float cap,
          Dice& dice) {
  Pen pen = small_pen(livery, fonts, cap, dice);
  pen.stretch = static_cast<float>(dice.real(0.9, 1.4));
  if (dice.chance(0.3)) pen.colour = cv::Scalar(dice.whole(0, 255), dice.whole(0, 255), dice.whole(0, 255));
  const std::string text = word(dice);
  const float room = right - at.x;
  const float wide = extent(text, pen);
  if (wide > room && room > 0) pen.cap *= room / wide;
  letter(panel, text, pen, at, Kind::other, dice);
}

Layout door_layout(const Livery& livery, Dice& dice) {
  if (livery.plain || dice.chance(0.72)) return Layout::one_line;
  return dice.chance(0.8) ? Layout::two_lines : Layout::three_lines;
}

Layout wall_layout(const Livery& livery, Dice& dice) {
  if (livery.plain) return dice.chance(0.7) ? Layout::one_line : Layout::two_lines;
  const double roll = dice.real(0, 1);
  return roll < 0.27   ? Layout::one_line
         : roll < 0.38 ? Layout::two_lines
         : roll < 0.44 ? Layout::three_lines
         : roll < 0.94 ? Layout::vertical
                       : Layout::vertical_pair;
}

float code_cap(const Livery& livery, float scale, Dice& dice) {
  return scale * static_cast<float>(livery.plain ? dice.real(0.11, 0.13) : dice.real(0.085, 0.15));
}

bool upright(Layout layout) { return layout == Layout::vertical || layout == Layout::vertical_pair; }

}  // namespace

Panel doors(const Livery& livery, float scale, float height, const Fonts& fonts, Dice& dice) {
  Panel panel = sheet(livery, scale, 2.44F, height);
  const auto w = static_cast<float>(panel.paint.cols);
  const auto h = static_cast<float>(panel.paint.rows);
  corrugate(panel.paint, h / dice.real(4, 6), dice.real(0.02, 0.22), true, dice);
  const bool covered = dice.chance(livery.plain ? 0.0 : 0.25);  // rods in front of the lettering or beside it
  if (!covered) hardware(panel.paint, scale, livery.paint, dice);
  const float left = w * static_cast<float>(livery.plain ? 0.525 : dice.real(0.5, 0.6));
  const float top = h * static_cast<float>(dice.real(0.05, 0.16));
  code_block(panel, livery, door_layout(livery, dice), code_cap(livery, scale, dice),
             {left, top, w * 0.985F - left, h * 0.4F}, dice);
  if (dice.chance(0.85))
    table(panel, livery, fonts, scale, {w * 0.55F, h * static_cast<float>(dice.real(0.36, 0.5))}, dice);
  if (dice.chance(0.7))
    logo(panel, livery, fonts, {w * 0.06F, h * 0.1F}, w * 0.49F,
         scale * static_cast<float>(dice.real(0.08, 0.2)), dice);
  for (int i = dice.whole(0, 4); i > 0; --i) sticker(panel, fonts, scale, livery.plain ? 0.5 : 0.3, dice);
  age(panel.paint, livery.neglect, dice);
  if (covered) hardware(panel.paint, scale, livery.paint, dice);
  return panel;
}

Panel wall(const Livery& livery, float scale, float length, float height, const Fonts& fonts, Dice& dice) {
  Panel panel = sheet(livery, scale, length, height);
  const auto w = static_cast<float>(panel.paint.cols);
  const auto h = static_cast<float>(panel.paint.rows);
  const double pitch = scale * dice.real(0.2, 0.36);
  const double depth = livery.plain ? dice.real(0.05, 0.15) : dice.real(0.02, 0.4);
  const bool over = dice.chance(0.6);  // light and shade fall on the lettering too
  if (!over) corrugate(panel.paint, pitch, depth, false, dice);
  const Layout layout = wall_layout(livery, dice);
  const float cap = code_cap(livery, scale, dice);
  const float room = upright(layout) ? cap * static_cast<float>(dice.real(2, 7))
                                     : cap * static_cast<float>(dice.real(9.5, 12));
  const float left = std::max(0.F, w - room - scale * static_cast<float>(dice.real(0.1, 0.5)));
  const float top = h * static_cast<float>(dice.real(0.06, upright(layout) ? 0.16 : 0.25));
  code_block(panel, livery, layout, cap, {left, top, room, h * 0.94F - top}, dice);
  if (dice.chance(0.6))
    logo(panel, livery, fonts,
         {w * static_cast<float>(dice.real(0.02, 0.4)), h * static_cast<float>(dice.real(0.4, 0.55))}, w,
         scale * static_cast<float>(dice.real(0.15, 0.7)), dice);
  if (dice.chance(0.3)) table(panel, livery, fonts, scale, {left, h * 0.55F}, dice);
  for (int i = dice.whole(0, 3); i > 0; --i) sticker(panel, fonts, scale, livery.plain ? 0.5 : 0.3, dice);
  if (over) corrugate(panel.paint, pitch, depth * 0.8, false, dice);
  age(panel.paint, livery.neglect, dice);
  return panel;
}

Panel front_wall(const Livery& livery, float scale, float height, const Fonts& fonts, Dice& dice) {
  return wall(livery, scale, 2.44F, height, fonts, dice);
}

Panel roof(const Livery& livery, float scale, float width, float depth, const Fonts&, Dice& dice) {
  Panel panel = sheet(livery, scale, width, depth);
  const auto w = static_cast<float>(panel.paint.cols);
  const auto h = static_cast<float>(panel.paint.rows);
  const float cap = code_cap(livery, scale, dice);
  const float room = std::min(w * 0.92F, cap * static_cast<float>(dice.real(9.5, 12)));
  const float left = std::max(0.F, w - room - scale * static_cast<float>(dice.real(0.1, 0.4)));
  const float top = h - scale * static_cast<float>(dice.real(0.5, std::min(1.2, depth * 0.8)));
  code_block(panel, livery, livery.plain || dice.chance(0.8) ? Layout::one_line : Layout::two_lines, cap,
             {left, top, room, scale * 0.6F}, dice);
  corrugate(panel.paint, scale * dice.real(0.25, 0.5), livery.plain ? 0.06 : dice.real(0.02, 0.25),
            dice.chance(0.5), dice);
  age(panel.paint, std::min(1.0, livery.neglect * 1.3), dice);
  return panel;
}

}  // namespace world
