// The flat faces of a container and a truck, painted and lettered. `scale` is pixels a metre.
#pragma once

#include <string>

#include "tests/world/render/panel.hpp"

namespace world {

/// How one container is painted; all its faces share it.
struct Livery {
  std::string code;       // empty: a nameless box
  std::string size_type;  // empty: none painted
  cv::Scalar paint;
  cv::Scalar ink;
  const Font* font = nullptr;
  float stretch = 1;
  float tracking = 0.1F;
  float weight = 0;
  double boxed = 0.75;   // how likely the check digit stands in a frame
  double wear = 0;       // of the lettering, 0..1
  double neglect = 0.2;  // rust, dents, streaks, 0..1
  bool plain = false;    // only what a demonstration needs: horizontal codes with even spacing
};

Livery livery(const Fonts& fonts, Dice& dice);

enum class Layout { one_line, two_lines, three_lines, vertical, vertical_pair };

/// Letters the code (and the size type beside or below it) into `room`; too small a room gets smaller
/// letters.
void code_block(Panel& panel, const Livery& livery, Layout layout, float cap, cv::Rect2f room, Dice& dice);

Panel doors(const Livery& livery, float scale, float height, const Fonts& fonts, Dice& dice);
/// A long wall, its front or roof: `length` x `height` metres; the code stands near the right end.
Panel wall(const Livery& livery, float scale, float length, float height, const Fonts& fonts, Dice& dice);
Panel front_wall(const Livery& livery, float scale, float height, const Fonts& fonts, Dice& dice);
/// The code stands at the lower right, upright for who looks from below the panel.
Panel roof(const Livery& livery, float scale, float width, float depth, const Fonts& fonts, Dice& dice);

/// `text` as it is written, '|' between the lines of a square plate. `cap` pixels high letters.
Panel plate(const std::string& text, const std::string& country, float cap, const Fonts& fonts, Dice& dice);

/// The front of a tractor, 2.5 m wide, with its plate (none when empty).
Panel cab(const std::string& plate_text, const std::string& country, float scale, const Fonts& fonts,
          Dice& dice);
/// The rear beam of a trailer with lamps and plate, 2.5 m x 0.5 m.
Panel rear_beam(const std::string& plate_text, const std::string& country, float scale, const Fonts& fonts,
                Dice& dice);

/// Fastens a part onto a panel: scaled to `room` (pixels), its marks too.
void attach(Panel& panel, const Panel& part, const cv::Rect& room);

}  // namespace world
