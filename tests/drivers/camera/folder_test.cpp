#include "drivers/camera/folder.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace camera {

namespace {

namespace fs = std::filesystem;
using core::Fault;

std::string jpeg(const std::string& of) { return "\xFF\xD8\xFF" + of; }

class PictureFolder : public testing::Test {
 protected:
  PictureFolder() {
    std::string name = (fs::temp_directory_path() / "pictures-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~PictureFolder() override { fs::remove_all(path); }
  void put(const std::string& name, const std::string& bytes) {
    std::ofstream(path / name, std::ios::binary) << bytes;
  }

  fs::path path;
};

}  // namespace

TEST_F(PictureFolder, GivesItsPicturesInTheOrderOfTheirNamesForEver) {
  put("b.jpg", jpeg("b"));
  put("a.JPEG", jpeg("a"));
  put("c.png", "\x89PNG\r\n\x1A\n");
  put("notes.txt", "no picture");
  Folder folder(path, 100);
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(*folder.next(), jpeg("a"));
    EXPECT_EQ(*folder.next(), jpeg("b"));
    EXPECT_EQ(*folder.next(), "\x89PNG\r\n\x1A\n");
  }
}

TEST_F(PictureFolder, GoesOnBehindThePictureGivenLastWhenPicturesComeAndGo) {
  put("a.jpg", jpeg("a"));
  put("b.jpg", jpeg("b"));
  Folder folder(path, 100);
  EXPECT_EQ(*folder.next(), jpeg("a"));
  fs::remove(path / "a.jpg");
  put("aa.jpg", jpeg("aa"));
  EXPECT_EQ(*folder.next(), jpeg("aa"));
  EXPECT_EQ(*folder.next(), jpeg("b"));
}

TEST_F(PictureFolder, SaysWhatIsWrongWithItOrWithAPictureAndGoesOn) {
  Folder folder(path, 10);
  EXPECT_EQ(folder.next().error().fault, Fault::broken);
  EXPECT_EQ(Folder(path / "missing", 10).next().error().fault, Fault::broken);
  put("1.jpg", "<html>");
  put("2.jpg", jpeg("far too large"));
  put("3.jpg", jpeg("good"));
  const auto no_picture = folder.next();
  EXPECT_EQ(no_picture.error().fault, Fault::corrupt);
  EXPECT_NE(no_picture.error().what.find("1.jpg"), std::string::npos);
  EXPECT_EQ(folder.next().error().fault, Fault::corrupt);
  EXPECT_EQ(*folder.next(), jpeg("good"));
}

}  // namespace camera
