#include <algorithm>
#include <cmath>

#include "tests/world/render/faces.hpp"
#include "tests/world/render/lexicon.hpp"

namespace world {
namespace {

cv::Scalar random_paint(Dice& dice) {
  // Blue, green, red that boxes have; then anything.
  static const std::vector<cv::Scalar> usual = {
      {35, 35, 110},   {40, 30, 150}, {110, 60, 25},  {140, 90, 30}, {60, 90, 30},  {120, 120, 120},
      {205, 205, 205}, {25, 90, 190}, {30, 160, 215}, {70, 45, 40},  {90, 75, 115}, {130, 140, 60}};
  cv::Scalar paint = dice.chance(0.8)
                         ? dice.pick(usual)
                         : cv::Scalar(dice.whole(10, 230), dice.whole(10, 230), dice.whole(10, 230));
  for (int c = 0; c < 3; ++c)
    paint[c] = std::clamp(paint[c] * dice.real(0.75, 1.25) + dice.real(-12, 12), 5.0, 245.0);
  return paint;
}

cv::Scalar ink_on(const cv::Scalar& paint, Dice& dice) {
  const double luma = 0.11 * paint[0] + 0.59 * paint[1] + 0.3 * paint[2];
  const double contrast = dice.real(70, 190);
  const double ink = luma > 125 ? std::max(5.0, luma - contrast) : std::min(250.0, luma + contrast);
  const cv::Scalar tint(dice.real(-8, 8), dice.real(-8, 8), dice.real(-8, 8));
  return cv::Scalar(ink, ink, ink) + tint;
}

struct CodeWords {
  std::string owner, number, check;
};

CodeWords words_of(const std::string& code) {
  return {code.substr(0, 4), code.substr(4, 6), code.substr(std::min<std::size_t>(code.size(), 10))};
}

Pen pen_of(const Livery& livery, float cap, bool vertical, Dice& dice) {
  Pen pen;
  pen.font = livery.font;
  pen.cap = cap;
  pen.stretch = livery.stretch;
  pen.weight = livery.weight;
  pen.tracking = vertical ? static_cast<float>(dice.real(0.08, 0.4)) : livery.tracking;
  pen.blank = static_cast<float>(livery.plain ? 0.5 : dice.real(0.25, 0.9));
  pen.colour = livery.ink;
  pen.opacity = dice.real(0.85, 1);
  pen.wear = livery.wear;
  pen.vertical = vertical;
  return pen;
}

// Gaps between owner and number run from a narrow blank to a door rod's width.
std::string joint(const Livery& livery, Dice& dice) {
  return livery.plain || dice.chance(0.7) ? " "
                                          : std::string(static_cast<std::size_t>(dice.whole(2, 4)), ' ');
}

void horizontal(Panel& panel, const Livery& livery, Layout layout, Pen pen, cv::Rect2f room, Dice& dice) {
  const CodeWords w = words_of(livery.code);
  const bool boxed = dice.chance(livery.boxed);
  const std::string tail = w.check.empty() ? "" : (boxed || dice.chance(0.6) ? " " + w.check : w.check);
  const float step = pen.cap * static_cast<float>(livery.plain ? 1.7 : dice.real(1.25, 1.7));
  std::vector<std::string> lines;
  if (layout == Layout::one_line) lines = {w.owner + joint(livery, dice) + w.number + tail};
  if (layout == Layout::two_lines) lines = {w.owner, w.number + tail};
  if (layout == Layout::three_lines) lines = {w.owner, w.number.substr(0, 3), w.number.substr(3) + tail};
  float widest = 1;
  for (const std::string& line : lines) widest = std::max(widest, extent(line, pen));
  if (widest > room.width) pen.cap *= room.width / widest;
  cv::Point2f at = room.tl();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    letter(panel, lines[i], pen, at, Kind::code, dice, boxed && i + 1 == lines.size());
    at.y += step;
  }
  if (livery.size_type.empty()) return;
  if (!livery.plain && dice.chance(0.15)) at.x += extent(lines.back(), pen) * 0.4F;
  if (dice.chance(0.3)) pen.cap *= 0.85F;
  letter(panel, livery.size_type, pen, at, Kind::size_type, dice);
}

void vertical(Panel& panel, const Livery& livery, Layout layout, Pen pen, cv::Rect2f room, Dice& dice) {
  const CodeWords w = words_of(livery.code);
  const bool boxed = dice.chance(livery.boxed);
  const std::string gap = boxed || dice.chance(0.5) ? " " : "";
  const std::string full = w.owner + " " + w.number + gap + w.check;
  const bool pair = layout == Layout::vertical_pair;
  const float longest = extent(pair ? w.number + gap + w.check : full, pen);
  if (longest > room.height) pen.cap *= room.height / longest;
  cv::Point2f at = room.tl();
  const float step = pen.cap * static_cast<float>(dice.real(1.1, 1.8));
  if (pair) {
    letter(panel, w.owner, pen, at, Kind::code, dice);
    at.x += step;
    letter(panel, w.number + gap + w.check, pen, at, Kind::code, dice, boxed);
  } else {
    letter(panel, full, pen, at, Kind::code, dice, boxed);
  }
  if (livery.size_type.empty()) return;
  const bool below = dice.chance(0.2);
  if (below)
    at.y += extent(full, pen) + pen.cap * 1.5F;
  else
    at.x += step * static_cast<float>(dice.real(1, 2.2));
  letter(panel, livery.size_type, pen, at, Kind::size_type, dice);
}

}  // namespace

Livery livery(const Fonts& fonts, Dice& dice) {
  Livery out;
  out.code = container_code(dice);
  if (dice.chance(0.85)) out.size_type = size_type(dice);
  out.paint = random_paint(dice);
  out.ink = ink_on(out.paint, dice);
  out.font = &fonts.bold(dice);
  out.stretch = static_cast<float>(dice.real(0.55, 1.15));
  // Some letter a corrugated wall panel by panel, far apart.
  out.tracking = static_cast<float>(dice.chance(0.08) ? dice.real(0.3, 0.75) : dice.real(0.02, 0.3));
  out.weight = static_cast<float>(dice.chance(0.5) ? 0 : dice.real(-0.035, 0.06));
  out.wear = dice.chance(0.5) ? 0 : dice.real(0, 0.55);
  out.neglect = dice.chance(0.4) ? dice.real(0, 0.15) : dice.real(0, 1);
  return out;
}

void code_block(Panel& panel, const Livery& livery, Layout layout, float cap, cv::Rect2f room, Dice& dice) {
  if (livery.code.empty()) return;
  if (layout == Layout::vertical || layout == Layout::vertical_pair)
    vertical(panel, livery, layout, pen_of(livery, cap, true, dice), room, dice);
  else
    horizontal(panel, livery, layout, pen_of(livery, cap, false, dice), room, dice);
}

}  // namespace world
