// Looking the whole replica through, beside the gate: a row that is not what was written, and one that its
// look-ups do not find, are met before their truck is.
#include <fstream>

#include <gmock/gmock.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/replica_file.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;

namespace {

class Sound : public ReplicaFile {
 protected:
  Sound() {
    core::Driver driver;
    driver.driver_id_hash = "k1:d1";
    driver.credential_hashes = {"badge1", "badge2"};
    core::Appointment appointment;
    appointment.tar = "TAR-1";
    appointment.slot_from = at(0);
    appointment.slot_to = at(60);
    appointment.tractor_plate = "1ABC123";
    appointment.driver_id_hash = "k1:d1";
    core::Appointment bare;
    bare.tar = "TAR-2";
    EXPECT_TRUE(next({upsert(right("R1")), upsert(right("R2")), upsert(driver), upsert(appointment),
                      upsert(bare), change(ChangeKind::appointment, ChangeOp::dirty, "TAR-2")}));
  }

  /// What is found wrong; '' where nothing is.
  std::string found() {
    const auto looked_through = replica_->inspect(std::atomic<bool>(false));
    EXPECT_TRUE(looked_through || looked_through.error().fault == core::Fault::corrupt);
    return looked_through ? "" : looked_through.error().what;
  }
};

class Unsound : public Sound, public testing::WithParamInterface<const char*> {};

}  // namespace

TEST_F(Sound, IsWhatWasWritten) { EXPECT_EQ(found(), ""); }

TEST_P(Unsound, RowIsFound) {
  replica_.reset();
  ASSERT_GT((*open_writer(folder_ / "replica.db", replica_schema))->run(GetParam()), 0);
  open();
  EXPECT_EQ(replica_->set_aside(), "") << "seen at once, without looking it through";
  EXPECT_THAT(found(), HasSubstr("replica.db is damaged: "));
}

INSTANTIATE_TEST_SUITE_P(Replica, Unsound,
                         testing::Values("UPDATE rights SET flags = 1 WHERE release_id = 'R2'",
                                         "UPDATE rights SET equipment_number = 'CSQU3054384'",
                                         "UPDATE rights SET body = replace(body, 'R2', 'R3')",
                                         "UPDATE rights SET release_id = 'R3' WHERE release_id = 'R2'",
                                         "UPDATE appointments SET slot_from = slot_from + 1",
                                         "UPDATE appointments SET slot_to = slot_to - 1",
                                         "UPDATE appointments SET tractor_plate = NULL WHERE tar = 'TAR-1'",
                                         "UPDATE appointments SET driver_id_hash = 'k1:d3'",
                                         "UPDATE appointments SET dirty = 0 WHERE tar = 'TAR-2'",
                                         "UPDATE near_plates SET near_key = near_key || '1'",
                                         "DELETE FROM near_plates WHERE near_key LIKE '?%'",
                                         "UPDATE drivers SET dirty = 1",
                                         "UPDATE credentials SET credential_hash = 'badge3' "
                                         "WHERE credential_hash = 'badge1'",
                                         "DELETE FROM credentials WHERE credential_hash = 'badge2'"));

/// The row is as it was; an index that knows it by another name does not show it.
TEST_F(Sound, IsNotAnIndexThatMissesARow) {
  replica_.reset();
  const auto file = folder_ / "replica.db";
  std::string bytes = slurp(file);
  const auto at = bytes.find("CSQU3054383S1R2");  // in a row the name of the right comes first
  ASSERT_NE(at, std::string::npos);
  bytes[at + 10] = static_cast<char>(bytes[at + 10] ^ 4);
  put(file, bytes);
  open();
  EXPECT_THAT(found(), HasSubstr("index"));
}
