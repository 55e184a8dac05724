#include "drivers/badge/line.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace badge {

namespace {

using core::Fault;

std::string card(std::string_view line) {
  const auto parsed = parse_line(line);
  return parsed && std::holds_alternative<BadgeLine>(*parsed) ? std::get<BadgeLine>(*parsed).card_number
                                                              : "none";
}

std::string tar(std::string_view line) {
  const auto parsed = parse_line(line);
  return parsed && std::holds_alternative<TarLine>(*parsed) ? std::get<TarLine>(*parsed).tar : "none";
}

/// Everything that a cutter gives for these pieces: lines, and "!" for a fault.
std::vector<std::string> cut(const std::vector<std::string>& pieces, std::size_t max_line) {
  LineCutter cutter(max_line);
  std::vector<std::string> all;
  for (const auto& piece : pieces) {
    cutter.feed(piece);
    while (auto line = cutter.next()) all.push_back(*line ? **line : "!");
  }
  return all;
}

}  // namespace

TEST(BadgeLine, KeepsLeadingZeros) {
  EXPECT_EQ(card("BADGE 0012345678"), "0012345678");
  EXPECT_EQ(card("BADGE 1234"), "1234");
  EXPECT_EQ(card("BADGE 12345678901234567890"), "12345678901234567890");
}

TEST(BadgeLine, TarIsTakenAsItIs) {
  EXPECT_EQ(tar("TAR T-2026/0042.a_b"), "T-2026/0042.a_b");
  EXPECT_EQ(tar("TAR " + std::string(35, 'A')), std::string(35, 'A'));
}

TEST(BadgeLine, AnythingElseIsMalformedAndIsNotQuoted) {
  using namespace std::string_literals;
  for (const auto& line : {""s,
                           "BADGE"s,
                           "BADGE "s,
                           "BADGE 123"s,
                           "BADGE 123456789012345678901"s,
                           "BADGE 12 34"s,
                           "BADGE 98765x"s,
                           "BADGE 9876\0005"s,
                           "BADGE \xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4"s,
                           "badge 98765"s,
                           " BADGE 98765"s,
                           "BADGE  98765"s,
                           "BADGE 98765 "s,
                           "BADGE -98765"s,
                           "BADGE 98765\r"s,
                           "CARD 98765"s,
                           "98765"s,
                           "TAR"s,
                           "TAR "s,
                           "TAR " + std::string(36, 'A'),
                           "TAR a b"s,
                           "TAR \xC3\xA9t\xC3\xA9"s,
                           "TAR 98765\0"s,
                           "TAR <script>98765"s}) {
    const auto parsed = parse_line(line);
    ASSERT_FALSE(parsed) << line;
    EXPECT_EQ(parsed.error().fault, Fault::malformed);
    EXPECT_FALSE(parsed.error().what.empty());
    EXPECT_EQ(parsed.error().what.find("9876"), std::string::npos);
  }
}

TEST(BadgeLine, NoBytesWhateverMakeTheParserFail) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const auto parsed = parse_line(bytes);
    RC_ASSERT(parsed.has_value() || parsed.error().fault == Fault::malformed);
    const auto badge = parse_line("BADGE " + bytes);
    if (badge) RC_ASSERT(bytes.find_first_not_of("0123456789") == std::string::npos);
  }));
}

TEST(LineCutter, ALineEndsWithLfOrCrLf) {
  EXPECT_EQ(cut({"one\ntwo\r\n\nthree"}, 16), (std::vector<std::string>{"one", "two", ""}));
}

// Fails when an oversize line is reported for every piece of it, or swallows the line behind it.
TEST(LineCutter, ALineThatIsTooLongIsRefusedOnceAndSkippedToItsEnd) {
  const std::vector<std::string> pieces{std::string(5000, 'x'), std::string(5000, 'y'), "z\nnext\n"};
  EXPECT_EQ(cut(pieces, 256), (std::vector<std::string>{"!", "next"}));
  EXPECT_EQ(cut({std::string(17, 'x') + "\nnext\n"}, 16), (std::vector<std::string>{"!", "next"}));
  EXPECT_EQ(cut({std::string(16, 'x') + "\nnext\n"}, 16),
            (std::vector<std::string>{std::string(16, 'x'), "next"}));
}

TEST(LineCutter, HowTheBytesWereCutUpOnTheWayNeverMatters) {
  EXPECT_TRUE(rc::check([] {
    const auto letters = rc::gen::element('a', 'b', '\n', '\r', '\0');
    const auto pieces =
        *rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(letters));
    std::string whole;
    for (const auto& piece : pieces) whole += piece;
    RC_ASSERT(cut(pieces, 6) == cut({whole}, 6));
  }));
}

}  // namespace badge
