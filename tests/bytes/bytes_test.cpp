// One text for the same bytes: what has another spelling could be changed without anybody noticing.
#include "gate/bytes/bytes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

TEST(Base64, IsThatOfTheStandard) {  // RFC 4648, section 10
  EXPECT_EQ(bytes::to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(bytes::to_base64url("foob"), "Zm9vYg");
  EXPECT_EQ(bytes::from_base64("Zm9vYg=="), "foob");
  EXPECT_EQ(bytes::from_base64("Zm9vYg"), std::nullopt) << "no padding";
}

TEST(Base64url, IsTakenInItsOneFormAlone) {
  EXPECT_EQ(bytes::from_base64url("QQ"), "A");
  EXPECT_EQ(bytes::from_base64url("QR"), std::nullopt) << "stray bits";
  EXPECT_EQ(bytes::from_base64url("QQ=="), std::nullopt) << "padding";
  EXPECT_EQ(bytes::from_base64url("Q Q"), std::nullopt) << "blank";
  EXPECT_EQ(bytes::from_base64url("QQ\n"), std::nullopt);
  EXPECT_EQ(bytes::from_base64url("a+b/"), std::nullopt) << "the other alphabet";
  EXPECT_EQ(bytes::from_base64url("Q"), std::nullopt);
  EXPECT_EQ(bytes::from_base64url("_w"), "\xff");
  EXPECT_EQ(bytes::from_base64url("\xdfw"), std::nullopt) << "an underscore with its highest bit set";
}

RC_GTEST_PROP(Base64, ComesBackAndWithAnyBitFlippedIsAnotherOrNone, (const std::string& some)) {
  for (const auto& [text, back] : {std::pair{bytes::to_base64(some), &bytes::from_base64},
                                   {bytes::to_base64url(some), &bytes::from_base64url}}) {
    RC_ASSERT(back(text) == some);
    for (std::size_t i = 0; i < text.size() * 8; ++i) {
      std::string flipped = text;
      flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
      RC_ASSERT(back(flipped) != some);
    }
  }
}

/// Padding, strangers and stray bits, in every length.
RC_GTEST_PROP(Base64, IsTakenOnlyWhereWritingItAgainGivesTheSameText, ()) {
  const std::string text = *rc::gen::container<std::string>(
      rc::gen::weightedOneOf<char>({{20, rc::gen::elementOf(std::string("AQgw/+-_z9"))},
                                    {1, rc::gen::arbitrary<char>()},
                                    {1, rc::gen::just('=')}}));
  for (const auto& [back, forth] :
       {std::pair{&bytes::from_base64, &bytes::to_base64}, {&bytes::from_base64url, &bytes::to_base64url}}) {
    if (const auto some = back(text)) RC_ASSERT(forth(*some) == text);
  }
}

TEST(Hex, IsTakenInItsSizeAloneAndWrittenInLowerCase) {
  EXPECT_EQ(bytes::to_hex("\x01\xff"), "01ff");
  EXPECT_EQ(bytes::from_hex("01FF", 2), "\x01\xff");
  EXPECT_EQ(bytes::from_hex("01ff", 3), std::nullopt);
  EXPECT_EQ(bytes::from_hex("01fg", 2), std::nullopt);
}

TEST(Sha256, IsThatOfTheStandard) {  // FIPS 180-4
  EXPECT_EQ(bytes::to_hex(bytes::sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
