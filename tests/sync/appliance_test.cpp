// The whole room without a network: what the platform says and what the appliance makes of it.
#include "tests/sync/appliance.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace syncing;
using namespace syncing_test;
using core::Mode;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Linked : public testing::Test {
 protected:
  Linked() { appliance_->connection(true); }

  Mode mode() { return appliance_->standing(appliance_.clock.now()).mode; }

  core::Evidence box(const std::string& number = "CSQU3054383") {
    core::Evidence evidence;
    evidence.first_detected = appliance_.clock.now().wall;
    evidence.containers.resize(1);
    evidence.containers[0].code = number;
    return evidence;
  }

  std::vector<core::ReleaseRight> rights() { return appliance_->gather(box()).value().rights; }

  /// The platform is there, and so is the right R1.
  void go_online() {
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
    appliance_.head(1, 0);
    appliance_.wait(seconds(1));
    ASSERT_EQ(mode(), Mode::online);
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

TEST_F(Linked, AnEmptyReplicaIsRestrictedAndGetsASnapshotOnceThereIsAHead) {
  EXPECT_EQ(mode(), Mode::restricted);
  appliance_.wait(seconds(10));
  EXPECT_TRUE(appliance_.requests().empty());
  appliance_.head(1, 3);
  appliance_.wait(seconds(1));
  ASSERT_EQ(appliance_.requests().size(), 1u);
  EXPECT_EQ(appliance_.requests()[0].kind, RequestKind::snapshot);
  appliance_.snapshot(1, 3,
                      {upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2")),
                       upsert(right("R3", "MSKU9070323", "S3"))});
  EXPECT_EQ(rights().size(), 1u);
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_EQ(appliance_.report().rights, 3);
}

TEST_F(Linked, AGapIsFilledByAskingAndNothingOfItIsKeptBefore) {
  go_online();
  appliance_.updates(1, 3, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  EXPECT_EQ(rights().at(0).state, core::RightState::active);
  appliance_.wait(seconds(1));
  ASSERT_EQ(appliance_.requests().back().kind, RequestKind::updates);
  EXPECT_EQ(appliance_.requests().back().from, 1);
  appliance_.updates(1, 1,
                     {change(ChangeKind::releaseRight, ChangeOp::dirty, "R1"), upsert(right("R1")),
                      change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked);
  EXPECT_EQ(appliance_.report().sequence, 3);
}

TEST_F(Linked, BehindAGapTheAgeCountsFromTheLastCompleteNumber) {
  go_online();
  const auto proven = appliance_->standing(appliance_.clock.now()).data_as_of;
  for (int i = 0; i < 30; ++i) {
    appliance_.wait(seconds(5));
    appliance_.head(1, 7);
  }
  EXPECT_EQ(appliance_->standing(appliance_.clock.now()).data_as_of, proven);
  EXPECT_EQ(mode(), Mode::backup) << "heads alone do not make data fresh";
  EXPECT_EQ(appliance_.report().link, core::LinkState::up);
  EXPECT_EQ(appliance_.report().behind, 7);
}

TEST_F(Linked, AMessageThatIsNotRightlySignedChangesNothingAndIsCounted) {
  go_online();
  const SigningKey stranger("p1", std::string(32, '\x09'));
  const Sealer forger({"T869", "uat"}, stranger, terminal_key().sealing_key());
  Batch batch{.epoch = 1,
              .first = 1,
              .last = 1,
              .changes = {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}};
  const std::string topic = topics::updates("T869");
  appliance_->receive(topic, forger.seal(batch));                          // wrongly signed
  appliance_->receive(topic, payload_of({"T869", "uat"}, batch));          // not signed
  appliance_->receive(topic, "");                                          // nothing at all
  appliance_->receive(topics::head("T869"), std::string(6'000'000, 'x'));  // oversize
  appliance_->receive("gate/v1/T869/other", "x");                          // nobody's topic
  EXPECT_EQ(rights().at(0).state, core::RightState::active);
  EXPECT_EQ(appliance_.report().refused, 5);
  EXPECT_EQ(appliance_.report().sequence, 0);
  EXPECT_THAT(appliance_->refusals().front(), HasSubstr("wrong signature"));
  appliance_.wait(minutes(1));
  EXPECT_THAT(appliance_.recorded(core::EventKind::alarm), ElementsAre(HasSubstr("5 messages refused")));
}

TEST_F(Linked, AMalformedUpdateThatIsRightlySignedIsRefusedAndTheStreamGoesOn) {
  go_online();
  const SigningKey platform("p1", std::string(32, '\x01'));
  appliance_->receive(topics::updates("T869"),
                      sign_jws(platform, "gate-updates", R"({"terminal":"T869","env":"uat","epoch":1})"));
  EXPECT_EQ(appliance_.report().refused, 1);
  appliance_.updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::block, "R1")});
  EXPECT_EQ(rights().at(0).state, core::RightState::blocked);
}

TEST_F(Linked, AnOlderSnapshotIsRefusedEvenWhenTheReplicaWasWiped) {
  appliance_.head(1, 0);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  appliance_.updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  appliance_->connection(false);
  appliance_.settle();
  std::filesystem::remove(folder_ / "replica.db");
  std::filesystem::remove(folder_ / "replica.db-wal");
  std::filesystem::remove(folder_ / "replica.db-shm");
  appliance_.restart();
  appliance_->connection(true);
  appliance_.snapshot(1, 0, {upsert(right("R1"))});
  EXPECT_EQ(appliance_.report().epoch, 0) << "R1 would be active again";
  EXPECT_EQ(appliance_.report().refused, 1);
  appliance_.snapshot(1, 1, {upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked);
}

TEST_F(Linked, AfterAColdBootWithoutNetworkTheReplicaDecides) {
  go_online();
  appliance_.restart();
  appliance_.clock.advance(minutes(30));
  EXPECT_EQ(rights().size(), 1u);
  EXPECT_EQ(mode(), Mode::backup);
  appliance_.clock.advance(std::chrono::hours(12));
  EXPECT_EQ(mode(), Mode::restricted);
}

TEST_F(Linked, ADamagedReplicaIsSetAsideTheGateIsRestrictedAndASnapshotHeals) {
  go_online();
  appliance_.settle();
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 1 - flags");
  }
  EXPECT_EQ(appliance_->gather(box()).error().fault, core::Fault::corrupt);
  EXPECT_EQ(mode(), Mode::restricted);
  appliance_.wait(seconds(2));
  ASSERT_FALSE(appliance_.requests().empty());
  EXPECT_EQ(appliance_.requests().back().kind, RequestKind::snapshot);
  appliance_.wait(seconds(1));
  appliance_.snapshot(1, 0, {upsert(right("R1"))}, 1);
  EXPECT_EQ(rights().size(), 1u);
  appliance_.head(1, 0);
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(Linked, EveryChangeOfModeIsAnEvent) {
  appliance_.wait(seconds(1));
  go_online();
  appliance_.wait(minutes(3));
  appliance_.head(1, 0);
  appliance_.wait(seconds(1));
  EXPECT_THAT(
      appliance_.recorded(core::EventKind::mode_changed),
      ElementsAre("start -> restricted", "restricted -> online", "online -> backup", "backup -> online"));
}

class Offline : public Linked {
 protected:
  /// R1 is claimed for the driver d1 while the data are old.
  Offline() {
    go_online();
    appliance_.wait(minutes(3));
    EXPECT_EQ(mode(), Mode::backup);
    ports::JournalEntry entry;
    entry.passage = passage("P1", core::Ending::passed);
    entry.passage->standing = appliance_->standing(appliance_.clock.now());
    entry.visit = visit("P1", "1ABC123", core::VisitState::inside);
    entry.claims = {claim("R1", "P1")};
    entry.claims[0].since = appliance_.clock.now().wall;
    EXPECT_TRUE(appliance_.commit(entry));
  }

  std::vector<std::string> reconciled_after(std::vector<ReadChange> changes) {
    const auto size = static_cast<std::int64_t>(changes.size());
    if (size > 0) appliance_.updates(1, 1, std::move(changes));
    appliance_.head(1, size);
    appliance_.wait(seconds(1));
    EXPECT_EQ(mode(), Mode::online);
    EXPECT_FALSE(appliance_->standing(appliance_.clock.now()).reconciling) << "done";
    return appliance_.recorded(core::EventKind::reconciliation);
  }
};

TEST_F(Offline, GrantsAreComparedAndASummarySaysSoEvenWhenNothingDiffers) {
  EXPECT_THAT(reconciled_after({}), ElementsAre("compared 1 rights claimed without fresh data: 0 differ"));
}

TEST_F(Offline, AGrantThatThePlatformHadRevokedIsReported) {
  EXPECT_THAT(reconciled_after({change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}),
              ElementsAre(HasSubstr("was revoked"), HasSubstr("1 differ")));
}

TEST_F(Offline, AGrantThatWasUsedAtAnotherGateIsReported) {
  EXPECT_THAT(reconciled_after({change(ChangeKind::use, ChangeOp::upsert, "R1")}),
              ElementsAre(HasSubstr("another gate"), HasSubstr("1 differ")));
}

TEST_F(Offline, AGrantToADriverWhoWasReplacedIsReported) {
  core::ReleaseRight reassigned = right("R1");
  reassigned.driver_id_hash = "k1:d2";
  EXPECT_THAT(reconciled_after({upsert(reassigned)}),
              ElementsAre(HasSubstr("another driver"), HasSubstr("1 differ")));
}

TEST_F(Offline, AGrantOnARightThatHadExpiredIsReported) {
  core::ReleaseRight shortened = right("R1");
  shortened.expiration_date_time_utc = at(60);
  EXPECT_THAT(reconciled_after({upsert(shortened)}),
              ElementsAre(HasSubstr("had expired"), HasSubstr("1 differ")));
}

TEST_F(Offline, GrantsAreComparedOnceAlsoAfterARestart) {
  appliance_.restart();
  appliance_->connection(true);
  EXPECT_EQ(reconciled_after({change(ChangeKind::releaseRight, ChangeOp::block, "R1")}).size(), 2u);
  appliance_.wait(minutes(3));
  appliance_.head(1, 1);
  appliance_.wait(seconds(1));
  EXPECT_THAT(appliance_.recorded(core::EventKind::reconciliation).back(), HasSubstr("compared 0"));
}

class Reporting : public Linked {
 protected:
  void happen(int events) {
    ports::JournalEntry entry;
    for (int i = 0; i < events; ++i) entry.events.push_back(event(core::EventKind::truck_detected));
    ASSERT_TRUE(appliance_.commit(entry));
  }

  std::vector<std::int64_t> numbers() {
    std::vector<std::int64_t> numbers;
    for (const auto& one : appliance_.events()) numbers.push_back(one.number);
    return numbers;
  }
};

TEST_F(Reporting, EventsAreSentInOrderAndAgainUntilAReceiptCoversThem) {
  happen(2);
  appliance_.wait(seconds(1));
  EXPECT_THAT(numbers(), ElementsAre(1, 2, 3)) << "with the start's own mode_changed";
  const auto first = appliance_.events();
  appliance_.wait(seconds(6));
  EXPECT_THAT(numbers(), ElementsAre(1, 2, 3, 1, 2, 3));
  EXPECT_EQ(appliance_.events()[3].ulid, first[0].ulid) << "the platform tells copies apart by it";
  appliance_.receipt(2);
  appliance_.sent.clear();
  appliance_.wait(seconds(30));
  ASSERT_FALSE(numbers().empty());
  for (const auto number : numbers()) EXPECT_EQ(number, 3);
  appliance_.receipt(3);
  appliance_.sent.clear();
  appliance_.wait(minutes(2));
  EXPECT_TRUE(numbers().empty());
  EXPECT_EQ(appliance_.report().outbox, 0);
}

TEST_F(Reporting, ANewConnectionSendsEverythingWithoutAReceiptAtOnce) {
  happen(2);
  appliance_.wait(seconds(1));
  appliance_->connection(false);
  happen(1);
  appliance_.sent.clear();
  appliance_.wait(seconds(30));
  EXPECT_TRUE(appliance_.sent.empty());
  appliance_->connection(true);
  EXPECT_EQ(numbers().front(), 1);
  EXPECT_EQ(numbers().back(), 4);
}

TEST_F(Reporting, ARestartGoesOnWithTheSameNumbers) {
  happen(1);
  appliance_.wait(seconds(1));
  const std::string journal = appliance_->journal_id();
  appliance_.sent.clear();
  appliance_.restart();
  appliance_->connection(true);
  appliance_.wait(seconds(1));
  EXPECT_EQ(numbers().front(), 1);
  EXPECT_EQ(appliance_.events()[0].journal_id, journal);
}

TEST_F(Reporting, TheStatusIsRetainedAndSaysHowFarWeAre) {
  go_online();
  const auto statuses = appliance_.sent_on<Status>(topics::status("T869", "a1"));
  ASSERT_FALSE(statuses.empty());
  EXPECT_EQ(statuses.back().mode, Mode::online);
  EXPECT_EQ(statuses.back().epoch, 1);
  EXPECT_TRUE(statuses.back().online);
  for (const auto& one : appliance_.sent) EXPECT_EQ(one.retain, one.topic == topics::status("T869", "a1"));
}

TEST_F(Reporting, ARefreshNamesWhatIsAboutToBeDecidedOn) {
  go_online();
  appliance_->refresh(box());
  appliance_.settle();
  const auto request = appliance_.requests().back();
  EXPECT_EQ(request.kind, RequestKind::refresh);
  EXPECT_THAT(request.refresh->equipment_numbers, ElementsAre("CSQU3054383"));
  EXPECT_THAT(request.refresh->release_ids, ElementsAre("R1"));
}

TEST_F(Reporting, AReceiptForAnotherApplianceIsRefused) {
  happen(1);
  Receipt receipt;
  receipt.appliance = "a2";
  receipt.journal_id = appliance_->journal_id();
  receipt.up_to = 1;
  appliance_.say(topics::receipts("T869", "a1"), receipt);
  EXPECT_EQ(appliance_.report().outbox, 1);
  EXPECT_EQ(appliance_.report().refused, 1);
}

TEST_F(Linked, AnnouncedMaintenanceIsToldWhileItIsAnnouncedAndChangesNothingElse) {
  go_online();
  EXPECT_FALSE(appliance_.report().maintenance);
  const core::WallTime now = appliance_.clock.now().wall;
  appliance_.maintenance = core::Maintenance{now, now + minutes(30), "new servers"};
  appliance_.wait(seconds(1));
  appliance_.head(1, 0);
  ASSERT_TRUE(appliance_.report().maintenance);
  EXPECT_EQ(appliance_.report().maintenance->text, "new servers");
  EXPECT_EQ(mode(), Mode::online);
  appliance_.wait(minutes(5));
  EXPECT_EQ(mode(), Mode::backup) << "a platform that is silent is silent, announced or not";
  appliance_.maintenance.reset();
  appliance_.head(1, 0);
  EXPECT_FALSE(appliance_.report().maintenance);
}

TEST(ApplianceAtStart, ADamagedJournalIsAnErrorThatSaysWhatToDo) {
  const TempFolder folder;
  std::ofstream(folder / "journal.db") << std::string(4096, 'x');
  EXPECT_THROW(Appliance{folder.path()}, std::runtime_error);
}

TEST(ApplianceAtStart, ADamagedReplicaIsSetAsideAndSaidInAnEvent) {
  const TempFolder folder;
  std::ofstream(folder / "replica.db") << std::string(4096, 'x');
  Appliance appliance(folder.path());
  EXPECT_EQ(appliance->standing(appliance.clock.now()).mode, Mode::restricted);
  EXPECT_THAT(appliance.recorded(core::EventKind::alarm), ElementsAre(HasSubstr("replica set aside")));
}

}  // namespace
