#include "gate/core/haulier.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace core;

namespace {

HaulierIds ids(std::optional<std::string> eori, std::optional<std::string> tin = std::nullopt) {
  HaulierIds result;
  result.eori = std::move(eori);
  result.tin = std::move(tin);
  return result;
}

HaulierIds some_ids() {
  const auto one = [] {
    return *rc::gen::element<std::optional<std::string>>(std::nullopt, std::string(), std::string("A1"),
                                                         std::string("b-2"));
  };
  return {one(), one(), one(), one(), one(), one()};
}

}  // namespace

TEST(Haulier, OneKindInCommonDecides) {
  EXPECT_EQ(compare(ids("BE1"), ids("BE1")), HaulierMatch::same);
  EXPECT_EQ(compare(ids("BE1"), ids("BE2")), HaulierMatch::different);
  EXPECT_EQ(compare(ids("BE1", "T1"), ids("BE1")), HaulierMatch::same);
}

TEST(Haulier, KindsThatDisagreeContradict) {
  EXPECT_EQ(compare(ids("BE1", "T1"), ids("BE1", "T2")), HaulierMatch::contradicting);
  EXPECT_EQ(compare(ids("BE1", "T1"), ids("BE2", "T2")), HaulierMatch::different);
}

TEST(Haulier, AnIdOfAnotherKindSaysNothing) {
  EXPECT_EQ(compare(ids("BE1"), ids(std::nullopt, "BE1")), HaulierMatch::unknown);
  EXPECT_EQ(compare({}, {}), HaulierMatch::unknown);
}

TEST(Haulier, AnEmptyIdIsNoId) {
  EXPECT_EQ(compare(ids(""), ids("")), HaulierMatch::unknown);
  EXPECT_EQ(compare(ids(" .-"), ids("--")), HaulierMatch::unknown);
  EXPECT_EQ(compare(ids("", "T1"), ids("BE1", "t1")), HaulierMatch::same);
  EXPECT_FALSE(has_id(ids(""), ""));
}

TEST(Haulier, CaseAndSeparatorsMeanNothing) {
  EXPECT_EQ(compare(ids("BE 0400.000-001"), ids("be0400000001")), HaulierMatch::same);
  EXPECT_TRUE(has_id(ids("BE 0400.000-001"), "be0400000001"));
}

TEST(Haulier, EveryKindIsCompared) {
  for (const auto kind : {&HaulierIds::nxt_entity_id, &HaulierIds::eori, &HaulierIds::tin, &HaulierIds::apcs,
                          &HaulierIds::duns, &HaulierIds::external_id}) {
    HaulierIds a;
    HaulierIds b;
    a.*kind = "A1";
    b.*kind = "a-1";
    EXPECT_EQ(compare(a, b), HaulierMatch::same);
    EXPECT_TRUE(has_id(a, "A1"));
    b.*kind = "A2";
    EXPECT_EQ(compare(a, b), HaulierMatch::different);
  }
}

RC_GTEST_PROP(Haulier, ComparingIsMutual, ()) {
  const HaulierIds a = some_ids();
  const HaulierIds b = some_ids();
  RC_ASSERT(compare(a, b) == compare(b, a));
}

RC_GTEST_PROP(Haulier, AHaulierIsItselfUnlessItHasNoId, ()) {
  const HaulierIds a = some_ids();
  const HaulierMatch itself = compare(a, a);
  RC_ASSERT(itself == HaulierMatch::same || itself == HaulierMatch::unknown);
}
