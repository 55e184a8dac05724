#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <opencv2/imgcodecs.hpp>

#include "drivers/reader/read_command.hpp"
#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

class ReadCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              ("read_command_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string put(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }

  int run(const std::vector<std::string>& files, bool together, const std::filesystem::path& overlay = {}) {
    return read_command({files, together, overlay, GATEHOUSE_SOURCE "/drivers/reader/models"}, out_, err_);
  }

  std::filesystem::path folder_;
  std::ostringstream out_, err_;
};

TEST_F(ReadCommand, PrintsOneLineAFileAndComplainsAboutTheOthers) {
  const world::TruckLook look = look_of(2, world::View::side, world::Condition::clean);
  const std::string bad = put("bad.jpg", "not a picture");
  const std::string good = put("good.jpg", truck_jpeg(look));
  EXPECT_EQ(run({bad, good, (folder_ / "missing.jpg").string()}, false), 1);
  const nlohmann::json line = nlohmann::json::parse(out_.str());
  EXPECT_EQ(line.at("file"), good);
  EXPECT_EQ(line.at("containers").at(0).at("code"), look.container);
  EXPECT_TRUE(line.at("milliseconds").at("total").is_number());
  std::istringstream complaints(err_.str());
  std::string first;
  std::getline(complaints, first);
  EXPECT_EQ(nlohmann::json::parse(first).at("file"), bad);
}

TEST_F(ReadCommand, TogetherPrintsOneLineForAll) {
  const std::string a = put("a.jpg", truck_jpeg(look_of(2, world::View::side, world::Condition::clean)));
  const std::string b = put("b.jpg", truck_jpeg(look_of(2, world::View::front, world::Condition::clean)));
  EXPECT_EQ(run({a, b}, true), 0) << err_.str();
  const nlohmann::json line = nlohmann::json::parse(out_.str());
  EXPECT_EQ(line.at("files").size(), 2U);
  EXPECT_FALSE(line.at("containers").empty());
  EXPECT_FALSE(line.at("plates").empty());
}

/// Two pictures below each other, with something in colour on both.
TEST_F(ReadCommand, AnOverlayShowsEveryPictureWithItsReads) {
  const std::string side = put("a.jpg", truck_jpeg(look_of(2, world::View::side, world::Condition::clean)));
  const std::string front = put("b.jpg", truck_jpeg(look_of(2, world::View::front, world::Condition::clean)));
  const auto picture = folder_ / "overlay.png";
  for (const bool together : {false, true}) {
    std::filesystem::remove(picture);
    ASSERT_EQ(run({side, front}, together, picture), 0) << err_.str();
    const cv::Mat drawn = cv::imread(picture.string());
    const int half = cv::imread(side).rows;
    ASSERT_EQ(drawn.rows, half + cv::imread(front).rows);
    for (const cv::Mat& one : {drawn.rowRange(0, half), drawn.rowRange(half, drawn.rows)}) {
      cv::Mat channels[3];
      cv::split(one, channels);
      EXPECT_GT(cv::countNonZero(channels[0] != channels[2]), 500);
    }
  }
  EXPECT_EQ(run({side}, false, folder_ / "no such folder" / "overlay.png"), 1);
  EXPECT_NE(err_.str().find("cannot be written"), std::string::npos);
}

TEST_F(ReadCommand, ReadsOnlyTheRegionAndRefusesOneThatIsNone) {
  const std::string file = put("a.jpg", truck_jpeg(look_of(2, world::View::side, world::Condition::clean)));
  ASSERT_EQ(run({file}, false), 0);
  const nlohmann::json box = nlohmann::json::parse(out_.str()).at("containers").at(0).at("box");
  const double middle = (box.at("x").get<double>() + box.at("width").get<double>() / 2) / 1280;
  for (const bool right : {false, true}) {
    out_.str("");
    ReadOptions options{{file}, false, {}, GATEHOUSE_SOURCE "/drivers/reader/models"};
    options.region = right ? core::Region{0.4, 0, 0.6, 1} : core::Region{0, 0, middle - 0.15, 1};
    ASSERT_EQ(read_command(options, out_, err_), 0);
    EXPECT_EQ(nlohmann::json::parse(out_.str()).at("containers").empty(), !right);
  }
  ReadOptions options{{file}, false, {}, GATEHOUSE_SOURCE "/drivers/reader/models"};
  options.region = {0, 0, 640, 720};
  EXPECT_EQ(read_command(options, out_, err_), 1);
  EXPECT_NE(err_.str().find("--region: not shares of the picture"), std::string::npos) << err_.str();
}

TEST_F(ReadCommand, SaysWhatIsWrongWithAPicture) {
  const std::string good =
      put("good.jpg", truck_jpeg(look_of(2, world::View::side, world::Condition::clean)));
  const std::string dark = put("dark.jpg", saved(cv::Mat(720, 1280, CV_8U, cv::Scalar(2)), 85));
  ASSERT_EQ(run({good, dark}, false), 0) << err_.str();
  std::istringstream lines(out_.str());
  std::string first, second;
  std::getline(lines, first);
  std::getline(lines, second);
  EXPECT_TRUE(nlohmann::json::parse(first).at("faults").empty());
  const nlohmann::json fault = nlohmann::json::parse(second).at("faults").at(0);
  EXPECT_EQ(fault.at("kind"), "under_exposed");
  EXPECT_NE(fault.at("what").get<std::string>().find("mean grey level is 2"), std::string::npos) << fault;
  EXPECT_FALSE(fault.contains("file"));

  out_.str("");
  ASSERT_EQ(run({good, dark}, true), 0) << err_.str();
  const nlohmann::json together = nlohmann::json::parse(out_.str()).at("faults");
  ASSERT_EQ(together.size(), 1U);
  EXPECT_EQ(together[0].at("file"), dark);
}

TEST_F(ReadCommand, WithoutModelsItSaysSo) {
  EXPECT_EQ(read_command({{}, false, {}, folder_}, out_, err_), 1);
  EXPECT_NE(err_.str().find("line-detector.onnx"), std::string::npos);
}

}  // namespace
}  // namespace reader
