// In back-up mode a terminal may want people to look where a rule passes on data that may have changed since.
#include <gtest/gtest.h>

#include "tests/core/scene.hpp"

using namespace core;
using namespace tests;

namespace {

struct Rule {
  CheckKind kind;
  bool BackupRefers::*refers;
};

class BackupPolicy : public testing::TestWithParam<Rule> {
 protected:
  Case day = at_entry();

  Outcome outcome(const Verdict& verdict) {
    for (const Check& check : verdict.checks)
      if (check.kind == GetParam().kind) return check.outcome;
    return Outcome::fail;
  }
};

TEST_P(BackupPolicy, RefersWhereThisRuleAlonePasses) {
  ASSERT_EQ(day.verdict().decision, Decision::grant);
  day.policy.backup_refers.*GetParam().refers = true;
  EXPECT_EQ(day.verdict().decision, Decision::grant) << "fresh data: nothing to doubt";
  day.standing.mode = Mode::backup;
  const Verdict verdict = day.verdict();
  EXPECT_EQ(verdict.decision, Decision::refer);
  EXPECT_EQ(verdict.reasons, std::vector<Reason>{Reason::backup_referred});
  EXPECT_EQ(outcome(verdict), Outcome::unknown);
}

TEST_P(BackupPolicy, LeavesJobsAloneThatNeedNoRight) {
  day.standing.mode = Mode::backup;
  day.policy.backup_refers.*GetParam().refers = true;
  day.job().kind = JobKind::deliver_export;
  EXPECT_NE(outcome(day.verdict()), Outcome::unknown);
}

INSTANTIATE_TEST_SUITE_P(Rules, BackupPolicy,
                         testing::Values(Rule{CheckKind::right, &BackupRefers::right},
                                         Rule{CheckKind::lights, &BackupRefers::lights},
                                         Rule{CheckKind::driver, &BackupRefers::driver},
                                         Rule{CheckKind::haulier, &BackupRefers::haulier},
                                         Rule{CheckKind::means_of_transport,
                                              &BackupRefers::means_of_transport},
                                         Rule{CheckKind::data, &BackupRefers::data}));

}  // namespace
