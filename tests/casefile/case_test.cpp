#include "gate/casefile/case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/canon/json.hpp"
#include "tests/canon/arbitrary.hpp"

namespace {

using casefile::Case;
using core::WallTime;
using namespace std::chrono_literals;

const WallTime now(std::chrono::milliseconds(1'795'356'309'123));

/// An entry that every rule is content with.
Case plain_entry() {
  Case it;
  it.lane = "in-1";
  it.decided_at = {now, true};
  it.standing = {core::Mode::online, now - 2s, false};
  it.evidence.direction = core::Direction::entry;
  it.evidence.first_detected = now - 1s;
  it.evidence.pictures = core::PicturesState::read;
  it.evidence.badge = core::BadgeEvidence{"k1:aa", now};
  it.evidence.tar = "TAR-1";
  it.evidence.plate = core::PlateEvidence{"1ABC123", true, core::Source::read};
  core::HaulierIds haulier;
  haulier.eori = "BE0123456789";
  core::Appointment appointment;
  appointment.tar = "TAR-1";
  appointment.slot_from = now - 1h;
  appointment.slot_to = now + 1h;
  appointment.tractor_plate = "1ABC123";
  appointment.haulier = haulier;
  appointment.driver_id_hash = "k1:d1";
  appointment.jobs = {{"J1", core::JobKind::pickup_import_full, "CSQU3054383", "S1", "R1", "22G1"}};
  appointment.as_of = now - 2s;
  core::Driver driver;
  driver.driver_id_hash = "k1:d1";
  driver.credential_hashes = {"k1:aa"};
  driver.mask = "**12";
  driver.as_of = now - 2s;
  core::ReleaseRight right;
  right.release_id = "R1";
  right.equipment_number = "CSQU3054383";
  right.stay_number = "S1";
  right.expiration_date_time_utc = now + 24h;
  right.carrier = haulier;
  right.driver_id_hash = "k1:d1";
  right.assignment_as_of = now - 2s;
  right.lights = {{"commercialrelease", "ok"},
                  {"customs", "released"},
                  {"terminaloperation", "discharged"},
                  {"terminalready", "released"}};
  right.source = "CPu";
  right.as_of = now - 2s;
  it.dossier.appointments = {appointment};
  it.dossier.drivers = {driver};
  it.dossier.rights = {right};
  return it;
}

TEST(Case, IsReadBackAsItWasWritten) {
  const std::string text = casefile::write(plain_entry());
  const auto back = casefile::read(text);
  ASSERT_TRUE(back) << back.error().what;
  EXPECT_EQ(casefile::write(*back), text);
}

TEST(Case, ReplayingGivesTheVerdictThatWasGiven) {
  const Case the_case = plain_entry();
  const core::Moment at{now, core::SteadyTime(77s), true};
  const core::Verdict given =
      core::verify(the_case.evidence, the_case.dossier, the_case.policy, the_case.standing, at);
  EXPECT_EQ(given.decision, core::Decision::grant) << canon::write(given);
  const core::Verdict again = casefile::replay(*casefile::read(casefile::write(the_case)));
  EXPECT_EQ(canon::write(again), canon::write(given));
}

TEST(Case, TheVerdictFollowsTheCaseAndNotTheHour) {
  Case the_case = plain_entry();
  the_case.dossier.rights[0].state = core::RightState::revoked;
  const core::Verdict verdict = casefile::replay(the_case);
  EXPECT_EQ(verdict.decision, core::Decision::deny);
  EXPECT_THAT(verdict.reasons, testing::Contains(core::Reason::right_revoked));
}

TEST(Case, AnotherRulesVersionIsRefusedAndBothAreNamed) {
  nlohmann::json json = canon::to_json(plain_entry());
  json["rulesVersion"] = core::rules_version + 41;
  json["fromTheFuture"] = true;
  const auto read = casefile::read(canon::canonical(json));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, core::Fault::refused);
  EXPECT_THAT(read.error().what,
              testing::HasSubstr("under rules " + std::to_string(core::rules_version + 41) +
                                 ", these are rules " + std::to_string(core::rules_version)));
}

TEST(Case, WhatIsNoCaseIsRefusedWithItsKey) {
  nlohmann::json json = canon::to_json(plain_entry());
  json["dossier"]["rights"][0]["state"] = "sold";
  EXPECT_EQ(casefile::read(json.dump()).error().what,
            "dossier.rights[0].state: unknown value, allowed: active, dirty, revoked, blocked, deleted");
  json = canon::to_json(plain_entry());
  json.erase("rulesVersion");
  EXPECT_EQ(casefile::read(json.dump()).error().what, "rulesVersion: missing");
  json["rulesVersion"] = "1";
  EXPECT_THAT(casefile::read(json.dump()).error().what, testing::StartsWith("rulesVersion: wrong type"));
  EXPECT_FALSE(casefile::read(""));
  EXPECT_FALSE(casefile::read("[]"));
}

TEST(Case, AnExplanationSaysWhatEachReasonMeans) {
  Case the_case = plain_entry();
  the_case.dossier.rights[0].lights[1].value = "documentarycontrol";
  const nlohmann::json answer = nlohmann::json::parse(casefile::explain(the_case));
  EXPECT_EQ(answer["verdict"]["decision"], "deny");
  EXPECT_EQ(answer["rulesVersion"], core::rules_version);
  EXPECT_EQ(answer["lane"], "in-1");
  EXPECT_EQ(answer["mode"], "online");
  ASSERT_EQ(answer["explanations"].size(), answer["verdict"]["reasons"].size());
  EXPECT_EQ(answer["explanations"][0]["reason"], "customs_red");
  EXPECT_EQ(answer["explanations"][0]["personsToOverride"], 2);
  EXPECT_FALSE(answer["explanations"][0]["operatorText"].get<std::string>().empty());
}

RC_GTEST_PROP(CaseProperty, TheSameCaseAlwaysGivesTheSameBytes, ()) {
  const Case the_case = canon_test::any<Case>();
  const Case same = [&the_case] {
    Case copy = the_case;
    copy.rules_version = core::rules_version;
    return copy;
  }();
  const std::string text = casefile::write(same);
  const auto back = casefile::read(text);
  if (!back) RC_FAIL(back.error().what);
  RC_ASSERT(casefile::write(*back) == text);
  RC_ASSERT(casefile::explain(*back) == casefile::explain(same));
}

RC_GTEST_PROP(CaseProperty, ADamagedCaseIsReadOrRefusedButNeverBringsTheReaderDown, ()) {
  std::string text = casefile::write(plain_entry());
  for (int left = *rc::gen::inRange(1, 4); left > 0; --left) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 20),
                 *rc::gen::elementOf(
                     std::vector<std::string>{"", "\"", "{", "]", ",", "null", "-1", "1e9", "true", "\\u0000",
                                              "\xFF", "2026-02-30T00:00:00.000Z", "9999999999999999999999"}));
  }
  const auto read = casefile::read(text);
  if (read) {
    RC_ASSERT(!casefile::explain(*read).empty());
  } else {
    RC_ASSERT(!read.error().what.empty());
  }
}

RC_GTEST_PROP(CaseProperty, AValueExchangedForAnotherNeverBringsTheReaderDown, ()) {
  nlohmann::json flat = canon::to_json(plain_entry()).flatten();
  auto entry = flat.begin();
  std::advance(entry, *rc::gen::inRange<int>(0, static_cast<int>(flat.size())));
  *entry = *rc::gen::elementOf(
      std::vector<nlohmann::json>{nullptr, true, 0, -1, 1'000'000'000'000, "", "x", "unknown"});
  const auto read = casefile::read(flat.unflatten().dump());
  if (read) RC_ASSERT(!casefile::explain(*read).empty());
}

}  // namespace
