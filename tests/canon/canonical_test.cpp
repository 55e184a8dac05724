// The form of the bytes: RFC 8785 with examples of our own making.
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "gate/canon/json.hpp"

namespace {

using nlohmann::json;

std::string canonical_of(const char* text) {
  const auto parsed = canon::parse_strict(text, canon::Numbers::any);
  return parsed ? canon::canonical(*parsed) : parsed.error().what;
}

TEST(Canonical, KeysAreSortedAndBlanksAreGone) {
  EXPECT_EQ(canonical_of(" { \"b\" : [ 1 , 2 ] ,\n \"a\" : { \"d\" : null , \"c\" : true } } "),
            R"({"a":{"c":true,"d":null},"b":[1,2]})");
}

TEST(Canonical, KeysSortByUtf16UnitsSoThatCharactersBeyondTheBasicPlaneComeBeforeE000) {
  EXPECT_EQ(canonical_of(
                "{\"\\uE000\":1,\"\\uD83D\\uDE9A\":2,\"\\u20AC\":3,\"Z\":4,\"\\uFFFD\":5,\"\":6,\"ZZ\":7}"),
            "{\"\":6,\"Z\":4,\"ZZ\":7,\"\u20AC\":3,\"\U0001F69A\":2,\"\uE000\":1,\"\uFFFD\":5}");
}

TEST(Canonical, OnlyTheNecessaryCharactersAreEscapedAndHexIsLowerCase) {
  EXPECT_EQ(canonical_of(R"("\u0041\u00e9\/\u000a\u000D\u0009\u0008\u000C\u001F\u0000\"\\\u007f")"),
            "\"A\u00e9/\\n\\r\\t\\b\\f\\u001f\\u0000\\\"\\\\\x7f\"");
}

TEST(Canonical, MinusZeroIsZero) { EXPECT_EQ(canonical_of("[-0,0,-1]"), "[0,0,-1]"); }

TEST(Canonical, EmptyContainersStayEmpty) { EXPECT_EQ(canonical_of("[{},[],\"\"]"), "[{},[],\"\"]"); }

TEST(Canonical, BytesThatAreNoUtf8BecomeTheReplacementCharacter) {
  EXPECT_EQ(canon::canonical(json("A\xFF"
                                  "B")),
            "\"A\uFFFDB\"");
}

TEST(Canonical, FloatsAndInexactIntegersAreABugOfTheCaller) {
  EXPECT_THROW((void)canon::canonical(json(1.5)), std::invalid_argument);
  EXPECT_THROW((void)canon::canonical(json(std::int64_t{1} << 53)), std::invalid_argument);
  EXPECT_THROW((void)canon::canonical(json(-(std::int64_t{1} << 53))), std::invalid_argument);
  EXPECT_EQ(canon::canonical(json((std::int64_t{1} << 53) - 1)), "9007199254740991");
  EXPECT_THROW((void)canon::canonical(json{{"\xFF", 1}}), std::invalid_argument);
}

}  // namespace
