#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/faces.hpp"
#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/paint.hpp"

namespace world {
namespace {

struct Ground {
  cv::Scalar sheet = {235, 238, 238};
  cv::Scalar ink = {20, 20, 20};
};

Ground ground_of(const std::string& country, Dice& dice) {
  if (country == "NL") return {{20, 185, 240}, {20, 20, 20}};
  if (country == "LU") return {{30, 205, 240}, {20, 20, 20}};
  if (country == "BE") return {{235, 238, 238}, {35, 20, 120}};
  if (country == "GB" && dice.chance(0.5)) return {{40, 200, 240}, {20, 20, 20}};
  return {};
}

// The blue band, with the country's letters at its foot.
void band(Panel& panel, const std::string& country, int wide, const Fonts& fonts, Dice& dice) {
  cv::rectangle(panel.paint, cv::Rect(0, 0, wide, panel.paint.rows), cv::Scalar(150, 60, 10), cv::FILLED);
  Pen pen;
  pen.font = &fonts.plate(dice);
  pen.cap = static_cast<float>(wide) * 0.45F;
  pen.stretch = 0.8F;
  const std::string letters = country == "DE" ? "D" : country == "FR" ? "F" : country == "BE" ? "B" : country;
  Panel aside{panel.paint, {}};  // the band's letters are no lettering that a reader should find
  letter(aside, letters, pen, {static_cast<float>(wide) * 0.2F, static_cast<float>(panel.paint.rows) * 0.65F},
         Kind::other, dice);
  cv::circle(panel.paint, {wide / 2, panel.paint.rows / 3}, wide / 4, cv::Scalar(40, 200, 230),
             std::max(1, wide / 12));
}

// A dark shield with a light cross of two bars on three hills, nearly as high as the letters.
void slovak_arms(cv::Mat& paint, cv::Point2f middle, float size, Dice& dice) {
  const int red = dice.whole(110, 225), light = dice.whole(190, 240);
  const float w = size * static_cast<float>(dice.real(0.36, 0.44)), h = size / 2;
  const std::vector<cv::Point> shield = {middle + cv::Point2f(-w, -h), middle + cv::Point2f(w, -h),
                                         middle + cv::Point2f(w, h * 0.35F), middle + cv::Point2f(0, h),
                                         middle + cv::Point2f(-w, h * 0.35F)};
  cv::fillConvexPoly(paint, shield, cv::Scalar(red / 4, red / 4, red));
  const int stroke = std::max(1, static_cast<int>(std::lround(size * dice.real(0.08, 0.14))));
  const cv::Scalar figure(light, light, light);
  const auto bar = [&](float left, float top, float right, float bottom) {
    cv::line(paint, middle + cv::Point2f(left * w, top * h), middle + cv::Point2f(right * w, bottom * h),
             figure, stroke);
  };
  bar(0, -0.8F, 0, 0.5F);
  bar(-0.35F, -0.5F, 0.35F, -0.5F);
  bar(-0.55F, -0.1F, 0.55F, -0.1F);
  cv::ellipse(paint, middle + cv::Point2f(0, 0.55F * h), cv::Size2f(w * 0.6F, h * 0.25F), 0, 180, 360,
              cv::Scalar(dice.whole(60, 180), 60, 40), cv::FILLED);
  if (dice.chance(0.6)) cv::polylines(paint, shield, true, figure * 0.9, std::max(1, stroke / 2));
}

// A seal, a sticker or a coat of arms: to a reader it looks much like a letter, and is none.
void emblem(cv::Mat& paint, cv::Point2f middle, float size, Dice& dice) {
  const auto tone = [&dice] {
    return cv::Scalar(dice.whole(30, 210), dice.whole(30, 210), dice.whole(30, 230));
  };
  const cv::Scalar ground = tone(), figure = dice.chance(0.6) ? cv::Scalar(235, 235, 235) : tone();
  const int stroke = std::max(1, static_cast<int>(size * 0.12F));
  if (dice.chance(0.5)) {
    cv::circle(paint, middle, static_cast<int>(size / 2), ground, cv::FILLED);
    if (dice.chance(0.5)) cv::circle(paint, middle, static_cast<int>(size / 3), figure, stroke);
  } else {
    const float w = size * 0.42F, h = size * 0.5F;
    const std::vector<cv::Point> shield = {middle + cv::Point2f(-w, -h), middle + cv::Point2f(w, -h),
                                           middle + cv::Point2f(w, h * 0.3F), middle + cv::Point2f(0, h),
                                           middle + cv::Point2f(-w, h * 0.3F)};
    cv::fillConvexPoly(paint, shield, ground);
    if (dice.chance(0.5)) cv::polylines(paint, shield, true, cv::Scalar(30, 30, 30), std::max(1, stroke / 2));
  }
  for (int i = dice.whole(0, 3); i > 0; --i) {
    const auto near = [&] {
      return cv::Point(middle + cv::Point2f(static_cast<float>(dice.real(-0.3, 0.3)) * size,
                                            static_cast<float>(dice.real(-0.3, 0.3)) * size));
    };
    cv::line(paint, near(), near(), figure, stroke);
  }
}

// Between two groups stands a dash, an emblem or nothing, as the country has it.
float joint(Panel& panel, const std::string& country, char between, float x, float top, const Pen& pen,
            Dice& dice) {
  const float cap = pen.cap;
  const float middle = top + cap / 2;
  if (country == "DE" || country == "CZ" || country == "SK" || country == "AT") {
    const bool two = country == "DE" && dice.chance(0.7);
    const bool arms = country == "SK" && dice.chance(0.8);
    const double least = two ? 0.3 : arms ? 0.55 : 0.34, most = two ? 0.42 : 0.95;
    const float size = cap * static_cast<float>(dice.real(least, most));
    for (int i = 0; i < (two ? 2 : 1); ++i) {
      const float y = two ? top + cap * (0.25F + 0.5F * static_cast<float>(i)) : middle;
      (arms ? slovak_arms : emblem)(panel.paint, {x + cap * 0.08F + size / 2, y}, size, dice);
    }
    return size + cap * 0.2F;
  }
  if (between == '-' && country != "ES") {
    const float wide = cap * 0.22F;
    cv::rectangle(panel.paint,
                  cv::Rect2f(x + cap * 0.06F, middle - cap * 0.05F, wide, std::max(1.F, cap * 0.1F)),
                  pen.colour, cv::FILLED);
    return wide + cap * 0.14F;
  }
  return cap * static_cast<float>(dice.real(0.25, 0.5));
}

// One mark for the whole line, though it is lettered group by group.
void line_of_plate(Panel& panel, const std::string& line, const std::string& country, const Pen& pen,
                   cv::Point2f at, Dice& dice) {
  Panel parts{panel.paint, {}};
  std::string group;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const char c = i < line.size() ? line[i] : '\0';
    if (c != ' ' && c != '-' && c != '\0') {
      group += c;
      continue;
    }
    at.x += letter(parts, group, pen, at, Kind::plate, dice).width + pen.cap * pen.tracking;
    group.clear();
    if (c != '\0') at.x += joint(parts, country, c, at.x, at.y, pen, dice) + pen.cap * pen.tracking;
  }
  Mark whole;
  for (const Mark& part : parts.marks) {
    if (whole.text.empty())
      whole = part;
    else {
      whole.text += part.text;
      whole.centres.insert(whole.centres.end(), part.centres.begin(), part.centres.end());
      whole.corners[1] = part.corners[1];
      whole.corners[2] = part.corners[2];
    }
  }
  if (!whole.text.empty()) panel.marks.push_back(std::move(whole));
}

}  // namespace

void attach(Panel& panel, const Panel& part, const cv::Rect& room) {
  const cv::Rect inside = room & cv::Rect(0, 0, panel.paint.cols, panel.paint.rows);
  if (inside != room || room.empty()) return;
  cv::resize(part.paint, panel.paint(room), room.size(), 0, 0, cv::INTER_AREA);
  const float sx = static_cast<float>(room.width) / static_cast<float>(part.paint.cols);
  const float sy = static_cast<float>(room.height) / static_cast<float>(part.paint.rows);
  for (Mark mark : part.marks) {
    const auto move = [&](cv::Point2f& p) { p = cv::Point2f(p.x * sx, p.y * sy) + cv::Point2f(room.tl()); };
    std::for_each(mark.corners.begin(), mark.corners.end(), move);
    std::for_each(mark.centres.begin(), mark.centres.end(), move);
    panel.marks.push_back(std::move(mark));
  }
}

Panel plate(const std::string& text, const std::string& country, float cap, const Fonts& fonts, Dice& dice) {
  Pen pen;
  pen.font = &fonts.plate(dice);
  pen.cap = cap;
  pen.stretch = static_cast<float>(dice.real(0.65, 1.08));
  pen.tracking = static_cast<float>(dice.real(0.05, 0.28));
  pen.weight = static_cast<float>(dice.chance(0.5) ? 0 : dice.real(-0.03, 0.05));
  const Ground ground = ground_of(country, dice);
  pen.colour = ground.ink;
  const std::size_t bar = text.find('|');
  std::vector<std::string> lines = {text.substr(0, bar)};
  if (bar != std::string::npos) lines.push_back(text.substr(bar + 1));
  const bool banded = !country.empty() && country != "GB" && dice.chance(0.85);
  const float side = banded ? cap * 0.62F : cap * 0.15F;
  const auto count = static_cast<float>(lines.size());
  const float beyond = cap * static_cast<float>(dice.real(0.2, 0.7));
  constexpr float roomy = 2;  // for a sign, emblems and tracking included
  Panel panel;
  panel.paint = cv::Mat(static_cast<int>(cap * (0.5F + count * 1.15F)),
                        static_cast<int>(side + cap * roomy * static_cast<float>(text.size() + 1)), CV_8UC3,
                        ground.sheet);
  if (banded) band(panel, country, static_cast<int>(side * 0.9F), fonts, dice);
  const bool banded_right = banded && (country == "FR" || country == "IT") && dice.chance(0.8);
  for (std::size_t i = 0; i < lines.size(); ++i)
    line_of_plate(panel, lines[i], country, pen,
                  {side + cap * 0.15F, cap * (0.3F + 1.15F * static_cast<float>(i))}, dice);
  float end = side;
  for (const Mark& mark : panel.marks) end = std::max({end, mark.corners[1].x, mark.corners[2].x});
  panel.paint = panel.paint.colRange(0, static_cast<int>(end + beyond)).clone();
  if (banded_right) {
    cv::copyMakeBorder(panel.paint, panel.paint, 0, 0, 0, static_cast<int>(side * 0.8F), cv::BORDER_CONSTANT,
                       {150, 60, 10});
  }
  const int border = std::max(1, static_cast<int>(cap * 0.06F));
  cv::rectangle(panel.paint, cv::Rect(0, 0, panel.paint.cols, panel.paint.rows), ground.ink, border);
  return panel;
}

namespace {

// Fastens a plate of true size (letters about 75 mm) with its middle at `at`.
void mount_plate(Panel& panel, const std::string& text, const std::string& country, float scale, cv::Point at,
                 const Fonts& fonts, Dice& dice) {
  if (text.empty()) return;
  Panel part = plate(text, country, 48, fonts, dice);
  mottle(part.paint, 0.5, dice);
  const double size = scale * 0.11 * (text.find('|') == std::string::npos ? 1 : 1.8) / part.paint.rows;
  const int w = static_cast<int>(part.paint.cols * size);
  const int h = static_cast<int>(part.paint.rows * size);
  attach(panel, part, {at.x - w / 2, at.y - h / 2, w, h});
}

void lamp(cv::Mat& paint, cv::Point at, int radius, const cv::Scalar& colour) {
  cv::ellipse(paint, at, {radius * 3 / 2, radius}, 0, 0, 360, colour, cv::FILLED);
  cv::ellipse(paint, at, {radius * 3 / 2, radius}, 0, 0, 360, cv::Scalar(40, 40, 40),
              std::max(1, radius / 8));
}

}  // namespace

Panel cab(const std::string& plate_text, const std::string& country, float scale, const Fonts& fonts,
          Dice& dice) {
  const auto px = [scale](double metres) { return static_cast<int>(metres * scale); };
  const cv::Scalar colour(dice.whole(20, 220), dice.whole(20, 220), dice.whole(20, 220));
  Panel panel{cv::Mat(px(3.2), px(2.5), CV_8UC3, colour), {}};
  cv::Mat& paint = panel.paint;
  cv::rectangle(paint, cv::Rect(px(0.15), px(0.45), px(2.2), px(0.95)), cv::Scalar(70, 60, 50), cv::FILLED);
  cv::rectangle(paint, cv::Rect(px(0.15), px(0.45), px(2.2), px(0.3)), cv::Scalar(120, 110, 95), cv::FILLED);
  for (int i = 0; i < 6; ++i)  // grille
    cv::rectangle(paint, cv::Rect(px(0.45), px(1.6 + 0.13 * i), px(1.6), px(0.07)), colour * 0.4, cv::FILLED);
  Pen pen;
  pen.font = &fonts.any(dice);
  pen.cap = static_cast<float>(px(0.09));
  pen.colour = colour * 0.3 + cv::Scalar(130, 130, 130);
  if (dice.chance(0.7)) letter(panel, word(dice), pen, cv::Point(px(0.7), px(1.45)), Kind::other, dice);
  if (dice.chance(0.4)) letter(panel, word(dice), pen, cv::Point(px(0.6), px(0.2)), Kind::other, dice);
  cv::rectangle(paint, cv::Rect(0, px(2.45), paint.cols, px(0.75)), colour * 0.5, cv::FILLED);
  const bool lit = dice.chance(0.4);
  for (const double x : {0.3, 2.2})
    lamp(paint, {px(x), px(2.62)}, px(0.11), lit ? cv::Scalar(235, 250, 255) : cv::Scalar(170, 175, 175));
  mottle(paint, 0.6, dice);
  mount_plate(panel, plate_text, country, scale,
              {px(1.25) + px(dice.real(-0.08, 0.08)), px(dice.real(2.75, 2.95))}, fonts, dice);
  return panel;
}

Panel rear_beam(const std::string& plate_text, const std::string& country, float scale, const Fonts& fonts,
                Dice& dice) {
  const auto px = [scale](double metres) { return static_cast<int>(metres * scale); };
  const int grey = dice.whole(25, 80);
  Panel panel{cv::Mat(px(0.5), px(2.5), CV_8UC3, cv::Scalar(grey, grey, grey)), {}};
  for (const double x : {0.25, 2.25}) {
    cv::rectangle(panel.paint, cv::Rect(px(x - 0.2), px(0.12), px(0.4), px(0.16)), cv::Scalar(30, 25, 170),
                  cv::FILLED);
    cv::rectangle(panel.paint, cv::Rect(px(x - 0.05), px(0.12), px(0.1), px(0.16)), cv::Scalar(30, 120, 230),
                  cv::FILLED);
  }
  for (const double x : {0.6, 1.7})
    cv::rectangle(panel.paint, cv::Rect(px(x), px(0.02), px(0.3), px(0.08)), cv::Scalar(40, 180, 220),
                  cv::FILLED);
  mottle(panel.paint, 1, dice);
  mount_plate(panel, plate_text, country, scale, {px(1.25) + px(dice.real(-0.25, 0.25)), px(0.3)}, fonts,
              dice);
  return panel;
}

}  // namespace world
