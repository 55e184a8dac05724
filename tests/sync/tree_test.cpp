// What is read with each snapshot is taken apart by a faster parser than anything else: they must not differ.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "gate/canon/parse_strict.hpp"
#include "sync/wire/fields.hpp"

using namespace syncing;
using testing::HasSubstr;

namespace {

/// What the tree holds, or "refused: " and why.
std::string taken_apart(const std::string& text) {
  const auto tree = Tree::parse_object(text, "it");
  return tree ? tree->without("no such name").dump() : "refused: " + tree.error().what;
}

std::string by_the_strict_parser(const std::string& text) {
  const auto json = canon::parse_strict(text, canon::Numbers::any);
  if (!json) return "refused: it: " + json.error().what;
  return json->is_object() ? json->dump() : "refused: it: not a JSON object";
}

std::string nested(int depth) {
  return "{\"a\":" + std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']') + "}";
}

TEST(Tree, RefusesWhatTheStrictParserRefusesAndSaysSoInItsWords) {
  for (const std::string& text :
       {std::string(R"({"a":1,"a":2})"), std::string(R"({"a":{"b":[{"c":1,"c":1}]}})"),
        std::string("{\"a\":\"\\u0061\",\"\\u0061\":1}"), std::string(R"({"a":1}x)"),
        std::string(R"({"a":01})"), std::string("{\"a\":\"\xC3\x28\"}"), std::string("{\"a\":\"\\ud800\"}"),
        std::string("\xEF\xBB\xBF{}"), std::string("{\"a\":\0}", 7), std::string("{}\0", 3),
        std::string("{\"a\":\"\t\"}"), std::string(""), std::string(R"([1])"), std::string(R"({"a":1e999})"),
        std::string(R"({"a":NaN})"), nested(32), nested(2000), std::string(R"({"a":1,})"),
        std::string(R"({'a':1})")}) {
    EXPECT_THAT(taken_apart(text), HasSubstr("refused: ")) << text;
    EXPECT_EQ(taken_apart(text), by_the_strict_parser(text)) << text;
  }
}

TEST(Tree, TakesWhatTheStrictParserTakes) {
  for (const std::string& text :
       {std::string(R"({"a":123456789012345678901234567890})"), std::string(R"({"a":18446744073709551615})"),
        std::string(R"({"a":-9223372036854775808})"), std::string(R"({"a":1.50,"b":[1e2,-0.0]})"),
        std::string("{\"a\\u0000b\":\"\\ud83d\\ude00\"}"), std::string("{\"\":{\"\":[null,true,false]}}"),
        std::string(" {\n} "), nested(31)}) {
    EXPECT_THAT(taken_apart(text), Not(HasSubstr("refused: "))) << text;
    EXPECT_EQ(nlohmann::json::parse(taken_apart(text)), nlohmann::json::parse(by_the_strict_parser(text)))
        << text;
  }
}

RC_GTEST_PROP(Tree, DiffersFromTheStrictParserOnNoText, ()) {
  std::string text =
      R"({"kind":"releaseRight","key":{"releaseId":"R\u0031"},"data":{"lights":{"a":"é","b":{"value":null}},)"
      R"("n":[0,-1,1.5,20e3,18446744073709551616,true],"t":"\"\\\/\n"}})";
  const auto pieces = rc::gen::elementOf(std::vector<std::string>{"{",          "}",
                                                                  "[",          "]",
                                                                  ",",          ":",
                                                                  "\"",         "\\",
                                                                  "\\u00",      "\"key\"",
                                                                  "\"key\":1,", "null",
                                                                  "-",          ".",
                                                                  "e",          "0",
                                                                  "9",          "\n",
                                                                  "\x01",       "\x80",
                                                                  "\xC3",       "\xEF\xBB\xBF",
                                                                  "\\ud800",    " ",
                                                                  "/",          std::string(1, '\0')});
  for (int cuts = *rc::gen::inRange(0, 4); cuts > 0; --cuts) {
    const auto from = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    const auto length = *rc::gen::inRange<std::size_t>(0, 4);
    text.replace(from, length, *pieces);
  }
  const std::string ours = taken_apart(text), theirs = by_the_strict_parser(text);
  if (theirs.starts_with("refused"))
    RC_ASSERT(ours == theirs);
  else
    RC_ASSERT(nlohmann::json::parse(ours) == nlohmann::json::parse(theirs));
}

}  // namespace
