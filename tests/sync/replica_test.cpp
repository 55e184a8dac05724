#include "sync/replica/replica.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sync/gather.hpp"
#include "sync/journal/writer.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using core::RightState;

namespace {

class ReplicaFile : public testing::Test {
 protected:
  ReplicaFile() {
    open();
    snapshot(1, 0, {});
  }

  void open() {
    replica_.reset();
    auto replica = Replica::open(folder_ / "replica.db", RowKey(32, 7));
    ASSERT_TRUE(replica) << replica.error().what;
    replica_ = std::move(*replica);
  }

  core::Result<void> snapshot(std::int64_t epoch, std::int64_t sequence,
                              const std::vector<ReadChange>& changes) {
    SnapshotManifest manifest;
    manifest.epoch = epoch;
    manifest.sequence = sequence;
    manifest.count = static_cast<std::int64_t>(changes.size());
    manifest.issued_at = manifest.source_as_of = at(0);
    if (auto begun = replica_->begin_snapshot(); !begun) return begun;
    if (auto added = replica_->add_to_snapshot(epoch, changes); !added) return added;
    return replica_->finish_snapshot(manifest);
  }

  /// The next batch of epoch 1.
  core::Result<void> next(std::vector<ReadChange> changes) {
    const auto sequence = replica_->stand().position.sequence;
    Batch batch{.epoch = 1,
                .first = sequence + 1,
                .last = sequence + static_cast<std::int64_t>(changes.size()),
                .changes = std::move(changes)};
    return replica_->apply(batch);
  }

  std::optional<core::ReleaseRight> find(const std::string& id) {
    const auto rights = replica_->rights({id}, {}).value();
    return rights.empty() ? std::nullopt : std::optional(rights[0]);
  }

  RightState state(const std::string& id) { return find(id).value().state; }

  TempFolder folder_;
  std::unique_ptr<Replica> replica_;
};

TEST_F(ReplicaFile, ABatchAndItsNumberAreThereAfterARestart) {
  ASSERT_TRUE(next({upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}));
  open();
  EXPECT_EQ(replica_->stand().position, (Position{1, 2}));
  EXPECT_EQ(find("R1")->equipment_number, "CSQU3054383");
  EXPECT_EQ(replica_->rights({}, {"MSKU9070323"})->at(0).release_id, "R2");
}

TEST_F(ReplicaFile, ABatchBehindAGapIsRefusedWhole) {
  Batch batch{.epoch = 1, .first = 2, .last = 2, .changes = {upsert(right("R1"))}};
  EXPECT_EQ(replica_->apply(batch).error().fault, Fault::refused);
  batch.epoch = 2;
  batch.first = batch.last = 1;
  EXPECT_EQ(replica_->apply(batch).error().fault, Fault::refused);
  EXPECT_EQ(replica_->counts().rights, 0);
}

TEST_F(ReplicaFile, ABatchThatOverlapsIsAppliedFromWhereWeAre) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::block, "R1")}));
  const Batch overlapping{
      .epoch = 1,
      .first = 1,
      .last = 3,
      .changes = {upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::unblock, "R1"),
                  change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}};
  ASSERT_TRUE(replica_->apply(overlapping));
  EXPECT_EQ(state("R1"), RightState::revoked);
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::unblock, "R1")}));
  EXPECT_EQ(replica_->stand().position.sequence, 4);
}

TEST_F(ReplicaFile, EveryStateOfARightComesFromItsOperations) {
  const auto op = [this](ChangeOp what) {
    ASSERT_TRUE(next({change(ChangeKind::releaseRight, what, "R1")}));
  };
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::active);
  op(ChangeOp::dirty);
  EXPECT_EQ(state("R1"), RightState::dirty);
  op(ChangeOp::block);
  EXPECT_EQ(state("R1"), RightState::blocked);
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::blocked) << "new data are no unblocking";
  op(ChangeOp::unblock);
  EXPECT_EQ(state("R1"), RightState::active);
  op(ChangeOp::revoke);
  op(ChangeOp::unblock);
  EXPECT_EQ(state("R1"), RightState::revoked);
  op(ChangeOp::erase);
  EXPECT_EQ(state("R1"), RightState::deleted);
  Change stated = upsert(right("R1"));
  stated.state = RightState::active;
  ASSERT_TRUE(next({stated}));
  EXPECT_EQ(state("R1"), RightState::active) << "the platform states it";
}

TEST_F(ReplicaFile, ADenyForARightThatWeNeverSawIsKept) {
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::revoke, "R9")}));
  EXPECT_EQ(state("R9"), RightState::revoked);
  ASSERT_TRUE(next({change(ChangeKind::releaseRight, ChangeOp::dirty, "R8")}));
  EXPECT_EQ(state("R8"), RightState::dirty);
}

TEST_F(ReplicaFile, AContainerStayNamesTheSameRight) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  Change block = change(ChangeKind::releaseRight, ChangeOp::block, "");
  block.key.equipment_number = "CSQU3054383";
  block.key.stay_number = "S1";
  ASSERT_TRUE(next({block}));
  EXPECT_EQ(state("R1"), RightState::blocked);
}

TEST_F(ReplicaFile, ARightGetsItsStayNumberLater) {
  ASSERT_TRUE(next({upsert(right("R1", "CSQU3054383", std::nullopt))}));
  ASSERT_TRUE(next({upsert(right("R1", "CSQU3054383", "S5"))}));
  EXPECT_EQ(find("R1")->stay_number, "S5");
  EXPECT_EQ(replica_->counts().rights, 1);
}

TEST_F(ReplicaFile, AUseElsewhereIsSeenByEitherName) {
  Change by_stay = change(ChangeKind::use, ChangeOp::upsert, "");
  by_stay.key.equipment_number = "CSQU3054383";
  by_stay.key.stay_number = "S1";
  ASSERT_TRUE(next({upsert(right("R1")), by_stay}));
  EXPECT_TRUE(find("R1")->used_elsewhere);
  ASSERT_TRUE(
      next({upsert(right("R2", "MSKU9070323", "S2")), change(ChangeKind::use, ChangeOp::upsert, "R2")}));
  open();
  EXPECT_TRUE(find("R1")->used_elsewhere);
  EXPECT_TRUE(find("R2")->used_elsewhere);
  by_stay.op = ChangeOp::erase;
  ASSERT_TRUE(next({by_stay}));
  EXPECT_FALSE(find("R1")->used_elsewhere);
}

TEST_F(ReplicaFile, OneBadChangeIsParkedItsRowIsDirtyAndTheRestApplies) {
  ASSERT_TRUE(next({upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}));
  const auto bad = read_change(nlohmann::json::parse(
      R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R1"},"data":{"equipmentNumber":1}})"));
  ASSERT_TRUE(next({bad, change(ChangeKind::releaseRight, ChangeOp::block, "R2"), read_change("nonsense")}));
  EXPECT_EQ(replica_->stand().position.sequence, 5);
  EXPECT_EQ(state("R1"), RightState::dirty);
  EXPECT_EQ(state("R2"), RightState::blocked);
  EXPECT_EQ(replica_->counts().parked, 2);
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(state("R1"), RightState::active) << "put right";
  EXPECT_EQ(replica_->counts().parked, 1);
}

TEST_F(ReplicaFile, ASnapshotReplacesEverything) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  ASSERT_TRUE(snapshot(
      2, 40,
      {upsert(right("R2", "MSKU9070323", "S2")), change(ChangeKind::releaseRight, ChangeOp::block, "R2")}));
  EXPECT_EQ(find("R1"), std::nullopt);
  EXPECT_EQ(state("R2"), RightState::blocked);
  open();
  EXPECT_EQ(replica_->stand().position, (Position{2, 40}));
  EXPECT_EQ(state("R2"), RightState::blocked);
}

TEST_F(ReplicaFile, AnUnfinishedSnapshotChangesNothing) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  ASSERT_TRUE(replica_->begin_snapshot());
  ASSERT_TRUE(replica_->add_to_snapshot(2, {upsert(right("R2"))}));
  SnapshotManifest manifest;
  manifest.epoch = 2;
  manifest.sequence = 9;
  manifest.count = 2;
  EXPECT_EQ(replica_->finish_snapshot(manifest).error().fault, Fault::refused);
  EXPECT_EQ(state("R1"), RightState::active);
  open();
  EXPECT_EQ(replica_->stand().position, (Position{1, 1}));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "replica.db.next"));
}

TEST_F(ReplicaFile, TheAgeOfTheDataOnlyMovesForward) {
  ASSERT_TRUE(replica_->prove(at(100)));
  ASSERT_TRUE(replica_->prove(at(50)));
  open();
  EXPECT_EQ(replica_->stand().as_of, at(100));
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(find("R1")->as_of, at(100)) << "a complete stream proves what it does not change";
  core::ReleaseRight stated = right("R2", "MSKU9070323", "S2");
  stated.as_of = at(20);
  ASSERT_TRUE(next({upsert(stated)}));
  EXPECT_EQ(find("R2")->as_of, at(20)) << "the platform states an older proof";
}

TEST_F(ReplicaFile, ADamagedFileIsSetAsideAndTheGateStartsEmpty) {
  ASSERT_TRUE(next({upsert(right("R1"))}));
  replica_.reset();
  std::filesystem::remove(folder_ / "replica.db-wal");
  std::ofstream(folder_ / "replica.db") << std::string(5000, 'x');
  open();
  EXPECT_NE(replica_->set_aside(), "");
  EXPECT_EQ(replica_->stand().position, Position{});
  EXPECT_TRUE(std::filesystem::exists(folder_ / "replica.db.bad"));
}

TEST_F(ReplicaFile, AnEditedRowIsFoundWhenItIsRead) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::block, "R1")}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 0");
  }
  EXPECT_EQ(replica_->rights({"R1"}, {}).error().fault, Fault::corrupt);
}

TEST_F(ReplicaFile, AnUpsertBelievesNoStateOfARowThatIsNotWhatWasWritten) {
  ASSERT_TRUE(next({upsert(right("R1")), change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("UPDATE rights SET flags = 0");
  }
  ASSERT_TRUE(next({upsert(right("R1"))}));
  EXPECT_EQ(replica_->rights({"R1"}, {}).error().fault, Fault::corrupt);
}

TEST_F(ReplicaFile, ADenialThatVanishesWhileItRunsIsMissedAtTheNextOne) {
  ASSERT_TRUE(next({upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                             .reference = "1",
                                             .subject = core::RestrictionSubject::plate,
                                             .value = "1ABC123"})}));
  {
    auto other = open_writer(folder_ / "replica.db", replica_schema);
    (*other)->run("DELETE FROM restrictions");
  }
  const auto applied = next({upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                                      .reference = "2",
                                                      .subject = core::RestrictionSubject::plate,
                                                      .value = "1XYZ999"})});
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error().fault, Fault::corrupt);
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123"}}).size(), 1u) << "what memory knew stays known";
}

TEST_F(ReplicaFile, EveryRestrictionIsFoundByWhatItNames) {
  using core::RestrictionSubject;
  std::vector<ReadChange> changes;
  int number = 0;
  for (const auto& [subject, value] :
       std::vector<std::pair<RestrictionSubject, std::string>>{{RestrictionSubject::driver, "k1:d"},
                                                               {RestrictionSubject::plate, "1ABC123"},
                                                               {RestrictionSubject::container, "CSQU3054383"},
                                                               {RestrictionSubject::haulier, "BE 0123.456"}})
    changes.push_back(upsert(core::Restriction{.kind = core::RestrictionKind::ban,
                                               .reference = std::to_string(++number),
                                               .subject = subject,
                                               .value = value}));
  ASSERT_TRUE(next(changes));
  open();
  core::HaulierIds ids;
  ids.tin = "be0123456";
  EXPECT_EQ(replica_->restrictions({.drivers = {"k1:d"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123", "1XYZ999"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.containers = {"CSQU3054383"}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.hauliers = {ids}}).size(), 1u);
  EXPECT_EQ(replica_->restrictions({.plates = {"1XYZ999"}}).size(), 0u);
  ASSERT_TRUE(next({change(ChangeKind::ban, ChangeOp::erase, "2")}));
  EXPECT_EQ(replica_->restrictions({.plates = {"1ABC123"}}).size(), 0u);
}

class Gathering : public ReplicaFile {
 protected:
  Gathering() {
    writer_ = JournalWriter::open(folder_ / "journal.db", at(0)).value();
    journal_ = JournalReader::open(folder_ / "journal.db").value();
    core::Appointment appointment;
    appointment.tar = "T1";
    appointment.slot_from = at(0);
    appointment.slot_to = at(3600);
    appointment.tractor_plate = "1ABC123";
    appointment.driver_id_hash = "k1:d1";
    appointment.jobs = {{.id = "1",
                         .kind = core::JobKind::pickup_import_full,
                         .equipment_number = "CSQU3054383",
                         .stay_number = "S1",
                         .release_id = {},
                         .size_type = {}}};
    core::Driver driver;
    driver.driver_id_hash = "k1:d1";
    driver.credential_hashes = {"k1:card"};
    const core::Restriction hold{.kind = core::RestrictionKind::hold,
                                 .reference = "H1",
                                 .subject = core::RestrictionSubject::container,
                                 .value = "CSQU3054383"};
    EXPECT_TRUE(next({upsert(appointment), upsert(driver), upsert(right("R1")),
                      upsert(right("R2", "CSQU3054383", "S2")), upsert(hold)}));
  }

  core::Dossier gathered() {
    auto dossier = gather(*replica_, *journal_, evidence_);
    EXPECT_TRUE(dossier);
    return *dossier;
  }

  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<JournalReader> journal_;
  core::Evidence evidence_{.direction = core::Direction::entry,
                           .first_detected = at(60),
                           .pictures = {},
                           .picture_refs = {},
                           .badge = {},
                           .tar = {},
                           .plate = {},
                           .containers = {},
                           .prompt_expired = false};
};

TEST_F(Gathering, FindsNothingForNobody) {
  const auto dossier = gathered();
  EXPECT_TRUE(dossier.appointments.empty() && dossier.rights.empty() && dossier.drivers.empty());
}

TEST_F(Gathering, AppointmentByTarPlateNearPlateOrDriver) {
  evidence_.tar = "T1";
  EXPECT_EQ(gathered().appointments.size(), 1u);
  evidence_.tar.reset();
  evidence_.plate = core::PlateEvidence{.plate = "1ABC123", .sure = true, .source = {}};
  EXPECT_EQ(gathered().appointments.size(), 1u);
  evidence_.plate->plate = "1A8C123";
  EXPECT_EQ(gathered().appointments.size(), 1u) << "a reader's B is an 8";
  evidence_.plate->plate = "9ZZZ999";
  EXPECT_EQ(gathered().appointments.size(), 0u);
  evidence_.badge = core::BadgeEvidence{.credential_hash = "k1:card", .captured = at(61)};
  EXPECT_EQ(gathered().appointments.size(), 1u);
  EXPECT_EQ(gathered().drivers.size(), 1u);
}

TEST_F(Gathering, AppointmentsOfAnotherDayComeByTarAlone) {
  evidence_.first_detected = at(3 * 86400);
  evidence_.plate = core::PlateEvidence{.plate = "1ABC123", .sure = true, .source = {}};
  EXPECT_EQ(gathered().appointments.size(), 0u);
  evidence_.tar = "T1";
  EXPECT_EQ(gathered().appointments.size(), 1u);
}

TEST_F(Gathering, RightsClaimsAndRestrictionsOfTheJobsAndTheContainersRead) {
  ports::JournalEntry entry;
  entry.claims = {claim("R1", "V1", core::ClaimState::used),
                  claim("R7", "V2", core::ClaimState::used, "MSKU9070323", "S9")};
  ASSERT_TRUE(writer_->commit(entry));
  evidence_.tar = "T1";
  auto dossier = gathered();
  EXPECT_EQ(dossier.rights.size(), 2u) << "the core tells the stays apart";
  ASSERT_EQ(dossier.claims.size(), 1u);
  EXPECT_EQ(dossier.claims[0].state, core::ClaimState::used);
  EXPECT_EQ(dossier.restrictions.size(), 1u);
  evidence_.tar.reset();
  evidence_.containers = {
      {.code = "CSQU3054383", .size_type = "", .sure = true, .check_digit = true, .source = {}}};
  EXPECT_EQ(gathered().rights.size(), 2u);
}

TEST_F(Gathering, AnOpenVisitBringsItsClaimsEvenWhenTheReplicaLostTheRight) {
  ports::JournalEntry entry;
  entry.visit = visit("V1", "1XYZ999", core::VisitState::inside);
  entry.visit->jobs = {{.job = {.id = "1",
                                .kind = core::JobKind::pickup_import_full,
                                .equipment_number = "MSKU9070323",
                                .stay_number = {},
                                .release_id = {},
                                .size_type = {}},
                        .admitted = true,
                        .release_id = "R7"}};
  entry.claims = {claim("R7", "V1", core::ClaimState::claimed, "MSKU9070323", "S9")};
  ASSERT_TRUE(writer_->commit(entry));
  evidence_.direction = core::Direction::exit;
  evidence_.plate = core::PlateEvidence{.plate = "1XYZ999", .sure = true, .source = {}};
  const auto dossier = gathered();
  EXPECT_EQ(dossier.visits.size(), 1u);
  EXPECT_EQ(dossier.claims.size(), 1u);
  EXPECT_TRUE(dossier.rights.empty());
}

TEST(BuildingAside, HoldsEveryPartAndGivesUpOnWhatIsNotComplete) {
  TempFolder folder;
  const auto replica = Replica::open(folder / "replica.db", RowKey(32, 7), {}, Building::aside).value();
  SnapshotManifest manifest;
  manifest.epoch = 1;
  manifest.count = 40;
  manifest.issued_at = manifest.source_as_of = at(0);
  const auto add = [&replica](int from, int to) {
    for (int part = from; part < to; ++part) {
      const std::string name = std::to_string(part);
      ASSERT_TRUE(replica->add_to_snapshot(1, {upsert(right("A" + name, "CSQU3054383", "A" + name)),
                                               upsert(right("B" + name, "CSQU3054383", name))}));
    }
  };
  ASSERT_TRUE(replica->begin_snapshot());
  add(0, 19);
  EXPECT_EQ(replica->finish_snapshot(manifest).error().fault, Fault::refused) << "the last part is not there";
  ASSERT_TRUE(replica->begin_snapshot());  // while another one may still be stored
  add(0, 20);
  ASSERT_TRUE(replica->finish_snapshot(manifest));
  EXPECT_EQ(replica->counts().rights, 40);
  EXPECT_EQ(replica->rights({"A0", "B19"}, {}).value().size(), 2u);
}

}  // namespace
