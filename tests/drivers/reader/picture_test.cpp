#include "drivers/reader/picture.hpp"

#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>
#include <rapidcheck/gtest.h>

namespace reader {
namespace {

std::string encoded(const char* kind, int width = 64, int height = 48) {
  std::vector<uchar> bytes;
  cv::imencode(kind, cv::Mat(height, width, CV_8UC3, cv::Scalar(40, 90, 160)), bytes);
  return {bytes.begin(), bytes.end()};
}

TEST(Picture, AJpegAndAPngAreDecodedToGrey) {
  for (const char* kind : {".jpg", ".png"}) {
    const core::Result<cv::Mat> picture = decode(encoded(kind));
    ASSERT_TRUE(picture) << picture.error().what;
    EXPECT_EQ(picture->type(), CV_8U);
    EXPECT_EQ(picture->cols, 64);
  }
}

TEST(Picture, NoBytesAreAnError) { EXPECT_EQ(decode("").error().fault, core::Fault::corrupt); }

TEST(Picture, OtherFormatsAreAnError) {
  EXPECT_EQ(decode(encoded(".bmp")).error().fault, core::Fault::corrupt);
  EXPECT_EQ(decode("GIF89a..............................").error().fault, core::Fault::corrupt);
}

TEST(Picture, AGiganticDeclaredSizeIsRefusedBeforeDecoding) {
  std::string png = encoded(".png");
  for (const std::size_t at : {16U, 20U}) png.replace(at, 4, std::string("\x00\x00\xFF\xFF", 4));
  const core::Result<cv::Mat> picture = decode(png);
  ASSERT_FALSE(picture);
  EXPECT_NE(picture.error().what.find("65535 x 65535"), std::string::npos);
  std::string jpeg = encoded(".jpg");
  const std::size_t frame = jpeg.find("\xFF\xC0");
  ASSERT_NE(frame, std::string::npos);
  jpeg.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_FALSE(decode(jpeg));
}

TEST(Picture, OneThatIsTooLongToCutStripsFromIsRefused) {
  EXPECT_TRUE(decode(encoded(".png", 32'766, 20)));
  const core::Result<cv::Mat> picture = decode(encoded(".png", 33'000, 20));
  ASSERT_FALSE(picture);
  EXPECT_NE(picture.error().what.find("33000 x 20"), std::string::npos);
}

TEST(Picture, ATinyPictureIsAnError) { EXPECT_FALSE(decode(encoded(".png", 8, 8))); }

RC_GTEST_PROP(Picture, ATornOrDamagedPictureNeverThrows, ()) {
  std::string bytes = encoded(*rc::gen::element(".jpg", ".png"));
  bytes.resize(*rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
  const int hits = *rc::gen::inRange(0, 8);
  for (int i = 0; i < hits && !bytes.empty(); ++i)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = static_cast<char>(*rc::gen::inRange(0, 256));
  const core::Result<cv::Mat> picture = decode(bytes);
  const bool well = !picture || !picture->empty();
  RC_ASSERT(well);
}

}  // namespace
}  // namespace reader
