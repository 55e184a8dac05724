#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "gate/core/plate_places.hpp"
#include "tests/world/render/command.hpp"
#include "tests/world/render/faces.hpp"
#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/scene.hpp"
#include "tests/world/render/truck.hpp"

namespace world {
namespace {

const TruckLook belgian{"1-ABC-123", "BE", "QAB-123", "MSKU9070323", "22G1", View::rear, Condition::clean, 5};

TEST(Truck, IsAJpegOf1280By720) {
  const std::string bytes = truck_jpeg(belgian);
  const cv::Mat picture = cv::imdecode(std::vector<uchar>(bytes.begin(), bytes.end()), cv::IMREAD_COLOR);
  EXPECT_EQ(picture.size(), cv::Size(1280, 720));
}

TEST(Truck, EqualLooksGiveEqualBytes) { EXPECT_EQ(truck_jpeg(belgian), truck_jpeg(belgian)); }

TEST(Truck, AnotherSeedGivesAnotherPicture) {
  TruckLook other = belgian;
  other.seed = 6;
  EXPECT_NE(truck_jpeg(belgian), truck_jpeg(other));
}

TEST(Truck, EveryViewAndConditionCanBeDrawnLoadedAndEmpty) {
  for (const View view : {View::front, View::rear, View::side, View::roof}) {
    for (const Condition condition : {Condition::clean, Condition::dirty, Condition::night,
                                      Condition::blurred, Condition::rain, Condition::unreadable}) {
      TruckLook look = belgian;
      look.view = view;
      look.condition = condition;
      if (condition == Condition::dirty) look.container.clear(), look.plate.clear();
      EXPECT_GT(truck_jpeg(look).size(), 5000U);
    }
  }
}

TEST(Scene, TheTruthOfAMarkLiesInsideThePicture) {
  const Fonts fonts(Shelf::demo);
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    Dice dice(seed);
    const Rendered rendered = render(wild_scene(fonts, dice), fonts);
    for (const Mark& mark : rendered.marks) {
      EXPECT_EQ(mark.text.size(), mark.centres.size());
      for (const cv::Point2f& p : mark.corners)
        EXPECT_TRUE(cv::Rect2f(0, 0, 4000, 4000).contains(p)) << mark.text;
      for (const cv::Point2f& p : mark.centres)
        EXPECT_TRUE(cv::Rect(0, 0, rendered.picture.cols, rendered.picture.rows).contains(cv::Point(p)))
            << mark.text;
    }
  }
}

TEST(Plate, TheWholePlateStandsOnItsSheet) {
  const Fonts fonts(Shelf::demo);
  Dice dice(3);
  for (int i = 0; i < 300; ++i) {
    const PlateText text = plate_text(dice);
    const Panel sheet = plate(text.written, text.country, 48, fonts, dice);
    ASSERT_FALSE(sheet.marks.empty());
    for (const Mark& mark : sheet.marks)
      for (const cv::Point2f& p : mark.corners)
        EXPECT_TRUE(
            cv::Rect2f(0, 0, static_cast<float>(sheet.paint.cols), static_cast<float>(sheet.paint.rows))
                .contains(p))
            << text.country << ' ' << text.written;
  }
}

TEST(Lexicon, EveryCodeHasItsCheckDigit) {
  Dice dice(1);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(core::check_digit_fits(container_code(dice)));
}

TEST(Lexicon, PlatesFitTheirCountrysPatternAndNameItsPlaces) {
  Dice dice(2);
  for (const std::string& country : core::known_countries()) {
    for (int i = 0; i < 200; ++i) {
      const std::string plate = core::normalise_plate(plate_text(dice, country).written);
      const std::vector<std::string> fitting = core::countries_of(plate);
      EXPECT_NE(std::find(fitting.begin(), fitting.end(), country), fitting.end()) << country << ' ' << plate;
      EXPECT_TRUE(core::names_place(plate, country)) << country << ' ' << plate;
    }
  }
}

TEST(RenderCommand, WritesPicturesAndTheirTruth) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "rendered_pictures";
  std::string program = "render", out = "--out", where = folder.string(), kind = "--kind",
              patches = "patches", count = "--count", three = "3", fonts = "--fonts", demo = "demo";
  std::vector<char*> arguments;
  for (std::string* word : {&program, &out, &where, &kind, &patches, &count, &three, &fonts, &demo})
    arguments.push_back(word->data());
  ASSERT_EQ(render_command(static_cast<int>(arguments.size()), arguments.data()), 0);
  std::ifstream truth(folder / "truth.jsonl");
  int lines = 0;
  for (std::string line; std::getline(truth, line); ++lines)
    EXPECT_FALSE(nlohmann::json::parse(line).at("marks").empty());
  EXPECT_EQ(lines, 3);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace world
