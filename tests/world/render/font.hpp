// Glyphs out of font files, as grey masks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "tests/world/render/dice.hpp"

namespace world {

/// One drawn glyph: `mask` is 8-bit coverage; its left top corner stands `left`, `-top` from the pen on
/// the base line. All lengths are pixels.
struct Glyph {
  cv::Mat mask;
  int left = 0;
  int top = 0;
  float advance = 0;
};

class Font {
 public:
  virtual ~Font() = default;
  /// `cap` is the height of a capital letter in pixels, `stretch` the width relative to the font's own.
  [[nodiscard]] virtual Glyph glyph(char32_t letter, float cap, float stretch) const = 0;
};

/// Which fonts a picture may use. `demo` needs only fonts-liberation and fonts-dejavu-core.
/// `held_out` families never appear in training, so that a figure on them says something.
enum class Shelf { demo, training, held_out };

class Fonts {
 public:
  /// Opens what is installed of the shelf; throws std::runtime_error when that is nothing.
  explicit Fonts(Shelf shelf);
  ~Fonts();
  Fonts(const Fonts&) = delete;
  Fonts& operator=(const Fonts&) = delete;

  [[nodiscard]] const Font& bold(
      Dice& dice) const;  // for codes; the demo's, most like real stencils, come up more often
  [[nodiscard]] const Font& any(Dice& dice) const;    // for other lettering
  [[nodiscard]] const Font& plate(Dice& dice) const;  // upright, even strokes, as on plates

 private:
  struct Library;
  std::unique_ptr<Library> library_;
  std::vector<std::unique_ptr<Font>> bold_, light_, plate_;  // the demo's first
  std::size_t usual_ = 0;  // how many of bold_ are the demo's, 0 when held out
};

}  // namespace world
