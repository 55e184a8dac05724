// What a reconciliation finds is put before people, until somebody has dealt with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

class Found : public testing::Test {
 protected:
  /// R1 and R2 were granted while the data were old; R1 had been revoked, and R2 used elsewhere and blocked.
  Found() {
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))});
    appliance_.head(1, 0);
    appliance_.wait(std::chrono::minutes(3));
    ports::JournalEntry entry;
    entry.passage = passage("P1", core::Ending::passed);
    entry.passage->standing = appliance_->standing(appliance_.clock.now());
    entry.visit = visit("P1", "1ABC123", core::VisitState::inside);
    entry.claims = {claim("R1", "P1"), claim("R2", "P1", core::ClaimState::claimed, "MSKU9070323", "S2")};
    entry.claims[1].job = "2";
    for (auto& one : entry.claims) one.since = appliance_.clock.now().wall;
    EXPECT_TRUE(appliance_.commit(entry));
    appliance_.updates(1, 1,
                       {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1"),
                        change(ChangeKind::use, ChangeOp::upsert, "R2"),
                        change(ChangeKind::releaseRight, ChangeOp::block, "R2")});
    appliance_.head(1, 3);
    appliance_.wait(std::chrono::seconds(1));
  }

  ports::FindingsReport findings(int limit = 50) { return appliance_->findings(limit).value(); }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

}  // namespace

TEST_F(Found, DifferencesAreListedTheNewestFirstAlsoAfterARestart) {
  for (int round = 0; round < 2; ++round) {
    const auto report = findings();
    EXPECT_EQ(report.total, 3) << "and the sum of it is none";
    ASSERT_EQ(report.findings.size(), 3u);
    const auto& first = report.findings.back();
    EXPECT_EQ(first.equipment_number, "CSQU3054383");
    EXPECT_EQ(first.stay_number, "S1");
    EXPECT_EQ(first.plate, "1ABC123");
    EXPECT_EQ(first.visit, "P1");
    EXPECT_THAT(first.text, HasSubstr("was revoked"));
    EXPECT_EQ(appliance_.report().findings, 3);
    EXPECT_EQ(findings(2).findings.size(), 2u);
    EXPECT_EQ(findings(2).total, 3);
    appliance_.restart();
  }
  EXPECT_EQ(appliance_->findings(0).error().fault, core::Fault::malformed);
}

TEST_F(Found, IsGoneOnceSomebodyHasDealtWithItAndWhoIsOnTheRecord) {
  const std::string ulid = findings().findings.back().ulid;
  appliance_.clock.advance(std::chrono::hours(1));
  ASSERT_TRUE(appliance_.carry_out(appliance_->settle(ulid, "ann")));
  EXPECT_EQ(findings().total, 2);
  EXPECT_EQ(appliance_.report().findings, 2);
  const auto reader = JournalReader::open(folder_ / "journal.db").value();
  const core::GateEvent last = reader->pending(0, 1000).value().back().event;
  EXPECT_EQ(last.kind, core::EventKind::reconciliation);
  EXPECT_THAT(last.operators, testing::ElementsAre("ann"));
  EXPECT_EQ(last.release_id, "R1");
  EXPECT_EQ(last.at, appliance_.clock.now().wall);
  EXPECT_THAT(*last.text, HasSubstr("dealt with: granted without fresh data: the right was revoked"));
  const auto leaves = appliance_->leaves("", 0, 1000).value();
  EXPECT_THAT(*leaves.back().record, HasSubstr("\"ann\"")) << "and in the audit log";
  EXPECT_EQ(appliance_.carry_out(appliance_->settle(ulid, "bob")).error().fault, core::Fault::not_found);
  appliance_.restart();
  EXPECT_EQ(findings().total, 2);
}

TEST_F(Found, NothingIsOpenWhereNothingDiffered) {
  TempFolder folder;
  Appliance other(folder.path());
  EXPECT_EQ(other->findings(50)->total, 0);
  EXPECT_THAT(other->findings(50)->findings, IsEmpty());
  EXPECT_EQ(other.carry_out(other->settle("01X", "ann")).error().fault, core::Fault::not_found);
}
