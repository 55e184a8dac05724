#include "drivers/camera/mjpeg.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "drivers/camera/still.hpp"

namespace camera {

namespace {

using core::Fault;

const std::string first = "\xFF\xD8\xFF first \r\n--b not the boundary \xFF\xD9";
const std::string second = "\xFF\xD8\xFF second \xFF\xD9";

std::string sized(const std::string& body, const std::string& boundary = "--b") {
  return boundary + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body + "\r\n";
}

std::string open(const std::string& body) {
  return "--frame\r\nContent-Type: image/jpeg\r\n\r\n" + body + "\r\n";
}

/// What the parser makes of these pieces: the picture, "" for more needed, "!" for a fault.
std::string parse(const std::vector<std::string>& pieces, const std::string& boundary,
                  std::size_t max_bytes = 1000) {
  MjpegParser parser(boundary, max_bytes);
  for (const auto& piece : pieces) {
    const auto fed = parser.feed(piece);
    if (!fed) return "!";
    if (*fed) return **fed;
  }
  return "";
}

std::vector<std::string> cut_up(const std::string& whole) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < whole.size();) {
    const auto size = *rc::gen::inRange<std::size_t>(1, 40);
    pieces.push_back(whole.substr(at, size));
    at += size;
  }
  return pieces;
}

}  // namespace

TEST(MjpegBoundary, IsTakenFromTheHeaderQuotedOrNot) {
  EXPECT_EQ(*boundary_of("multipart/x-mixed-replace; boundary=frame"), "frame");
  EXPECT_EQ(*boundary_of("Multipart/X-Mixed-Replace;Boundary=\"my frame\"; x=y"), "my frame");
  EXPECT_EQ(*boundary_of("multipart/x-mixed-replace; boundary=--frame; x=y"), "--frame");
  for (const auto* header :
       {"", "image/jpeg", "multipart/x-mixed-replace",
        "multipart/x-mixed-replace; boundary=", "multipart/x-mixed-replace; boundary=\"\""}) {
    EXPECT_EQ(boundary_of(header).error().fault, Fault::malformed) << header;
  }
}

TEST(MjpegParser, GivesTheFirstWholePictureWithOrWithoutALength) {
  EXPECT_EQ(parse({sized(first) + sized(second)}, "b"), first);
  EXPECT_EQ(parse({open(second) + "--frame"}, "frame"), second);
}

TEST(MjpegParser, AcceptsABoundaryThatAlreadyBearsItsDashes) {
  EXPECT_EQ(parse({sized(second)}, "--b"), second);
  EXPECT_EQ(parse({sized(second, "----b")}, "--b"), second);
}

TEST(MjpegParser, SkipsWhatStandsBeforeTheFirstBoundaryAndPartsThatAreNoWholePicture) {
  EXPECT_EQ(parse({"tail of an older picture \xFF\xD9\r\n" + sized(second)}, "b"), second);
  EXPECT_EQ(parse({sized("<html>") + sized("\xFF\xD8\xFF torn") + sized(second)}, "b"), second);
}

TEST(MjpegParser, AcceptsAPictureThatIsPaddedBehindItsEnd) {
  EXPECT_EQ(parse({sized(second + std::string(3, '\0'))}, "b"), second + std::string(3, '\0'));
}

TEST(MjpegParser, NeedsTheWholePart) {
  const auto whole = sized(second);
  EXPECT_EQ(parse({whole.substr(0, whole.size() - 3)}, "b"), "");
}

// Fails when a part is collected without looking at its size.
TEST(MjpegParser, RefusesAPartThatIsLargerThanAllowed) {
  EXPECT_EQ(parse({sized(second)}, "b", second.size() - 1), "!");
  EXPECT_EQ(parse({sized(second)}, "b", second.size()), second);
  EXPECT_EQ(parse({"--frame\r\n\r\n", std::string(600, 'x'), std::string(600, 'x')}, "frame"), "!");
  EXPECT_EQ(parse({"--b\r\nContent-Length: 99999999999999999999999999\r\n\r\n"}, "b"), "!");
  EXPECT_EQ(parse({"--b\r\nContent-Length: -5\r\n\r\n"}, "b"), "!");
  EXPECT_EQ(parse({"--b\r\n" + std::string(10'000, 'h')}, "b"), "!");
}

TEST(MjpegParser, HowTheStreamWasCutUpNeverMatters) {
  EXPECT_TRUE(rc::check([] {
    const auto whole = *rc::gen::element(sized(first) + sized(second), open(second) + open(second),
                                         sized("no picture") + sized(second), "junk\r\n--" + sized(second));
    const auto boundary = whole.find("--frame") != std::string::npos ? "frame" : "b";
    RC_ASSERT(parse(cut_up(whole), boundary) == parse({whole}, boundary));
  }));
}

TEST(MjpegParser, NoBytesWhateverMakeItFailOrGiveWhatIsNoPicture) {
  EXPECT_TRUE(rc::check([] {
    auto stream = sized(first) + open(second) + sized(second);
    for (int flips = *rc::gen::inRange(0, 30); flips > 0; --flips) {
      stream[*rc::gen::inRange<std::size_t>(0, stream.size())] = *rc::gen::arbitrary<char>();
    }
    if (*rc::gen::arbitrary<bool>()) stream += *rc::gen::arbitrary<std::string>();
    const auto result = parse(cut_up(stream), *rc::gen::element<std::string>("b", "frame", "-", "\r"), 200);
    RC_ASSERT(result.empty() || result == "!" || is_whole_jpeg(result));
    RC_ASSERT(result.size() <= 200u);
  }));
}

TEST(Still, BeginsAsAPictureOrIsNone) {
  EXPECT_TRUE(begins_as_picture(first));
  EXPECT_TRUE(begins_as_picture("\x89PNG\r\n\x1A\n..."));
  EXPECT_FALSE(begins_as_picture("GIF89a"));
  EXPECT_FALSE(begins_as_picture("\xFF\xD8"));
  EXPECT_FALSE(begins_as_picture(""));
}

}  // namespace camera
