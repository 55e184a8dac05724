// Core values survive the way to text and back, and the same value always gives the same bytes.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/canon/json.hpp"
#include "gate/core/dossier.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/operator_decision.hpp"
#include "gate/core/policy.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/signals.hpp"
#include "gate/core/verdict.hpp"
#include "tests/canon/arbitrary.hpp"

namespace {

template <class T>
struct RoundTrip : testing::Test {};

using Values = testing::Types<core::Dossier, core::Evidence, core::Policy, core::Standing, core::Verdict,
                              core::GateEvent, core::PassageRecord, core::OperatorDecision, core::Sighting,
                              core::Signals>;
TYPED_TEST_SUITE(RoundTrip, Values);

TYPED_TEST(RoundTrip, WhatWasWrittenIsReadBackTheSame) {
  EXPECT_TRUE(rc::check("read(write(x)) is x", [] {
    const std::string text = canon::write(canon_test::any<TypeParam>());
    const auto back = canon::read<TypeParam>(text);
    if (!back) RC_FAIL(back.error().what);
    RC_ASSERT(canon::write(*back) == text);
  }));
}

TYPED_TEST(RoundTrip, WhatIsWrittenIsTheCanonicalTextOfTheTree) {
  EXPECT_TRUE(rc::check("write(x) is canonical(to_json(x))", [] {
    const auto value = canon_test::any<TypeParam>();
    RC_ASSERT(canon::write(value) == canon::canonical(canon::to_json(value)));
  }));
}

TEST(Write, GivesWhateverTextsAndKeysThereAreTheFormOfTheTree) {
  const std::map<std::string, std::vector<std::string>> map{{"\uE000",
                                                             {"A\xFF"
                                                              "B",
                                                              "\x7f\x1f\n", ""}},
                                                            {"\U0001F69A", {}},
                                                            {"a\"\\", {"\u00e9", "/"}},
                                                            {"", {}}};
  EXPECT_EQ(canon::write(map), canon::canonical(canon::to_json(map)));
  EXPECT_THROW((void)canon::write(std::map<std::string, int>{{"\xFF", 1}}), std::invalid_argument);
  EXPECT_THROW((void)canon::write(std::vector<std::int64_t>{std::int64_t{1} << 53}), std::invalid_argument);
}

TEST(Write, MembersBecomeCamelCaseKeysAndEnumsTheirNames) {
  core::ReleaseRight right;
  right.release_id = "R-1";
  right.release_date_time_utc = core::WallTime(core::Milliseconds(1'795'356'309'123));
  right.state = core::RightState::blocked;
  right.lights = {{"customs", "released"}};
  EXPECT_EQ(
      canon::write(right),
      R"({"asOf":"1970-01-01T00:00:00.000Z","carrier":{},"equipmentNumber":"",)"
      R"("lights":[{"name":"customs","value":"released"}],"releaseDateTimeUtc":"2026-11-22T14:05:09.123Z",)"
      R"("releaseId":"R-1","source":"","state":"blocked","usedElsewhere":false})");
}

TEST(Write, MapsKeepTheirKeysAsTheyAre) {
  const std::map<std::string, std::vector<int>> map{{"open_limit", {1, 2}}, {"a", {}}};
  EXPECT_EQ(canon::write(map), R"({"a":[],"open_limit":[1,2]})");
  EXPECT_EQ((*canon::read<std::map<std::string, std::vector<int>>>(R"({"open_limit":[1,2],"a":[]})")), map);
}

}  // namespace
