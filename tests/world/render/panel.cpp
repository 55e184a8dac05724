#include "tests/world/render/panel.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tests/world/render/paint.hpp"

namespace world {
namespace {

std::u32string decode(const std::string& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xC0 && i + 1 < text.size())
      out += static_cast<char32_t>(((byte & 0x1FU) << 6U) | (static_cast<unsigned char>(text[++i]) & 0x3FU));
    else
      out += static_cast<char32_t>(byte);
  }
  return out;
}

// What a reader is to say for a glyph, in DIN 66003; 0 for none.
char spoken(char32_t letter) {
  switch (letter) {
    case U'Ä':
      return '[';
    case U'Ö':
      return '\\';
    case U'Ü':
      return ']';
    default:
      break;
  }
  if (letter < 128 && std::isalnum(static_cast<int>(letter)) != 0)
    return static_cast<char>(std::toupper(static_cast<int>(letter)));
  return 0;
}

struct Placed {
  char label = 0;
  Glyph glyph;
  cv::Point2f at;  // left top of the mask
  cv::Rect2f cell;
};

bool is_umlaut(char label) { return label == '[' || label == '\\' || label == ']'; }

// On plates letters with dots are no higher than those without.
void fit_below(int cap, Glyph& glyph) {
  cv::resize(glyph.mask, glyph.mask, {glyph.mask.cols, cap}, 0, 0, cv::INTER_AREA);
  glyph.top = cap;
}

// Lays the glyphs out from (0, 0); a cell is the room of one letter: its advance wide, one cap high.
std::vector<Placed> lay_out(const std::string& text, const Pen& pen) {
  std::vector<Placed> placed;
  float along = 0;
  float width = 1;  // of a vertical line's column: its widest glyph
  if (pen.vertical)
    for (const char32_t letter : decode(text))
      width = std::max(width, static_cast<float>(pen.font->glyph(letter, pen.cap, pen.stretch).mask.cols));
  for (const char32_t letter : decode(text)) {
    if (letter == U' ') {
      along += pen.blank * pen.cap;
      continue;
    }
    Placed one;
    one.label = spoken(letter);
    one.glyph = pen.font->glyph(letter, pen.cap, pen.stretch);
    if (is_umlaut(one.label)) fit_below(std::max(1, static_cast<int>(pen.cap)), one.glyph);
    const auto mask_width = static_cast<float>(one.glyph.mask.cols);
    const float down = pen.cap - static_cast<float>(one.glyph.top);
    if (pen.vertical) {
      one.at = {(width - mask_width) / 2, along + down};
      one.cell = {0, along, width, pen.cap};
      along += pen.cap * (1 + pen.tracking);
    } else {
      one.at = {along + static_cast<float>(one.glyph.left), down};
      one.cell = {one.at.x, 0, std::max(mask_width, 1.F), pen.cap};
      along += one.glyph.advance + pen.tracking * pen.cap;
    }
    placed.push_back(std::move(one));
  }
  return placed;
}

// A font's strokes made fatter or thinner: every maker of stencils cuts a little differently.
void reweigh(cv::Mat& mask, const Pen& pen) {
  const int pixels = static_cast<int>(std::lround(std::abs(pen.weight) * pen.cap));
  if (pixels == 0) return;
  const cv::Mat brush = cv::getStructuringElement(cv::MORPH_ELLIPSE, {pixels + 1, pixels + 1});
  if (pen.weight > 0)
    cv::dilate(mask, mask, brush);
  else
    cv::erode(mask, mask, brush);
}

void stamp(cv::Mat& mask, const Placed& one, cv::Point2f at) {
  const cv::Rect room(static_cast<int>(std::lround(one.at.x + at.x)),
                      static_cast<int>(std::lround(one.at.y + at.y)), one.glyph.mask.cols,
                      one.glyph.mask.rows);
  const cv::Rect inside = room & cv::Rect(0, 0, mask.cols, mask.rows);
  if (inside.empty()) return;
  cv::Mat target = mask(inside);
  cv::max(target, one.glyph.mask(inside - room.tl()), target);
}

cv::Rect2f around(const std::vector<Placed>& placed, std::size_t first, std::size_t last) {
  cv::Rect2f box = placed[first].cell;
  for (std::size_t i = first + 1; i < last; ++i) box |= placed[i].cell;
  return box;
}

void add_mark(Panel& panel, const std::vector<Placed>& placed, std::size_t first, std::size_t last,
              cv::Point2f at, bool vertical, Kind kind) {
  Mark mark;
  mark.kind = kind;
  mark.vertical = vertical;
  for (std::size_t i = first; i < last; ++i) {
    if (placed[i].label == 0) continue;
    mark.text += placed[i].label;
    mark.centres.push_back(at + (placed[i].cell.tl() + placed[i].cell.br()) / 2);
  }
  if (mark.text.empty()) return;
  const cv::Rect2f box = around(placed, first, last) + at;
  mark.corners = {box.tl(), {box.x + box.width, box.y}, box.br(), {box.x, box.y + box.height}};
  panel.marks.push_back(std::move(mark));
}

// One mark for each run of letters without a wide gap: that is what a line detector should find.
void add_marks(Panel& panel, const std::vector<Placed>& placed, cv::Point2f at, const Pen& pen, Kind kind) {
  std::size_t first = 0;
  for (std::size_t i = 1; i <= placed.size(); ++i) {
    const bool end = i == placed.size();
    const float gap = end            ? 0
                      : pen.vertical ? placed[i].cell.y - placed[i - 1].cell.br().y
                                     : placed[i].cell.x - placed[i - 1].cell.br().x;
    if (!end && gap <= pen.cap) continue;
    add_mark(panel, placed, first, i, at, pen.vertical, kind);
    first = i;
  }
}

void frame(cv::Mat& mask, const Placed& last, cv::Point2f at, const Pen& pen, Dice& dice) {
  const auto gap = static_cast<float>(dice.real(0.06, 0.2)) * pen.cap;
  const cv::Rect2f cell = last.cell + at;
  const int thick = std::max(1, static_cast<int>(std::lround(pen.cap * dice.real(0.05, 0.13))));
  cv::rectangle(mask, cv::Rect2f(cell.x - gap, cell.y - gap, cell.width + 2 * gap, cell.height + 2 * gap),
                cv::Scalar(255), thick);
}

}  // namespace

cv::Rect2f letter(Panel& panel, const std::string& text, const Pen& pen, cv::Point2f at, Kind kind,
                  Dice& dice, bool boxed) {
  const std::vector<Placed> placed = lay_out(text, pen);
  if (placed.empty()) return {};
  const cv::Rect2f all = around(placed, 0, placed.size()) + at;
  const float room = pen.cap * 0.6F;
  const cv::Rect area =
      cv::Rect(cv::Rect2f(all.x - room, all.y - room, all.width + 2 * room, all.height + 2 * room)) &
      cv::Rect(0, 0, panel.paint.cols, panel.paint.rows);
  if (area.empty()) return all;
  cv::Mat mask(area.size(), CV_8U, cv::Scalar(0));
  const cv::Point2f origin = at - cv::Point2f(area.tl());
  for (const Placed& one : placed) stamp(mask, one, origin);
  reweigh(mask, pen);
  if (boxed) frame(mask, placed.back(), origin, pen, dice);
  if (pen.wear > 0) wear_off(mask, pen.wear, dice);
  cv::Mat target = panel.paint(area);
  blend(target, mask, pen.colour, pen.opacity);
  add_marks(panel, placed, at, pen, kind);
  return all;
}

float extent(const std::string& text, const Pen& pen) {
  const std::vector<Placed> placed = lay_out(text, pen);
  if (placed.empty()) return 0;
  const cv::Rect2f box = around(placed, 0, placed.size());
  return pen.vertical ? box.height : box.width;
}

}  // namespace world
