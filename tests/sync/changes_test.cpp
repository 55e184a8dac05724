#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "gate/canon/canon.hpp"
#include "tests/sync/change_text.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;

namespace {

template <class Record>
Record good(const char* text) {
  const ReadChange change = change_of(text);
  if (const auto* parked = std::get_if<ParkedChange>(&change)) ADD_FAILURE() << parked->reason;
  return std::get<Record>(std::get<Change>(change).data);
}

std::string reason(const char* text) {
  const ReadChange change = change_of(text);
  const auto* parked = std::get_if<ParkedChange>(&change);
  return parked ? parked->reason : "accepted";
}

TEST(Changes, ARightIsReadWithAllThatThePlatformSays) {
  const auto right =
      good<core::ReleaseRight>(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R1"},"data":{
    "equipmentNumber":"csqu 305438-3","stayNumber":"S1","releaseIdentification":"RI","billOfLadingNumbers":["B1"],
    "releaseDateTimeUtc":"2026-03-01T10:00:00.1234567Z","expirationDateTimeUtc":null,"meansOfTransport":"truck",
    "carrier":{"nxtEntityId":"N1","name":"not kept","eori":null,"tin":"BE 0123.456.789"},
    "driverIdHash":"k1:aa","driverMask":"**12","assignmentAsOf":"2026-03-01T10:00:00+01:00",
    "lights":{"CommercialRelease":"OK","customs":{"value":"Released","at":"2026-03-01T10:00:00Z"},"customsprogress":null},
    "source":"SCR","somethingNew":{"a":[1.5]}}})");
  EXPECT_EQ(right.release_id, "R1");
  EXPECT_EQ(right.equipment_number, "CSQU3054383");
  EXPECT_EQ(right.stay_number, "S1");
  EXPECT_EQ(right.release_date_time_utc->time_since_epoch() % std::chrono::seconds(1),
            std::chrono::milliseconds(123));
  EXPECT_EQ(right.expiration_date_time_utc, std::nullopt);
  EXPECT_EQ(right.carrier.nxt_entity_id, "N1");
  EXPECT_EQ(right.carrier.eori, std::nullopt);
  EXPECT_EQ(right.source, "SCR");
  ASSERT_EQ(right.lights.size(), 2u);
  EXPECT_EQ(right.lights[0].name, "CommercialRelease") << "kept as sent";
  EXPECT_EQ(right.lights[0].value, "OK");
  EXPECT_EQ(right.lights[1].value, "Released");
  EXPECT_EQ(*right.assignment_as_of + std::chrono::hours(1),
            *right.release_date_time_utc - core::Milliseconds(123));
}

TEST(Changes, ANumberWithAWrongCheckDigitIsTakenAsItIs) {
  EXPECT_EQ(good<core::ReleaseRight>(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R1"},
                                         "data":{"equipmentNumber":"HBMU2699709"}})")
                .equipment_number,
            "HBMU2699709");
}

TEST(Changes, AnAppointmentIsReadWithItsJobs) {
  const auto appointment =
      good<core::Appointment>(R"({"kind":"appointment","op":"upsert","key":{"tar":"T1"},"data":{
    "slot":{"from":"2026-03-01T10:00:00Z","to":"2026-03-01T11:00:00Z"},"tractorPlate":"1-abc-123",
    "haulier":{"eori":"BE1"},"jobs":[{"id":"1","kind":"PICKUP_IMPORT_FULL","equipmentNumber":"CSQU3054383"},
    {"id":"2","kind":"drop_empty","sizeType":"22G1"}]}})");
  EXPECT_EQ(appointment.tractor_plate, "1ABC123");
  ASSERT_EQ(appointment.jobs.size(), 2u);
  EXPECT_EQ(appointment.jobs[0].kind, core::JobKind::pickup_import_full);
  EXPECT_EQ(appointment.slot_to - appointment.slot_from, std::chrono::hours(1));
}

TEST(Changes, WhatTheyWriteTheyReadBack) {
  core::ReleaseRight sent = right("R1");
  sent.driver_id_hash = "k1:d";
  sent.carrier.eori = "BE1";
  const auto change = std::get<Change>(change_of(write_change(upsert(sent)).dump()));
  EXPECT_EQ(canon::write(std::get<core::ReleaseRight>(change.data)), canon::write(sent));
  core::Driver driver;
  driver.driver_id_hash = "k1:d";
  driver.credential_hashes = {"k1:c"};
  driver.language = "nl";
  const auto again = std::get<Change>(change_of(write_change(upsert(driver)).dump()));
  EXPECT_EQ(canon::write(std::get<core::Driver>(again.data)), canon::write(driver));
  const core::Restriction ban{.kind = core::RestrictionKind::ban,
                              .reference = "B",
                              .subject = core::RestrictionSubject::plate,
                              .value = "1ABC123"};
  EXPECT_EQ(
      std::get<core::Restriction>(std::get<Change>(change_of(write_change(upsert(ban)).dump())).data).value,
      "1ABC123");
}

TEST(Changes, ABanThatIsNoLongerActiveIsGone) {
  const auto change = std::get<Change>(change_of(
      R"({"kind":"ban","op":"upsert","key":{"reference":"B1"},"data":{"active":false,"subject":"plate","value":"X"}})"));
  EXPECT_EQ(change.op, ChangeOp::erase);
}

TEST(Changes, WhatCannotBeReadIsParkedWithThePathOfWhatIsWrong) {
  EXPECT_THAT(reason(R"({"kind":"spaceship","op":"upsert","key":{}})"), HasSubstr("change.kind"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"frobnicate","key":{"releaseId":"R"}})"),
              HasSubstr("change.op"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R"}})"),
              HasSubstr("data: missing"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R"},"data":{}})"),
              HasSubstr("equipmentNumber"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R"},
                         "data":{"equipmentNumber":"C","expirationDateTimeUtc":"soon"}})"),
              HasSubstr("expirationDateTimeUtc"));
  EXPECT_THAT(
      reason(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R"},"data":{"equipmentNumber":7}})"),
      HasSubstr("not a text"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R"},
                         "data":{"equipmentNumber":"C","lights":{"customs":7}}})"),
              HasSubstr("lights.customs"));
  EXPECT_THAT(reason(R"({"kind":"releaseRight","op":"revoke","key":{}})"), HasSubstr("releaseId"));
  EXPECT_THAT(reason(R"({"kind":"driver","op":"revoke","key":{"driverIdHash":"d"}})"),
              HasSubstr("not allowed"));
  EXPECT_THAT(
      reason(
          R"({"kind":"appointment","op":"upsert","key":{"tar":"T"},"data":{"slot":{"from":"2026-03-01T10:00:00Z"}}})"),
      HasSubstr("slot.to"));
  EXPECT_THAT(
      reason(R"({"kind":"ban","op":"upsert","key":{"reference":"B"},"data":{"subject":"ship","value":"x"}})"),
      HasSubstr("subject"));
  EXPECT_THAT(reason(R"([1,2])"), HasSubstr("not a JSON object"));
  EXPECT_THAT(reason(R"(null)"), HasSubstr("not a JSON object"));
}

TEST(Changes, AParkedChangeStillNamesItsRow) {
  const auto change = change_of(
      R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":"R7"},"data":{"equipmentNumber":1}})");
  EXPECT_EQ(std::get<ParkedChange>(change).kind, ChangeKind::releaseRight);
  EXPECT_EQ(std::get<ParkedChange>(change).key.id, "R7");
}

}  // namespace
