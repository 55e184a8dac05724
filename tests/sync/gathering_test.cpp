// What a truck's evidence brings together from replica and journal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/gather.hpp"
#include "sync/journal/writer.hpp"
#include "tests/sync/replica_file.hpp"

using namespace syncing;
using namespace syncing_test;
using core::RightState;

namespace {

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
                           .view_faults = {},
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

}  // namespace
