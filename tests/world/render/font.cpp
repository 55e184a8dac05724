#include "tests/world/render/font.hpp"

#include <array>
#include <filesystem>
#include <stdexcept>

#include <ft2build.h>
#include FT_FREETYPE_H

namespace world {
namespace {

using Names = std::vector<std::string>;

// Relative to the system's font folder. What is not installed is left out.
const std::string system_fonts = "/usr/share/fonts/";

Names demo_bold() {
  return {"truetype/liberation/LiberationSans-Bold.ttf", "truetype/liberation/LiberationSansNarrow-Bold.ttf",
          "truetype/dejavu/DejaVuSans-Bold.ttf", "truetype/liberation/LiberationSans-Regular.ttf"};
}

Names training_bold() {
  Names names = demo_bold();
  for (const char* name : {"truetype/dejavu/DejaVuSansCondensed-Bold.ttf",
                           "truetype/dejavu/DejaVuSansMono-Bold.ttf",
                           "truetype/dejavu/DejaVuSansMono.ttf",
                           "truetype/liberation/LiberationMono-Bold.ttf",
                           "truetype/freefont/FreeSansBold.ttf",
                           "truetype/roboto/unhinted/RobotoCondensed-Bold.ttf",
                           "truetype/roboto/unhinted/RobotoTTF/Roboto-Medium.ttf",
                           "truetype/roboto/unhinted/RobotoTTF/Roboto-Bold.ttf",
                           "truetype/opendin/OSP-DIN.ttf",
                           "opentype/urw-base35/NimbusSansNarrow-Bold.otf",
                           "opentype/urw-base35/NimbusSans-Bold.otf",
                           "opentype/urw-base35/NimbusMonoPS-Bold.otf",
                           "opentype/b612/B612-Bold.otf",
                           "opentype/b612/B612Mono-Bold.otf",
                           "opentype/bebas-neue/BebasNeue-Bold.otf",
                           "opentype/bebas-neue/BebasNeue-Regular.otf",
                           "opentype/cabin/Cabin-Bold.otf",
                           "opentype/inter/Inter-Bold.otf",
                           "opentype/inter/Inter-ExtraBold.otf",
                           "opentype/ocr-b/OCRB.otf",
                           "opentype/ocr-b/OCRBX.otf",
                           "truetype/play/Play-Bold.ttf",
                           "opentype/dosis/Dosis-ExtraBold.otf",
                           "opentype/dosis/Dosis-Bold.otf",
                           "truetype/hack/Hack-Bold.ttf",
                           "opentype/jura/Jura-Bold.otf",
                           "opentype/cantarell/Cantarell-Bold.otf",
                           "opentype/yanone-kaffeesatz/YanoneKaffeesatz-Bold.otf",
                           "opentype/urw-base35/URWGothic-Demi.otf"})
    names.emplace_back(name);
  return names;
}

Names held_out_bold() {
  return {"truetype/lato/Lato-Bold.ttf", "truetype/lato/Lato-Semibold.ttf",
          "truetype/open-sans/OpenSans-Bold.ttf", "truetype/open-sans/OpenSans-CondBold.ttf"};
}

Names bold_names(Shelf shelf) {
  if (shelf == Shelf::demo) return demo_bold();
  return shelf == Shelf::training ? training_bold() : held_out_bold();
}

Names light_names(Shelf shelf) {
  if (shelf == Shelf::held_out)
    return {"truetype/lato/Lato-Medium.ttf", "truetype/open-sans/OpenSans-Regular.ttf"};
  return {"truetype/liberation/LiberationSans-Regular.ttf",
          "truetype/liberation/LiberationSansNarrow-Regular.ttf", "truetype/dejavu/DejaVuSans.ttf",
          "truetype/liberation/LiberationSerif-Bold.ttf",
          "truetype/liberation/LiberationSans-BoldItalic.ttf"};
}

Names plate_names(Shelf shelf) {
  if (shelf == Shelf::held_out)
    return {"truetype/open-sans/OpenSans-CondBold.ttf", "truetype/lato/Lato-Semibold.ttf"};
  Names names = {"truetype/liberation/LiberationSansNarrow-Bold.ttf",
                 "truetype/liberation/LiberationSans-Bold.ttf", "truetype/dejavu/DejaVuSansMono-Bold.ttf"};
  if (shelf == Shelf::demo) return names;
  for (const char* name :
       {"truetype/opendin/OSP-DIN.ttf", "truetype/roboto/unhinted/RobotoCondensed-Bold.ttf",
        "truetype/dejavu/DejaVuSansCondensed-Bold.ttf", "opentype/bebas-neue/BebasNeue-Bold.otf",
        "opentype/urw-base35/NimbusSansNarrow-Bold.otf", "opentype/b612/B612-Bold.otf",
        "opentype/ocr-b/OCRB.otf", "truetype/hack/Hack-Bold.ttf", "truetype/play/Play-Bold.ttf",
        "opentype/dosis/Dosis-ExtraBold.otf", "opentype/inter/Inter-SemiBold.otf"})
    names.emplace_back(name);
  return names;
}

class FreetypeFont : public Font {
 public:
  explicit FreetypeFont(FT_Face face) : face_(face) {
    FT_Set_Char_Size(face_, 0, 100 * 64, 72, 72);
    FT_Load_Char(face_, 'H', FT_LOAD_NO_HINTING);
    cap_per_size_ = static_cast<float>(face_->glyph->metrics.horiBearingY) / 64.F / 100.F;
  }
  ~FreetypeFont() override { FT_Done_Face(face_); }
  FreetypeFont(const FreetypeFont&) = delete;
  FreetypeFont& operator=(const FreetypeFont&) = delete;

  Glyph glyph(char32_t letter, float cap, float stretch) const override {
    const float size = cap / cap_per_size_;
    FT_Set_Char_Size(face_, static_cast<FT_F26Dot6>(size * stretch * 64), static_cast<FT_F26Dot6>(size * 64),
                     72, 72);
    if (FT_Load_Char(face_, letter, FT_LOAD_RENDER | FT_LOAD_NO_HINTING) != 0) return {};
    const FT_GlyphSlot slot = face_->glyph;
    Glyph out;
    out.left = slot->bitmap_left;
    out.top = slot->bitmap_top;
    out.advance = static_cast<float>(slot->advance.x) / 64.F;
    if (slot->bitmap.width > 0 && slot->bitmap.pixel_mode == FT_PIXEL_MODE_GRAY)
      cv::Mat(static_cast<int>(slot->bitmap.rows), static_cast<int>(slot->bitmap.width), CV_8U,
              slot->bitmap.buffer, static_cast<std::size_t>(slot->bitmap.pitch))
          .copyTo(out.mask);
    return out;
  }

 private:
  FT_Face face_;
  float cap_per_size_ = 0.7F;
};

}  // namespace

struct Fonts::Library {
  FT_Library handle = nullptr;
  Library() {
    if (FT_Init_FreeType(&handle) != 0) throw std::runtime_error("FreeType does not start");
  }
  ~Library() { FT_Done_FreeType(handle); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::vector<std::unique_ptr<Font>> open(const Names& names) const {
    std::vector<std::unique_ptr<Font>> fonts;
    for (const std::string& name : names) {
      FT_Face face = nullptr;
      if (FT_New_Face(handle, (system_fonts + name).c_str(), 0, &face) == 0)
        fonts.push_back(std::make_unique<FreetypeFont>(face));
    }
    return fonts;
  }
};

Fonts::Fonts(Shelf shelf)
    : library_(std::make_unique<Library>()),
      bold_(library_->open(bold_names(shelf))),
      light_(library_->open(light_names(shelf))),
      plate_(library_->open(plate_names(shelf))) {
  if (bold_.empty() || light_.empty() || plate_.empty())
    throw std::runtime_error(
        "no font to letter a truck with; install fonts-liberation and fonts-dejavu-core");
  if (shelf == Shelf::training) usual_ = std::min(bold_.size(), demo_bold().size());
}

Fonts::~Fonts() {
  plate_.clear();  // faces go before the library that made them
  light_.clear();
  bold_.clear();
}

const Font& Fonts::bold(Dice& dice) const {
  if (usual_ > 0 && dice.chance(0.35))
    return *bold_[static_cast<std::size_t>(dice.whole(0, static_cast<int>(usual_) - 1))];
  return *dice.pick(bold_);
}
const Font& Fonts::any(Dice& dice) const { return dice.chance(0.5) ? *dice.pick(light_) : *dice.pick(bold_); }
const Font& Fonts::plate(Dice& dice) const { return *dice.pick(plate_); }

}  // namespace world
