// `gatectl camera judge` at the cameras of a lane, and what it tells.
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gate/ctl/commands.hpp"
#include "gate/ctl/judge_table.hpp"
#include "tests/config/example.hpp"
#include "tests/world/devices/camera_server.hpp"
#include "tests/world/render/truck.hpp"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class JudgeCommand : public testing::Test {
 protected:
  /// in-1: a sound camera `front` that sees a plate, and `rear` on another server.
  std::filesystem::path config() {
    std::string text = config_test::demo();
    text = config_test::with(text, "http://127.0.0.1:18081/in-1/front.jpg", sound_.url("in-1", "front"));
    text = config_test::with(text, "http://127.0.0.1:18081/in-1/rear.jpg", other_.url("in-1", "rear"));
    text = config_test::with(text, "../drivers/reader/models", GATEHOUSE_SOURCE "/drivers/reader/models");
    config_test::spill(folder_.path() / "gate.toml", text);
    return folder_.path() / "gate.toml";
  }

  int judge(const std::string& lane, bool json, int pictures = 1) {
    out_.str("");
    err_.str("");
    return ctl::judge_command({config(), lane, pictures, json, overlay_}, {out_, err_});
  }

  static std::optional<std::string> scene(const std::string&, const std::string&) {
    static const std::string jpeg = [] {
      world::TruckLook look;
      look.plate = "1-ABC-123";
      look.country = "BE";
      look.container = "CSQU3054383";
      look.size_type = "22G1";
      look.view = world::View::side;
      look.seed = 4;
      return truck_jpeg(look);
    }();
    return jpeg;
  }

  world::CameraServer sound_{&scene}, other_{&scene};
  config_test::Folder folder_;
  std::filesystem::path overlay_;
  std::ostringstream out_, err_;
};

/// A view with nothing wrong but what the test makes wrong.
ctl::JudgedCamera camera(const std::string& name) {
  reader::Judged view;
  view.lettered = true;
  view.figures = {0.01F, 0.02F, 22, -1.6F, 0.93F, 120, 2.4F};
  view.sighting.containers.push_back(
      {"MSKU9070323", "22G1", 960, true, {}, true, core::Orientation::horizontal, {}, {}});
  view.sighting.milliseconds = 140;
  return {name, 1920, 1080, {}, std::move(view)};
}

}  // namespace

TEST_F(JudgeCommand, TellsOfEachCameraWhatItSees) {
  EXPECT_EQ(judge("in-1", true), 0) << out_.str() << err_.str();
  std::istringstream lines(out_.str());
  std::string line;
  for (const char* name : {"front", "rear"}) {
    ASSERT_TRUE(std::getline(lines, line));
    const nlohmann::json told = nlohmann::json::parse(line);
    EXPECT_EQ(told.at("lane"), "in-1");
    EXPECT_EQ(told.at("camera"), name);
    EXPECT_EQ(told.at("width"), 1280);
    EXPECT_EQ(told.at("read").at(0).at("text"), "CSQU3054383 22G1");
    EXPECT_GT(told.at("capitals"), 14);
    EXPECT_GT(told.at("milliseconds"), 0);
    EXPECT_THAT(told.at("verdict"), testing::AnyOf("good", "usable"));
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST_F(JudgeCommand, ACameraThatFailsIsToldAndTheOthersAreJudged) {
  for (const auto trouble : {world::CameraTrouble::http_error, world::CameraTrouble::no_picture}) {
    other_.trouble(trouble);
    EXPECT_EQ(judge("in-1", false), 1);
    EXPECT_THAT(err_.str(), HasSubstr("camera rear: "));
    EXPECT_THAT(out_.str(), AllOf(HasSubstr("front"), HasSubstr("CSQU3054383"), Not(HasSubstr("rear"))));
    EXPECT_EQ(judge("in-1", true), 1);
    const nlohmann::json complaint = nlohmann::json::parse(err_.str());
    EXPECT_EQ(complaint.at("camera"), "rear");
    EXPECT_FALSE(complaint.at("error").get<std::string>().empty());
    EXPECT_EQ(nlohmann::json::parse(out_.str()).at("camera"), "front");
  }
}

TEST_F(JudgeCommand, TakesAFewPicturesAndDrawsThem) {
  overlay_ = folder_.path() / "seen.png";
  EXPECT_EQ(judge("in-1", true, 2), 0) << err_.str();
  const std::string all = out_.str();
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 4);
  EXPECT_EQ(sound_.requests(), 2);
  EXPECT_GT(std::filesystem::file_size(overlay_), 10'000u);
}

TEST_F(JudgeCommand, SaysWhichLanesThereAre) {
  EXPECT_EQ(judge("in-9", false), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no lane in-9, there are: in-1 out-1\n"));
}

TEST(JudgeTable, HasAColumnACameraMarksWhatFallsShortAndGivesItsAdvice) {
  ctl::JudgedCamera far = camera("rear");
  far.view.figures.capitals = 9;
  far.region = {0.25, 0, 0.5, 1};
  far.view.judgement = {reader::Grade::poor, {{"capitals", reader::Grade::poor, "move the camera closer"}}};
  const std::string table = ctl::judged_table("in-1", {camera("front"), far});
  EXPECT_THAT(table, HasSubstr("lane in-1         front                   rear                    wanted\n"));
  EXPECT_THAT(table, HasSubstr("read of it        all of it               50 x 100 % at 25, 0\n"));
  EXPECT_THAT(table, HasSubstr("container         MSKU9070323 22G1, sure  MSKU9070323 22G1, sure\n"));
  EXPECT_THAT(table,
              HasSubstr("capitals          22 px                   9 px !!                 14 px or more"));
  EXPECT_THAT(table, HasSubstr("tilt              -2 degrees              -2 degrees"));
  EXPECT_THAT(table, HasSubstr("verdict           good                    poor\n"));
  EXPECT_THAT(table, HasSubstr("\n\nrear: move the camera closer\n"));
}

TEST(JudgeTable, HasNoFiguresOfLetteringWhereThereIsNone) {
  ctl::JudgedCamera empty = camera("front");
  empty.view = {};
  empty.view.judgement.verdict = reader::Grade::nothing;
  EXPECT_THAT(ctl::judged_table("in-1", {empty}),
              AllOf(HasSubstr("capitals          -  "), HasSubstr("verdict           nothing to see")));
  const nlohmann::json told = nlohmann::json::parse(ctl::judged_json("in-1", empty));
  EXPECT_TRUE(told.at("capitals").is_null());
  EXPECT_TRUE(told.at("pitch").is_null());
  EXPECT_EQ(told.at("verdict"), "nothing");
  EXPECT_EQ(told.at("burnt"), 0);
}
