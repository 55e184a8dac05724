// domain page, section 6, by reason code: each has a case that raises it and a neighbour that does not.
#include <set>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include "tests/core/reason_rows.hpp"

using namespace core;
using namespace tests;

namespace {

class VerdictTable : public testing::TestWithParam<Row> {};

std::string name_of(const testing::TestParamInfo<Row>& row) {
  return boost::describe::enum_to_string(row.param.reason, "?");
}

bool found_by(const Verdict& verdict, CheckKind kind, Reason reason) {
  return std::any_of(verdict.checks.begin(), verdict.checks.end(),
                     [&](const Check& check) { return check.kind == kind && has(check.reasons, reason); });
}

}  // namespace

TEST_P(VerdictTable, TheReasonIsRaisedByItsCheckAndNothingIsGranted) {
  Case day = GetParam().start();
  GetParam().raises(day);
  const Verdict verdict = day.verdict();
  EXPECT_TRUE(has(verdict.reasons, GetParam().reason)) << testing::PrintToString(verdict.reasons);
  EXPECT_TRUE(found_by(verdict, GetParam().check, GetParam().reason));
  EXPECT_GE(verdict.decision, facts(GetParam().reason).decision);
  EXPECT_GE(verdict.persons, facts(GetParam().reason).persons);
}

TEST_P(VerdictTable, ItIsTheOnlyKindOfDecisionRaised) {
  Case day = GetParam().start();
  GetParam().raises(day);
  EXPECT_EQ(day.verdict().decision, facts(GetParam().reason).decision);
}

TEST_P(VerdictTable, TheNeighbourDoesNotRaiseIt) {
  Case day = GetParam().start();
  GetParam().does_not(day);
  const Verdict verdict = day.verdict();
  EXPECT_FALSE(has(verdict.reasons, GetParam().reason)) << testing::PrintToString(verdict.reasons);
  for (const Check& check : verdict.checks) EXPECT_FALSE(has(check.reasons, GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(Every, VerdictTable, testing::ValuesIn(reason_rows()), name_of);

TEST(VerdictTableIsComplete, EveryReasonHasARow) {
  std::set<Reason> rows(raised_by_the_lane().begin(), raised_by_the_lane().end());
  for (const Row& row : reason_rows())
    EXPECT_TRUE(rows.insert(row.reason).second) << "two rows of one reason";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Reason>>([&](auto reason) {
    EXPECT_TRUE(rows.contains(reason.value)) << reason.name << " has no row in the table";
  });
  EXPECT_EQ(rows.size(), all_reasons().size());
}

TEST(VerdictTableIsComplete, TheTruckForWhichEverythingFitsIsGranted) {
  for (const auto start : {at_entry, at_exit}) {
    const Verdict verdict = start().verdict();
    EXPECT_EQ(verdict.decision, Decision::grant) << testing::PrintToString(verdict.reasons);
    EXPECT_TRUE(verdict.reasons.empty());
    EXPECT_EQ(verdict.persons, 0);
    EXPECT_TRUE(verdict.prompts.empty());
    ASSERT_EQ(verdict.jobs.size(), 1u);
    EXPECT_EQ(verdict.jobs.front().decision, Decision::grant);
    EXPECT_EQ(verdict.jobs.front().release_id, "release-1");
    EXPECT_EQ(verdict.driver_id_hash, driver_hash);
    EXPECT_EQ(verdict.driver_mask, "**12");
    EXPECT_EQ(verdict.language, "nl");
    EXPECT_EQ(verdict.tar, "TAR1");
  }
}
