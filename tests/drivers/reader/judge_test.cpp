// Views of every kind of fault, rendered, and what is said of them.
#include "drivers/reader/judge.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include "tests/drivers/reader/looks.hpp"
#include "tests/drivers/reader/written.hpp"
#include "tests/world/render/scene.hpp"

namespace reader {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// A container's doors as a camera behind it sees them, in even light.
struct Doors {
  world::Fonts fonts{world::Shelf::demo};
  world::Scene scene;
  double capitals = 0;  // pixels, of the code as it was rendered last

  Doors() {
    world::Dice dice(154);
    scene.box = livery(fonts, dice);
    scene.box.code = "MSKU9070323";
    scene.box.size_type = "22G1";
    scene.box.stretch = 0.95F;
    scene.box.tracking = 0.1F;
    scene.box.wear = 0;
    scene.box.neglect = 0.08;
    scene.box.plain = true;
    scene.box.paint = {45, 40, 120};
    scene.box.ink = {235, 238, 238};
    scene.camera.at = {-6.2, -0.9, 2.7};
    scene.camera.looks_at = {0, -0.25, 2.4};
    scene.camera.focal = 1;
    scene.weather.blur = 0.5;
    scene.seed = 2;
  }

  cv::Mat picture() {
    const world::Rendered out = render(scene, fonts);
    cv::Mat grey;
    cv::cvtColor(out.picture, grey, cv::COLOR_BGR2GRAY);
    for (const world::Mark& mark : out.marks)
      if (mark.kind == world::Kind::code && !mark.vertical)
        capitals = cv::norm(mark.corners[3] - mark.corners[0]);
    return grey;
  }
};

class AView : public testing::Test {
 protected:
  Judged judged(const core::Framing& framing = {}) {
    static core::Result<Recogniser> recogniser = committed();
    EXPECT_TRUE(recogniser) << recogniser.error().what;
    auto view = judge_view(*recogniser, {doors.picture(), framing});
    EXPECT_TRUE(view) << view.error().what;
    return view ? std::move(*view) : Judged{};
  }

  Doors doors;
};

/// The grade of a figure, good where there is no complaint.
Grade grade_of(const Judgement& judgement, std::string_view figure) {
  for (const Shortcoming& one : judgement.shortcomings)
    if (one.figure == figure) return one.grade;
  return Grade::good;
}

std::string advice_on(const Judgement& judgement, std::string_view figure) {
  for (const Shortcoming& one : judgement.shortcomings)
    if (one.figure == figure) return one.advice;
  return "";
}

}  // namespace

TEST_F(AView, ThatIsAsItShouldBeIsGoodAndNothingIsSaidOfIt) {
  const Judged view = judged();
  ASSERT_FALSE(view.sighting.containers.empty());
  EXPECT_EQ(view.sighting.containers[0].code, "MSKU9070323");
  EXPECT_EQ(view.judgement.verdict, Grade::good);
  EXPECT_TRUE(view.judgement.shortcomings.empty());
  EXPECT_NEAR(view.figures.tilt, 0, 3);
  EXPECT_GT(view.figures.contrast, 120);
  EXPECT_LT(view.figures.edge, 3);
}

TEST_F(AView, IsToldTheHeightOfItsCapitalsAsTheyWereRendered) {
  for (const double focal : {0.45, 0.7, 1.0}) {
    doors.scene.camera.focal = focal;
    const Judged view = judged();
    EXPECT_NEAR(view.figures.capitals, doors.capitals, 2) << focal;
  }
}

TEST_F(AView, FromTooFarAwayIsToComeCloser) {
  doors.scene.camera.focal = 0.42;
  const Judged view = judged();
  const std::string high = std::to_string(std::lround(view.figures.capitals));
  EXPECT_EQ(grade_of(view.judgement, "capitals"), Grade::usable);
  EXPECT_EQ(view.judgement.verdict, Grade::usable);
  EXPECT_EQ(advice_on(view.judgement, "capitals"),
            "move the camera closer or use a longer lens: capitals are " + high + " px high, 14 are wanted");
  Figures farther = view.figures;
  farther.capitals = 9.4F;
  EXPECT_EQ(judge({}, farther, true, view.sighting, {}).verdict, Grade::poor);
}

TEST_F(AView, ThatIsTiltedIsToBeTurnedBackByAsMuch) {
  for (const double degrees : {-18.0, 18.0}) {
    doors.scene.camera.roll = degrees * CV_PI / 180;
    const Judged view = judged();
    EXPECT_NEAR(view.figures.tilt, -degrees, 4);
    EXPECT_EQ(grade_of(view.judgement, "tilt"), Grade::usable);
    EXPECT_THAT(advice_on(view.judgement, "tilt"),
                HasSubstr(degrees < 0 ? " degrees clockwise" : " degrees anticlockwise"));
  }
}

TEST_F(AView, FromTheSideIsToldByItsNarrowLetters) {
  EXPECT_GT(judged().figures.pitch, 0.75F);
  const double angle = 62 * CV_PI / 180;
  doors.scene.camera.at = {-6.3 * std::cos(angle), -0.3 - 6.3 * std::sin(angle), 2.7};
  doors.scene.camera.looks_at = {0, -0.3, 2.4};
  const Judged view = judged();
  EXPECT_LT(view.figures.pitch, pitch_limit.wanted);
  EXPECT_THAT(advice_on(view.judgement, "pitch"), HasSubstr("from the side"));
}

TEST_F(AView, InTheDarkIsToBeLit) {
  doors.scene.weather.gain = 0.13;
  const Judged view = judged();
  EXPECT_THAT(advice_on(view.judgement, "contrast"), StartsWith("light the lettering"));
  EXPECT_NE(view.judgement.verdict, Grade::good);
  doors.scene.weather.gain = 0.06;
  const Judged night = judged();
  EXPECT_EQ(night.judgement.verdict, Grade::poor);
  EXPECT_GT(night.figures.black, view.figures.black);
  EXPECT_THAT(advice_on(night.judgement, "light"), HasSubstr("of the picture is black"));
}

TEST_F(AView, InGlaringLightIsToBeExposedShorter) {
  doors.scene.weather.gain = 3;
  EXPECT_THAT(advice_on(judged().judgement, "light"),
              AllOf(StartsWith("shorten the exposure"), HasSubstr("of the picture is burnt white")));
}

TEST_F(AView, ThatIsBlurredIsToBeFocused) {
  const float sharp = judged().figures.edge;
  doors.scene.weather.blur = 3.8;
  const Judged view = judged();
  EXPECT_GT(view.figures.edge, 2 * sharp);
  EXPECT_NE(view.judgement.verdict, Grade::good);
  EXPECT_THAT(advice_on(view.judgement, "edge"), StartsWith("focus the lens"));
}

/// No truck need stand there for that.
TEST_F(AView, ThroughACoveredLensIsPoorWithOrWithoutATruck) {
  doors.scene.weather.blur = 40;
  const Judged view = judged();
  EXPECT_EQ(view.judgement.verdict, Grade::poor);
  EXPECT_EQ(grade_of(view.judgement, "picture"), Grade::poor);
  EXPECT_THAT(advice_on(view.judgement, "picture"),
              testing::AnyOf(HasSubstr("clean the lens"), HasSubstr("focus the lens")));
  EXPECT_EQ(advice_on(view.judgement, "read"), "");
}

TEST_F(AView, WithoutATruckIsNotJudged) {
  doors.scene.loaded = false;
  doors.scene.box.code.clear();
  const Judged view = judged({{0.3, 0, 0.4, 0.3}, {}});
  EXPECT_FALSE(view.lettered);
  EXPECT_EQ(view.judgement.verdict, Grade::nothing);
  EXPECT_THAT(advice_on(view.judgement, "read"), HasSubstr("have a truck stand"));
}

TEST_F(AView, IsMeasuredWithinItsRegionAlone) {
  cv::Mat half(200, 400, CV_8U, cv::Scalar(0));
  half.colRange(200, 400) = 255;
  EXPECT_FLOAT_EQ(measure(half, {}, {}).burnt, 0.5F);
  EXPECT_FLOAT_EQ(measure(half, {0.5, 0, 0.5, 1}, {}).burnt, 1);
  EXPECT_FLOAT_EQ(measure(half, {0, 0, 0.5, 1}, {}).black, 1);
}

TEST_F(AView, WhoseCapitalsAreNotThoseOfItsConfigurationIsToldSoAndItsCodesAreNotSure) {
  // Of such lettering the detector's line is a third too high.
  doors.scene.camera.focal = 0.8;
  doors.scene.camera.roll = 8 * CV_PI / 180;
  const auto high = static_cast<int>(std::lround(judged().figures.capitals));
  const Judged fits = judged({{}, core::Capitals{high - 2, high + 2}});
  EXPECT_EQ(fits.judgement.verdict, Grade::good);
  EXPECT_TRUE(fits.sighting.containers.at(0).sure);
  const Judged other = judged({{}, core::Capitals{40, 60}});
  EXPECT_THAT(advice_on(other.judgement, "capitals"), HasSubstr("the configuration allows 40 to 60"));
  EXPECT_FALSE(other.sighting.containers.at(0).sure);
}

/// What is read decides which lettering a view is judged by.
TEST(Lettering, IsThatOfTheCodeBeforeThatOfThePlateBeforeTheLongest) {
  const View view{0,
                  {place("MSKU9070323", 0.97F, {200, 100}), place("1ABC123", 0.97F, {200, 400}, 0.9F),
                   place("INTERNATIONALE", 0.9F, {600, 700})},
                  {}};
  core::Sighting sighting;
  EXPECT_EQ(lettering_of(view, sighting).at(0).letters, "INTERNATIONALE");
  sighting.plates.emplace_back().box = box_of({view.places[1].line});
  EXPECT_EQ(lettering_of(view, sighting).at(0).letters, "1ABC123");
  sighting.containers.emplace_back().box = box_of({view.places[0].line});
  EXPECT_EQ(lettering_of(view, sighting).at(0).letters, "1ABC123");
  sighting.containers[0].check_digit = true;
  EXPECT_EQ(lettering_of(view, sighting).at(0).letters, "MSKU9070323");
  EXPECT_TRUE(lettering_of({0, {place("ABC", 0.9F)}, {}}, {}).empty());
}

/// Letters stand 1.2 capitals apart: ten steps and one capital.
TEST(Lettering, ThatStandsUprightIsAsHighAsItsLettersAreApart) {
  Place upright = place("MSKU9070323", 0.97F);
  upright.line.vertical = true;
  upright.line.along = {0, 1};
  upright.line.length = 260;
  upright.line.height = 14;
  EXPECT_NEAR(capitals_in({}, upright), 20, 0.1);
}

}  // namespace reader
