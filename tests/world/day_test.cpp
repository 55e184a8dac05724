#include "tests/world/day.hpp"

#include <set>

#include <gtest/gtest.h>

#include "gate/core/equipment_number.hpp"

namespace world {
namespace {

const std::string records = R"(title = "A day"
[[haulier]]
name = "north"
eori = "BE1"
[[driver]]
card = "0012"
haulier = "north"
[[right]]
id = "R-1"
container = "MSKU9070323"
stay = "S-1"
haulier = "north"
driver = "0012"
released = "-2d"
expires = "+90m"
lights = { customs = "documentarycontrol" }
[[appointment]]
tar = "11"
slot = ["-30m", "+2h"]
plate = "1-ABC-123"
haulier = "north"
driver = "0012"
jobs = [{ kind = "pickup_import_full", right = "R-1" }]
)";

const std::string truck = R"([[step]]
truck = "in"
lane = "in-1"
plate = "1-ABC-123"
expect = { decision = "deny", reasons = ["customs_red"] }
)";

/// All complaints about the script.
std::string complaints(const std::string& script) {
  const auto day = parse_day(script, "day.toml");
  return day ? "" : day.error().what;
}

BadgeHash hashed() {
  return [](std::string_view card) { return "hash of " + std::string(card); };
}

TEST(DayScript, IsReadWholeWithTimesCountedFromTheDaysStart) {
  const auto day = parse_day(records + truck, "day.toml");
  ASSERT_TRUE(day) << day.error().what;
  const core::ReleaseRight& right = day->records.rights.at(0);
  EXPECT_EQ(right.expiration_date_time_utc, core::WallTime{} + std::chrono::minutes(90));
  EXPECT_EQ(right.release_date_time_utc, core::WallTime{} - std::chrono::hours(48));
  EXPECT_EQ(right.lights.at(1).value, "documentarycontrol");
  EXPECT_EQ(right.lights.at(0).value, "ok");
  EXPECT_EQ(right.driver_mask, "**12");
  const core::Job& job = day->records.appointments.at(0).jobs.at(0);
  EXPECT_EQ(job.equipment_number, "MSKU9070323");
  EXPECT_EQ(job.stay_number, "S-1");
  EXPECT_EQ(day->records.appointments.at(0).tractor_plate, "1ABC123");
  const auto& step = std::get<Truck>(day->steps.at(0).what);
  EXPECT_EQ(step.expected.reasons, std::vector{core::Reason::customs_red});
}

TEST(DayScript, TheFirstDayIsWellFormed) {
  const auto day = load_day(std::string(GATEHOUSE_SOURCE) + "/tests/world/days/first-day.toml");
  ASSERT_TRUE(day) << day.error().what;
  std::set<core::Reason> reasons;
  for (const Step& step : day->steps) {
    const auto* one = std::get_if<Truck>(&step.what);
    if (one) reasons.insert(one->expected.reasons.begin(), one->expected.reasons.end());
  }
  EXPECT_GE(reasons.size(), 10U);
}

TEST(DayScript, AMissingFileIsNamed) {
  const auto day = load_day("/nowhere/some-day.toml");
  ASSERT_FALSE(day);
  EXPECT_EQ(day.error().fault, core::Fault::not_found);
  EXPECT_NE(day.error().what.find("some-day.toml"), std::string::npos);
}

TEST(DayScript, BrokenTomlIsNamedWithItsLine) {
  EXPECT_EQ(complaints("title = \"A day\"\nx = [\n").rfind("day.toml:", 0), 0U);
  EXPECT_EQ(complaints("title = \"A day\"\ntitle = \"B\"\n").rfind("day.toml:2: ", 0), 0U);
}

TEST(DayScript, AWrongCheckDigitIsNamedWithFileLineAndKey) {
  const std::string bad = records + truck + "aboard = [\"MSKU9070324\"]\n";
  EXPECT_EQ(complaints(bad),
            "day.toml:29: aboard: \"MSKU9070324\" is no container number with the right check digit");
}

TEST(DayScript, AWordThatNobodyKnowsIsNamedWithTheOnesAllowed) {
  const std::string what = complaints(records + truck + "behaviour = \"flies\"\n");
  EXPECT_EQ(what, "day.toml:29: behaviour: \"flies\" is none of: passes, backs_out, waits");
}

TEST(DayScript, AnUnknownKeyIsNamedWithTheOnesAllowed) {
  const std::string what = complaints(records + truck + "badgde = \"0012\"\n");
  EXPECT_EQ(what.rfind("day.toml:29: badgde: is no key here; allowed: ", 0), 0U) << what;
  EXPECT_NE(what.find("badge"), std::string::npos);
}

TEST(DayScript, AllMistakesAreToldInOneRunInTheOrderOfTheirLines) {
  const std::string what =
      complaints(records + truck + "condition = \"pink\"\nafter = { \"R-9\" = \"used\" }\n" +
                 "[[step]]\nplatform = \"wait\"\nfor = \"soon\"\n");
  const auto pink = what.find("day.toml:29: condition:");
  const auto right = what.find("day.toml:30: after: no [[right]] has the id \"R-9\"");
  const auto soon = what.find("day.toml:33: for: \"soon\" is no time");
  EXPECT_LT(pink, right) << what;
  EXPECT_LT(right, soon) << what;
  EXPECT_NE(soon, std::string::npos) << what;
}

TEST(DayScript, AVerdictThatContradictsItselfIsRefused) {
  const auto with = [](const std::string& expect) {
    return complaints(records + "[[step]]\ntruck = \"in\"\nlane = \"a\"\nplate = \"x\"\nexpect = " + expect +
                      "\n");
  };
  EXPECT_NE(with("{ decision = \"deny\" }").find("day.toml:28: expect:"), std::string::npos);
  EXPECT_NE(with("{ decision = \"grant\", reasons = [\"banned\"] }").find("day.toml:28: expect:"),
            std::string::npos);
  EXPECT_EQ(with("{ decision = \"grant\" }"), "");
}

TEST(DayScript, OperatorsNeedAVerdictThatTheyFind) {
  const std::string what = complaints(records + truck + "operators = [{ by = \"a\", action = \"grant\" }]\n");
  EXPECT_EQ(what.rfind("day.toml:29: operators: come with first", 0), 0U) << what;
}

TEST(DayScript, TwoTrucksOfOneNameAreRefused) {
  EXPECT_EQ(complaints(records + truck + truck),
            "day.toml:30: truck: \"in\" is the name of the one in line 24");
}

TEST(DayScript, AnUpsertKeepsWhatItDoesNotName) {
  const auto day = parse_day(records + "[[step]]\nplatform = \"update\"\nrights = [{ id = \"R-1\", " +
                                 "lights = { customs = \"released\" } }]\n",
                             "day.toml");
  ASSERT_TRUE(day) << day.error().what;
  const RightChange& change = std::get<Update>(day->steps.at(0).what).changes.at(0);
  EXPECT_EQ(change.op, RightOp::upsert);
  EXPECT_EQ(change.right.lights.at(1).value, "released");
  EXPECT_EQ(change.right.equipment_number, "MSKU9070323");
  EXPECT_EQ(change.right.driver_id_hash, "0012");
}

TEST(DayScript, RecordsStandAtTheDaysRealStartUnderHashes) {
  const auto day = parse_day(records + truck, "day.toml");
  ASSERT_TRUE(day);
  const core::WallTime start = core::WallTime{} + std::chrono::hours(20000 * 24);
  const Records real = records_at(day->records, start, hashed());
  EXPECT_EQ(real.rights.at(0).expiration_date_time_utc, start + std::chrono::minutes(90));
  EXPECT_EQ(real.rights.at(0).driver_id_hash, "hash of 0012");
  EXPECT_EQ(real.rights.at(0).assignment_as_of, start);
  EXPECT_EQ(real.drivers.at(0).credential_hashes, std::vector<std::string>{"hash of 0012"});
  EXPECT_EQ(real.appointments.at(0).driver_id_hash, "hash of 0012");
  EXPECT_EQ(real.appointments.at(0).slot_from, start - std::chrono::minutes(30));
  EXPECT_EQ(real.appointments.at(0).jobs.at(0).release_id, "R-1");
}

TEST(DayScript, AnotherRoundHasRightsAndStaysOfItsOwnForTheSameBoxes) {
  const auto day = parse_day(records + truck, "day.toml");
  ASSERT_TRUE(day);
  const Records first = records_at(day->records, core::WallTime{}, hashed(), 1);
  const Records second = records_at(day->records, core::WallTime{}, hashed(), 2);
  EXPECT_EQ(second.rights.at(0).equipment_number, first.rights.at(0).equipment_number);
  EXPECT_NE(second.rights.at(0).release_id, first.rights.at(0).release_id);
  EXPECT_NE(second.rights.at(0).stay_number, first.rights.at(0).stay_number);
  EXPECT_EQ(second.appointments.at(0).jobs.at(0).release_id, second.rights.at(0).release_id);
  EXPECT_EQ(second.appointments.at(0).tar, in_round(first.appointments.at(0).tar, 2));
}

}  // namespace
}  // namespace world
