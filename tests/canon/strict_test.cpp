// What is refused, and that the refusal says where and what is allowed.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/canon/json.hpp"
#include "gate/core/policy.hpp"
#include "gate/core/standing.hpp"

namespace {

using testing::HasSubstr;

std::string refusal_of(std::string_view text, canon::Numbers numbers = canon::Numbers::integers,
                       int depth = 32) {
  const auto parsed = canon::parse_strict(text, numbers, depth);
  return parsed ? "accepted" : parsed.error().what;
}

std::string standing_refusal(std::string_view text, canon::Reading reading = canon::Reading::own) {
  const auto value = canon::read<core::Standing>(text, reading);
  if (value) return "accepted";
  EXPECT_EQ(value.error().fault, core::Fault::malformed);
  return value.error().what;
}

TEST(ParseStrict, DuplicateKeysAreRefusedAtAnyDepth) {
  EXPECT_THAT(refusal_of(R"({"a":1,"a":2})"), HasSubstr("duplicate key"));
  EXPECT_THAT(refusal_of(R"([{"x":{"b":1,"c":[],"b":1}}])"), HasSubstr("duplicate key"));
  EXPECT_THAT(refusal_of("{\"a\":1,\"\\u0061\":1}"), HasSubstr("duplicate key"));
  EXPECT_EQ(refusal_of(R"([{"a":1},{"a":1,"b":{"a":1}}])"), "accepted");
}

TEST(ParseStrict, FloatsAreRefusedUnlessAskedFor) {
  for (const char* text :
       {"1.0", "1e3", "9007199254740992", "-9007199254740992", "1e400", "99999999999999999999"}) {
    EXPECT_THAT(refusal_of(text), testing::Not("accepted")) << text;
  }
  EXPECT_EQ(refusal_of("[1.5,1e3,99999999999999999999]", canon::Numbers::any), "accepted");
  EXPECT_EQ(refusal_of("[9007199254740991,-9007199254740991]"), "accepted");
}

TEST(ParseStrict, NestingHasALimit) {
  EXPECT_EQ(refusal_of(std::string(32, '[') + std::string(32, ']')), "accepted");
  EXPECT_THAT(refusal_of(std::string(33, '[') + std::string(33, ']')), HasSubstr("nested too deeply"));
  EXPECT_THAT(refusal_of(std::string(1'000'000, '[')), HasSubstr("nested too deeply"));
  EXPECT_THAT(refusal_of(R"({"a":{"b":1}})", canon::Numbers::integers, 1), HasSubstr("nested too deeply"));
}

TEST(ParseStrict, NothingMayFollowOrPrecedeTheValue) {
  EXPECT_THAT(refusal_of("{} {}"), HasSubstr("byte 4"));
  EXPECT_THAT(refusal_of(std::string_view("{}\0", 3)), HasSubstr("byte 3"));
  EXPECT_THAT(refusal_of("\xEF\xBB\xBF{}"), HasSubstr("byte order mark"));
  EXPECT_THAT(refusal_of(""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal_of("// note\n{}"), HasSubstr("not JSON"));
}

TEST(ParseStrict, TextThatIsNoUtf8IsRefused) {
  EXPECT_THAT(refusal_of("\"\xC3\""), HasSubstr("not JSON"));
  EXPECT_THAT(refusal_of("\"\\uD800\""), HasSubstr("not JSON"));
}

TEST(ParseStrict, TheTextItselfNeverAppearsInTheRefusal) {
  EXPECT_THAT(refusal_of(R"({"token": swordfish})"), testing::Not(HasSubstr("swordfish")));
}

RC_GTEST_PROP(ParseStrict, AnyBytesEitherParseOrAreRefused, (const std::string& bytes)) {
  const auto parsed = canon::parse_strict(bytes);
  RC_ASSERT(parsed.has_value() || parsed.error().fault == core::Fault::malformed);
}

RC_GTEST_PROP(ParseStrict, CanonicalTextIsAFixedPoint,
              (const std::map<std::string, std::vector<std::string>>& raw)) {
  std::map<std::string, std::vector<std::string>> value;  // keys in UTF-8, values of any bytes
  for (const auto& [key, items] : raw) {
    std::string text;
    for (const unsigned char c : key) c < 0x80 ? text += static_cast<char>(c) : text += "\uE001\U0001F69A";
    value[text] = items;
  }
  const std::string once = canon::canonical(nlohmann::json(value));
  const auto parsed = canon::parse_strict(once);
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(canon::canonical(*parsed) == once);
}

TEST(Read, AnUnknownKeyIsNamedWithWhatIsAllowed) {
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":false,"modus":1})"),
            "modus: unknown key, allowed: mode, dataAsOf, reconciling");
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":false,"modus":1})", canon::Reading::foreign),
            "accepted");
}

TEST(Read, AMissingKeyIsNamed) {
  EXPECT_EQ(standing_refusal(R"({"mode":"online"})"), "reconciling: missing");
}

TEST(Read, AnUnknownEnumValueIsRefusedWithTheAllowedOnes) {
  EXPECT_EQ(standing_refusal(R"({"mode":"Online","reconciling":false})"),
            "mode: unknown value, allowed: online, backup, restricted");
}

TEST(Read, AWrongTypeIsRefusedWithTheAllowedOne) {
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":0})"),
            "reconciling: wrong type, allowed: true or false");
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":null})"),
            "reconciling: wrong type, allowed: true or false");
  EXPECT_EQ(standing_refusal("[]"), "document: wrong type, allowed: an object");
}

TEST(Read, ThePathLeadsThroughListsToTheKey) {
  nlohmann::json policy = canon::to_json(core::Policy{});
  policy["lights"] = nlohmann::json::array();
  for (const auto& light : {"customs", "other"}) {
    policy["lights"].push_back(
        {{"light", light}, {"value", "x"}, {"colour", "red"}, {"followUp", nlohmann::json::array()}});
  }
  ASSERT_TRUE(canon::from_json<core::Policy>(policy).has_value());
  policy["lights"][1]["followUp"] = {"scan", "weigh"};
  EXPECT_EQ(canon::from_json<core::Policy>(policy).error().what,
            "lights[1].followUp[1]: unknown value, allowed: scan, fasfc, port_equalisation, transhipment");
}

TEST(Read, AnIntegerOutOfBoundsIsRefusedWithTheBounds) {
  const std::int64_t big = std::int64_t{1} << 31;
  EXPECT_EQ(canon::from_json<int>(nlohmann::json(big)).error().what,
            "document: out of bounds, allowed: an integer of -2147483648 to 2147483647");
  EXPECT_TRUE(canon::from_json<int>(nlohmann::json(-big)).has_value());
  EXPECT_FALSE(canon::from_json<int>(nlohmann::json(-big - 1)).has_value());
  EXPECT_FALSE(canon::from_json<std::int64_t>(nlohmann::json(~std::uint64_t{0})).has_value());
}

TEST(Read, AnEmptyOptionalMayBeAbsentOrNull) {
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":false,"dataAsOf":null})"), "accepted");
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":false,"dataAsOf":"2026-11-22T14:05:09Z"})"),
            "dataAsOf: not a time, allowed: a time like \"2026-11-22T14:05:09.123Z\"");
  EXPECT_EQ(standing_refusal(R"({"mode":"online","reconciling":false,"dataAsOf":"2026-11-22T14:05:09Z"})",
                             canon::Reading::foreign),
            "accepted");
}

TEST(Read, AHostileKeyIsShownHarmlessly) {
  EXPECT_EQ(standing_refusal("{\"mode\":\"online\",\"reconciling\":false,\"\\u001b[31m" +
                             std::string(100, 'x') + "\":1}"),
            "?[31m" + std::string(35, 'x') + ": unknown key, allowed: mode, dataAsOf, reconciling");
}

}  // namespace
