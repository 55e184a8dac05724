// A back-up file is a snapshot that came by hand: what it may replace, and what is said when it may not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using core::Mode;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Report = core::Result<ports::BackupReport>;

class Backup : public testing::Test {
 protected:
  Report import(const std::string& text, const ports::Bringer& by = {"bob", true}) {
    put(folder_ / "brought", text);
    return appliance_.carry_out(appliance_->import_backup(folder_ / "brought", by, "x.gatebackup"));
  }
  Report import(const Brought& brought, const std::vector<ReadChange>& changes) {
    return import(text_of(sealed_backup(brought, changes)));
  }
  Report inspect(const std::string& text) {
    put(folder_ / "brought", text);
    return appliance_.carry_out(appliance_->inspect_backup(folder_ / "brought"));
  }

  void send(const SealedSnapshot& sealed, std::size_t part) {
    appliance_.part(sealed, part);
    appliance_.settle();
  }

  Mode mode() { return appliance_->standing(appliance_.clock.now()).mode; }
  std::string content() { return content_of(appliance_, folder_ / "replica.db"); }

  std::vector<core::ReleaseRight> rights() {
    core::Evidence evidence;
    evidence.first_detected = appliance_.clock.now().wall;
    evidence.containers.resize(1);
    evidence.containers[0].code = "CSQU3054383";
    return appliance_->gather(evidence).value().rights;
  }

  /// The replica stands at epoch 1, sequence 1, with the right R1 revoked; nothing is heard any more.
  void follow_and_lose_the_link() {
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
    appliance_.updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
    appliance_.head(1, 1);
    appliance_->connection(false);
    appliance_.settle();
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

TEST_F(Backup, FillsAnEmptyReplicaWithoutANetworkAndTheModeComesFromItsAge) {
  appliance_.clock.advance(hours(1));
  ASSERT_EQ(mode(), Mode::restricted);
  ASSERT_TRUE(import({.epoch = 3, .sequence = 7, .as_of = at(0)}, {upsert(right("R1"))}));
  EXPECT_EQ(rights().size(), 1u);
  EXPECT_EQ(mode(), Mode::backup);
  EXPECT_EQ(appliance_->standing(appliance_.clock.now()).data_as_of, at(0));
  EXPECT_EQ(appliance_.report().epoch, 3);
  EXPECT_EQ(appliance_.report().sequence, 7);
  appliance_.clock.advance(hours(12));
  EXPECT_EQ(mode(), Mode::restricted) << "too old to decide from";
}

TEST_F(Backup, OfAMomentAgoIsAsGoodAsOnline) {
  ASSERT_TRUE(import({.as_of = at(-60)}, {upsert(right("R1"))}));
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(Backup, AgesByTheSourceWhenTheBridgeItselfHadLostThePlatform) {
  SnapshotManifest manifest;
  manifest.ulid = make_ulid(at(0));
  manifest.epoch = 1;
  manifest.issued_at = at(0);
  manifest.source_as_of = at(-3600);
  ASSERT_TRUE(import(text_of(seal_snapshot(platform_sealer(), manifest, {upsert(right("R1"))}, 1))));
  EXPECT_EQ(appliance_->standing(appliance_.clock.now()).data_as_of, at(-3600));
  EXPECT_EQ(mode(), Mode::backup);
}

TEST_F(Backup, OfANewStreamCountsByItsOwnAgeNotByThatOfTheOldOne) {
  follow_and_lose_the_link();
  ASSERT_EQ(mode(), Mode::online);
  ASSERT_TRUE(import({.epoch = 2, .sequence = 0, .as_of = at(-7200)}, {upsert(right("R1"))}));
  EXPECT_EQ(appliance_->standing(appliance_.clock.now()).data_as_of, at(-7200));
  EXPECT_EQ(mode(), Mode::backup);
}

TEST_F(Backup, IsJournaledWithWhoBroughtItAndWhatItReplaced) {
  follow_and_lose_the_link();
  ASSERT_TRUE(import({.epoch = 1, .sequence = 5, .as_of = at(0)}, {upsert(right("R1"))}));
  const auto texts = appliance_.recorded(core::EventKind::alarm);
  EXPECT_THAT(texts, ElementsAre(AllOf(HasSubstr("x.gatebackup"), HasSubstr("epoch 1, sequence 5"),
                                       HasSubstr("in place of epoch 1, sequence 1"))));
  auto reader = JournalReader::open(folder_ / "journal.db").value();
  bool named = false;
  const auto events = reader->pending(0, 100).value();
  for (const auto& one : events) named = named || one.event.operators == std::vector<std::string>{"bob"};
  EXPECT_TRUE(named);
}

TEST_F(Backup, ThatCannotBeJournaledIsNotTakenOver) {
  follow_and_lose_the_link();
  const std::string before = content();
  {
    Connection other(folder_ / "journal.db", SQLite::OPEN_READWRITE);
    other.database().exec("BEGIN EXCLUSIVE");  // as good as a disk that takes nothing for the journal
    const Report report = import({.epoch = 1, .sequence = 5}, {upsert(right("R1"))});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().fault, Fault::broken);
    other.database().exec("ROLLBACK");
  }
  EXPECT_EQ(content(), before);
  EXPECT_TRUE(import({.epoch = 1, .sequence = 5}, {upsert(right("R1"))}));
}

TEST_F(Backup, OfTheSamePositionIsAccepted) {
  follow_and_lose_the_link();
  const std::vector<ReadChange> same = {upsert(right("R1")),
                                        change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")};
  ASSERT_TRUE(import({.epoch = 1, .sequence = 1, .as_of = at(0)}, same));
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked);
}

TEST_F(Backup, OlderThanTheReplicaIsRefusedWithBothPositionsTimesAndAges) {
  follow_and_lose_the_link();
  appliance_.clock.advance(minutes(30));
  const std::string before = content();
  const Report report = import({.epoch = 1, .sequence = 0, .as_of = at(-7200)}, {upsert(right("R1"))});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().fault, Fault::refused);
  EXPECT_EQ(report.error().what,
            "the back-up holds epoch 1, sequence 0 as of 2026-09-21T12:13:20.000Z (2 h old), older than the "
            "replica, which holds epoch 1, sequence 1 as of 2026-09-21T14:13:20.000Z (30 min old); allowed: "
            "the same position or a later one");
  EXPECT_EQ(content(), before);
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked) << "R1 would be active again";
}

TEST_F(Backup, OlderThanTheFloorIsRefusedEvenWhenTheReplicaWasWiped) {
  follow_and_lose_the_link();
  for (const char* name : {"replica.db", "replica.db-wal", "replica.db-shm"})
    std::filesystem::remove(folder_ / name);
  appliance_.restart();
  const Report report =
      import(text_of(sealed_backup({.epoch = 1, .sequence = 0}, {upsert(right("R1"))})), {"uid:0", false});
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().what, AllOf(HasSubstr("epoch 1, sequence 0"), HasSubstr("below the floor"),
                                         HasSubstr("epoch 1, sequence 1")));
  EXPECT_TRUE(rights().empty());
  EXPECT_TRUE(import({.epoch = 1, .sequence = 1}, {upsert(right("R1"))})) << "the floor itself will do";
}

TEST_F(Backup, RaisesTheFloorAlsoAcrossARestart) {
  ASSERT_TRUE(import({.epoch = 2, .sequence = 9}, {upsert(right("R1"))}));
  appliance_.restart();
  EXPECT_EQ(appliance_.report().sequence, 9);
  EXPECT_FALSE(import({.epoch = 2, .sequence = 8}, {upsert(right("R1"))}));
  EXPECT_EQ(rights().size(), 1u);
}

TEST_F(Backup, HealsADamagedReplica) {
  follow_and_lose_the_link();
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 1");
  }
  core::Evidence evidence;
  evidence.containers.resize(1);
  evidence.containers[0].code = "CSQU3054383";
  ASSERT_FALSE(appliance_->gather(evidence));
  appliance_->tick();
  ASSERT_EQ(mode(), Mode::restricted);
  ASSERT_TRUE(import({.epoch = 1, .sequence = 1, .as_of = at(0)},
                     {upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}));
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked);
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(Backup, DatedAheadOfATrustedClockIsRefused) {
  const Report report = import({.as_of = at(3600)}, {upsert(right("R1"))});
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().what, HasSubstr("3600 s ahead"));
}

TEST_F(Backup, ThatTheStreamOvertakesWhileItIsReadIsRefused) {
  follow_and_lose_the_link();
  put(folder_ / "brought",
      text_of(sealed_backup({.epoch = 1, .sequence = 2},
                            {upsert(right("R1")), upsert(right("R2")), upsert(right("R3"))})));
  std::optional<Report> report;
  boost::asio::co_spawn(appliance_.context(),
                        appliance_->import_backup(folder_ / "brought", {"bob", true}, ""),
                        [&report](std::exception_ptr, Report done) { report = std::move(done); });
  appliance_.context().restart();
  for (int i = 0; i < 6; ++i) appliance_.context().run_one();
  ASSERT_FALSE(report) << "it is still being read";
  const auto more = change(ChangeKind::releaseRight, ChangeOp::block, "R1");
  const Batch batch{.epoch = 1, .first = 2, .last = 4, .changes = {more, more, more}};
  appliance_->receive(topics::updates("T869"), platform_sealer().seal(batch));
  appliance_.settle();
  ASSERT_TRUE(report);
  ASSERT_FALSE(*report);
  EXPECT_THAT(report->error().what, AllOf(HasSubstr("sequence 2"), HasSubstr("sequence 4")));
  EXPECT_EQ(appliance_.report().sequence, 4);
  EXPECT_EQ(rights().at(0).state, core::RightState::revoked);
}

TEST_F(Backup, ASnapshotFromTheStreamIsNotDisturbedByAFileThatIsRefused) {
  appliance_->connection(true);
  appliance_.head(1, 0);
  const auto sealed = appliance_.seal(1, 0, {upsert(right("R1")), upsert(right("R2"))}, 1);
  send(sealed, 0);
  send(sealed, 1);
  std::string torn = text_of(sealed_backup({}, {upsert(right("R1")), upsert(right("R3"))}));
  torn.resize(torn.size() - 20);
  EXPECT_FALSE(import(torn));
  send(sealed, 2);
  EXPECT_EQ(appliance_.report().rights, 2) << "the stream's own snapshot came to its end";
}

TEST_F(Backup, ThatTakesThePlaceOfAHalfSnapshotLeavesNothingOfItBehind) {
  appliance_->connection(true);
  appliance_.head(1, 5);
  const auto sealed = appliance_.seal(1, 5, {upsert(right("R8")), upsert(right("R9"))}, 1);
  send(sealed, 0);
  send(sealed, 1);
  ASSERT_TRUE(import({.epoch = 1, .sequence = 3}, {upsert(right("R1"))}));
  send(sealed, 2);
  EXPECT_EQ(appliance_.report().sequence, 3);
  EXPECT_EQ(appliance_.report().rights, 1);
  appliance_.wait(seconds(2));
  ASSERT_FALSE(appliance_.requests().empty());
  EXPECT_EQ(appliance_.requests().back().kind, RequestKind::updates) << "the rest is asked for";
  EXPECT_EQ(appliance_.requests().back().from, 4);
}

TEST_F(Backup, AfterItTheStreamGoesOnWhereItStands) {
  ASSERT_TRUE(import({.epoch = 1, .sequence = 3}, {upsert(right("R1"))}));
  appliance_->connection(true);
  appliance_.updates(1, 4, {change(ChangeKind::releaseRight, ChangeOp::block, "R1")});
  appliance_.head(1, 4);
  EXPECT_EQ(rights().at(0).state, core::RightState::blocked);
  EXPECT_EQ(mode(), Mode::online);
}

TEST_F(Backup, OneIsImportedAtATime) {
  put(folder_ / "first", text_of(sealed_backup({}, {upsert(right("R1"))})));
  std::optional<Report> first;
  boost::asio::co_spawn(appliance_.context(), appliance_->import_backup(folder_ / "first", {"bob", true}, ""),
                        [&first](std::exception_ptr, Report done) { first = std::move(done); });
  appliance_.context().restart();
  appliance_.context().run_one();
  const Report second = import({}, {upsert(right("R2"))});
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, HasSubstr("another back-up file"));
  ASSERT_TRUE(first);
  EXPECT_TRUE(*first);
}

TEST_F(Backup, InspectingSaysWhatIsInItAndTouchesNothing) {
  follow_and_lose_the_link();
  const std::string before = content();
  const std::string file = text_of(sealed_backup({.epoch = 1, .sequence = 4, .as_of = at(-60)},
                                                 {upsert(right("R1")), upsert(right("R2"))}));
  const Report report = inspect(file);
  ASSERT_TRUE(report) << report.error().what;
  EXPECT_EQ(report->terminal, "T869");
  EXPECT_EQ(report->env, "uat");
  EXPECT_EQ(report->epoch, 1);
  EXPECT_EQ(report->sequence, 4);
  EXPECT_EQ(report->source_as_of, at(-60));
  EXPECT_EQ(report->count, 2);
  EXPECT_EQ(report->parts, 2);
  EXPECT_EQ(report->bytes, static_cast<std::int64_t>(file.size()));
  EXPECT_EQ(report->encrypted_to, "t1");
  EXPECT_EQ(report->signed_by, "p1");
  EXPECT_FALSE(report->refusal);
  const Report old = inspect(text_of(sealed_backup({.epoch = 1, .sequence = 0}, {upsert(right("R1"))})));
  ASSERT_TRUE(old);
  EXPECT_THAT(old->refusal.value_or(""), HasSubstr("older than the replica"));
  EXPECT_FALSE(inspect(file.substr(0, file.size() / 2)));
  EXPECT_EQ(content(), before);
  EXPECT_TRUE(appliance_.recorded(core::EventKind::alarm).empty());
}

}  // namespace
