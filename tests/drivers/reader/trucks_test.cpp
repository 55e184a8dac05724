#include <algorithm>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "gate/canon/canon.hpp"
#include "gate/core/plate.hpp"
#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

using world::Condition;
using world::View;

class Trucks : public testing::Test {
 protected:
  void SetUp() override {
    core::Result<Recogniser> loaded = committed();
    ASSERT_TRUE(loaded) << loaded.error().what;
    recogniser_ = std::make_unique<Recogniser>(std::move(*loaded));
  }

  core::Sighting see(const std::vector<world::TruckLook>& looks) {
    std::vector<Shot> shots;
    for (const world::TruckLook& look : looks) shots.push_back({pixels_of(truck_jpeg(look)), {}});
    core::Result<core::Sighting> seen = recogniser_->read(shots);
    EXPECT_TRUE(seen) << seen.error().what;
    return seen ? *seen : core::Sighting{};
  }

  std::unique_ptr<Recogniser> recogniser_;
};

TEST_F(Trucks, TheCodeOfACleanTruckIsReadFromBehindTheSideAndAbove) {
  for (const View view : {View::rear, View::side, View::roof}) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const world::TruckLook look = look_of(seed, view, Condition::clean);
      const core::Sighting seen = see({look});
      ASSERT_FALSE(seen.containers.empty())
          << look.container << " view " << static_cast<int>(view) << " seed " << seed;
      EXPECT_EQ(seen.containers[0].code, look.container)
          << "view " << static_cast<int>(view) << " seed " << seed;
    }
  }
}

TEST_F(Trucks, ThePlateOfACleanTruckIsRead) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    const world::TruckLook look = look_of(seed, View::front, Condition::clean);
    const core::Sighting seen = see({look});
    ASSERT_FALSE(seen.plates.empty()) << look.plate << " seed " << seed;
    EXPECT_EQ(seen.plates[0].plate, core::normalise_plate(look.plate)) << "seed " << seed;
  }
}

// Without the dots four of these are another German plate: G OX 245 beside GÖ X 245.
TEST_F(Trucks, AnUmlautOfACleanTruckIsReadWithItsDots) {
  std::uint64_t seed = 0;
  for (const char* plate : {"GÖ-X 245", "FLÖ-U 123", "KÖN-ZF 81", "FÜ-C 4711", "GÜ-LR 210", "SÄK-N 66"}) {
    world::TruckLook look = look_of(++seed, View::front, Condition::clean);
    look.plate = plate, look.country = "DE";
    const core::Sighting seen = see({look});
    ASSERT_FALSE(seen.plates.empty()) << plate;
    EXPECT_EQ(seen.plates[0].plate, core::normalise_plate(plate));
  }
}

// The plate has one view only, so a letter that could be two may leave it unsure; some are sure.
TEST_F(Trucks, AllViewsOfACleanTruckTogetherAreSureOfItsCodeAndReadItsPlate) {
  int sure_plates = 0;
  for (std::uint64_t seed = 22; seed <= 25; ++seed) {
    std::vector<world::TruckLook> looks;
    for (const View view : {View::front, View::rear, View::side})
      looks.push_back(look_of(seed, view, Condition::clean));
    const core::Sighting seen = see(looks);
    ASSERT_FALSE(seen.containers.empty());
    EXPECT_EQ(seen.containers[0].code, looks[0].container);
    EXPECT_TRUE(seen.containers[0].sure) << "seed " << seed;
    ASSERT_FALSE(seen.plates.empty());
    EXPECT_EQ(seen.plates[0].plate, core::normalise_plate(looks[0].plate));
    sure_plates += seen.plates[0].sure;
  }
  EXPECT_GE(sure_plates, 2);
}

bool was_closely(const reader::View& view) {
  return std::any_of(view.places.begin(), view.places.end(),
                     [](const Place& place) { return place.cuts.size() > 1; });
}

// A front without a code is no reason for a close look where another view shows the code, nor where it shows
// nothing but its plate; with other lettering it is.
TEST_F(Trucks, AreLookedAtCloselyOnlyWhereADoubtIsLeft) {
  world::TruckLook before = look_of(28, View::front, Condition::clean);
  before.plate = "OK-14-BJ";
  const cv::Mat front = pixels_of(truck_jpeg(before));
  const cv::Mat side = shot_of(28, View::side, Condition::clean);
  const std::vector<Shot> both = {{front, {}}, {side, {}}};
  const auto together = recogniser_->look(both);
  ASSERT_TRUE(together);
  ASSERT_TRUE(together->sighting.plates.at(0).sure) << "else this test shows nothing";
  for (const reader::View& view : together->views) EXPECT_FALSE(was_closely(view)) << "view " << view.number;

  const auto bare = recogniser_->look({both.data(), 1});
  ASSERT_TRUE(bare);
  EXPECT_FALSE(was_closely(bare->views.at(0))) << "there is no lettering but the plate's";

  cv::Mat lettered = front.clone();
  cv::putText(lettered, "WEIGHT", {500, 120}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar(20), 3, cv::LINE_AA);
  const Shot truck{lettered, {}};
  const auto alone = recogniser_->look({&truck, 1});
  ASSERT_TRUE(alone);
  EXPECT_TRUE(was_closely(alone->views.at(0))) << "there may be a code yet";

  cv::Mat smaller, unclear(front.size(), CV_8U, cv::mean(front));
  cv::resize(front, smaller, {}, 0.3, 0.3, cv::INTER_AREA);
  smaller.copyTo(unclear(cv::Rect({0, 0}, smaller.size())));
  const std::vector<Shot> doubtful = {{side, {}}, {unclear, {}}};
  const auto one = recogniser_->look(doubtful);
  ASSERT_TRUE(one);
  ASSERT_FALSE(one->sighting.plates.at(0).sure) << "else this test shows nothing";
  EXPECT_FALSE(was_closely(one->views.at(0))) << "its code is sure";
  EXPECT_TRUE(was_closely(one->views.at(1)));
}

/// A low sun behind the truck: the camera exposes for the sky, and the truck is nearly black.
cv::Mat against_the_sun(const cv::Mat& picture) {
  cv::Mat dark;
  picture.convertTo(dark, CV_8U, 0.08, 18);
  dark.rowRange(0, 60) = 225;
  return dark;
}

TEST_F(Trucks, AreReadInDeepShadowFromOneSideWhereTheOtherSideIsInTheLight) {
  int codes = 0, plates = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const world::TruckLook before = look_of(seed, View::front, Condition::clean);
    const cv::Mat front = shot_of(seed, View::front, Condition::clean);
    const cv::Mat side = shot_of(seed, View::side, Condition::clean);
    const auto no_code = recogniser_->read(std::vector<Shot>{{front, {}}, {against_the_sun(side), {}}});
    const auto no_plate = recogniser_->read(std::vector<Shot>{{against_the_sun(front), {}}, {side, {}}});
    ASSERT_TRUE(no_code && no_plate);
    codes += !no_code->containers.empty() && no_code->containers[0].code == before.container ? 1 : 0;
    plates +=
        !no_plate->plates.empty() && no_plate->plates[0].plate == core::normalise_plate(before.plate) ? 1 : 0;
  }
  EXPECT_GE(codes, 3);
  EXPECT_GE(plates, 3);
}

// The plate may have been missed, and what was found is none.
TEST_F(Trucks, LetteringWithoutASheetIsNoReasonToLookNoFurtherForThePlate) {
  world::TruckLook bare = look_of(24, View::front, Condition::clean);
  bare.plate.clear();
  cv::Mat front = pixels_of(truck_jpeg(bare));
  cv::putText(front, "2ABC123", {500, 120}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar(20), 3, cv::LINE_AA);
  const std::vector<Shot> both = {{front, {}}, {shot_of(24, View::side, Condition::clean), {}}};
  const auto seen = recogniser_->look(both);
  ASSERT_TRUE(seen);
  ASSERT_FALSE(seen->sighting.plates.empty()) << "else this test shows nothing";
  EXPECT_EQ(seen->sighting.plates[0].doubt, core::Doubt::no_sheet);
  EXPECT_TRUE(was_closely(seen->views.at(0)));
  EXPECT_FALSE(was_closely(seen->views.at(1))) << "its code is sure";
}

// A sticker has a sheet as a plate has, and other room on it.
TEST_F(Trucks, LettersLikeAPlatesOnAHigherSheetAreNeverSure) {
  world::TruckLook look = look_of(24, View::front, Condition::clean);
  look.plate = "OK-14-BJ";
  cv::Mat front = pixels_of(truck_jpeg(look));
  const auto read = [&] {
    const auto seen = recogniser_->read(std::vector<Shot>{{front, {}}});
    return seen && !seen->plates.empty() ? seen->plates[0] : core::PlateRead{};
  };
  const core::PlateRead plate = read();
  ASSERT_TRUE(plate.sure) << "else this test shows nothing";
  const cv::Rect letters(plate.box.x, plate.box.y, plate.box.width, plate.box.height);
  double light = 0;
  cv::minMaxLoc(front(letters), nullptr, &light);
  const cv::Rect below(letters.x, letters.br().y, letters.width, letters.height / 2);
  front(below).setTo(light);
  cv::rectangle(front, below, 30, 2);
  EXPECT_EQ(read().plate, plate.plate);
  EXPECT_EQ(read().doubt, core::Doubt::no_sheet);
}

TEST_F(Trucks, AnUnreadableTruckIsNeverSure) {
  for (const View view : {View::front, View::rear, View::side, View::roof}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const core::Sighting seen = see({look_of(seed, view, Condition::unreadable)});
      for (const core::ContainerRead& read : seen.containers) EXPECT_FALSE(read.sure) << read.code;
      for (const core::PlateRead& read : seen.plates) EXPECT_FALSE(read.sure) << read.plate;
    }
  }
}

TEST_F(Trucks, AreReadBesideAPictureOfAnyShape) {
  const world::TruckLook look = look_of(24, View::side, Condition::clean);
  const std::vector<Shot> views = {{pixels_of(truck_jpeg(look)), {}},
                                   {cv::Mat(40'000, 16, CV_8U, cv::Scalar(90)), {}}};
  const core::Result<core::Sighting> seen = recogniser_->read(views);
  ASSERT_TRUE(seen) << seen.error().what;
  EXPECT_EQ(seen->containers.at(0).code, look.container);
}

TEST_F(Trucks, AnEmptyPictureShowsNothing) {
  const std::vector<Shot> views = {{cv::Mat()}, {cv::Mat(720, 1280, CV_8U, cv::Scalar(90))}};
  const core::Result<core::Sighting> seen = recogniser_->read(std::span<const Shot>(views));
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->containers.empty());
  EXPECT_TRUE(seen->plates.empty());
}

TEST_F(Trucks, AreReadAlikeByOneThreadAndBySeveral) {
  core::Result<Recogniser> several = Recogniser::load(models(), 4);
  ASSERT_TRUE(several) << several.error().what;
  for (const Condition condition : {Condition::clean, Condition::dirty, Condition::unreadable}) {
    std::vector<Shot> views;
    for (const View view : {View::front, View::rear, View::side, View::roof})
      views.push_back({shot_of(21, view, condition), {}});
    const auto alone = recogniser_->read(views), together = several->read(views);
    ASSERT_TRUE(alone && together);
    EXPECT_EQ(canon::write(*alone), canon::write(*together));
  }
}

TEST_F(Trucks, AreToldApartByARecogniserThatManyAskAtOnce) {
  core::Result<Recogniser> shared = Recogniser::load(models(), 2);
  ASSERT_TRUE(shared) << shared.error().what;
  constexpr std::size_t trucks = 5;
  std::vector<std::vector<Shot>> views(trucks);
  std::vector<std::string> alone(trucks), asked(trucks);
  for (std::size_t i = 0; i < trucks; ++i) {
    for (const View view : {View::rear, View::side})
      views[i].push_back({shot_of(30 + i, view, Condition::clean), {}});
    const auto seen = recogniser_->read(views[i]);
    ASSERT_TRUE(seen && !seen->containers.empty());
    alone[i] = canon::write(*seen);
  }
  {
    std::vector<std::jthread> lanes;
    for (std::size_t i = 0; i < trucks; ++i)
      lanes.emplace_back([&, i] { asked[i] = canon::write(shared->read(views[i]).value()); });
  }
  EXPECT_EQ(asked, alone);
}

TEST(Models, AFolderWithoutModelsIsNotFound) {
  const core::Result<Recogniser> loaded = Recogniser::load("/nonexistent");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().fault, core::Fault::not_found);
}

}  // namespace
}  // namespace reader
