#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drivers/reader/read_command.hpp"
#include "tests/drivers/reader/looks.hpp"

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

  int run(const std::vector<std::string>& files, bool together) {
    return read_command(files, together, GATEHOUSE_SOURCE "/drivers/reader/models", out_, err_);
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

TEST_F(ReadCommand, WithoutModelsItSaysSo) {
  EXPECT_EQ(read_command({}, false, folder_, out_, err_), 1);
  EXPECT_NE(err_.str().find("line-detector.onnx"), std::string::npos);
}

}  // namespace
}  // namespace reader
