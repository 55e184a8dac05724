// The platform as it is: fractions of seven digits, any casing, nulls, and stays that are told later than the
// rights they belong to. From the bytes on the wire to what a decision looks at.
#include <gtest/gtest.h>

#include "gate/core/lights.hpp"
#include "gate/core/verify.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using core::RightState;

namespace {

class Quirks : public testing::Test {
 protected:
  Quirks() {
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {});
  }

  /// One batch, in the platform's own words.
  void say(std::vector<std::string> changes) {
    std::string list;
    for (const auto& change : changes) list += (list.empty() ? "" : ",") + change;
    const std::string payload =
        R"({"terminal":"T869","env":"uat","epoch":1,"first":)" + std::to_string(next_) + R"(,"last":)" +
        std::to_string(next_ + static_cast<int>(changes.size()) - 1) + R"(,"changes":[)" + list + "]}";
    next_ += static_cast<int>(changes.size());
    const SigningKey platform("p1", std::string(32, '\x01'));
    appliance_->receive(topics::updates("T869"),
                        seal_jwe(terminal_key().sealing_key(), sign_jws(platform, "gate-updates", payload)));
    appliance_.settle();
    appliance_.head(1, next_ - 1);
    ASSERT_EQ(appliance_.report().sequence, next_ - 1);
    ASSERT_EQ(appliance_.report().parked_in, 0);
  }

  static std::string right_of(const std::string& id, const std::string& more = "") {
    return R"({"kind":"releaseRight","op":"upsert","key":{"releaseId":")" + id +
           R"("},"data":{"equipmentNumber":"CSQU3054383")" + more + "}}";
  }
  static std::string by_stay(const std::string& kind, const std::string& op, const std::string& stay = "S1") {
    return R"({"kind":")" + kind + R"(","op":")" + op +
           R"(","key":{"equipmentNumber":"CSQU3054383","stayNumber":")" + stay + R"("}})";
  }

  core::Dossier dossier() {
    core::Evidence evidence;
    evidence.first_detected = appliance_.clock.now().wall;
    evidence.containers.emplace_back().code = "CSQU3054383";
    return appliance_->gather(evidence).value();
  }
  core::ReleaseRight right(const std::string& id = "R1") {
    for (auto& one : dossier().rights)
      if (one.release_id == id) return one;
    throw std::runtime_error("no right " + id);
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
  int next_ = 1;
};

const std::string stay1 = R"(,"stayNumber":"S1")";
const std::string no_stay = R"(,"stayNumber":null)";

}  // namespace

TEST_F(Quirks, SevenDigitsOfASecondNullsAndOffsetsComeThrough) {
  say({right_of(
      "R1", stay1 + R"(,"releaseIdentification":null,"carrier":null,"meansOfTransport":null,"driverMask":null,
    "releaseDateTimeUtc":"2026-03-01T10:00:00.1234567Z","expirationDateTimeUtc":"2026-03-04T12:00:00.9999999+02:00",
    "driverIdHash":"k1:aa","assignmentAsOf":"2026-03-01T10:00:00.0000001z","lights":null,"state":null,"asOf":null)")});
  const auto stored = right();
  const core::WallTime ten = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(10);
  EXPECT_EQ(stored.release_date_time_utc, ten + core::Milliseconds(123));
  EXPECT_EQ(stored.expiration_date_time_utc, ten + std::chrono::hours(72) + core::Milliseconds(999));
  EXPECT_EQ(stored.assignment_as_of, ten);
  EXPECT_EQ(stored.carrier.nxt_entity_id, std::nullopt);
  EXPECT_EQ(stored.state, RightState::active);
  EXPECT_TRUE(stored.lights.empty());
}

TEST_F(Quirks, LightsOfAnyCasingHaveTheirColour) {
  say({right_of("R1", stay1 + R"(,"lights":{"CommercialRelease":"OK","CUSTOMS":{"value":"Released","at":"x"},
    "terminalOperation":"DISCHARGED","TerminalReady":"rELEASED","customsProgress":null})")});
  auto summary = core::summarise(core::standard_lights(), right().lights);
  EXPECT_EQ(summary.commercial, core::Colour::green);
  EXPECT_EQ(summary.customs, core::Colour::green);
  EXPECT_EQ(summary.terminal, core::Colour::green);
  EXPECT_FALSE(summary.unknown);
  EXPECT_FALSE(summary.missing);
  say({right_of("R1", stay1 + R"(,"lights":{"customs":"released","Customs":"NotReleased"})")});
  summary = core::summarise(core::standard_lights(), right().lights);
  EXPECT_EQ(summary.customs, core::Colour::red) << "one light under two spellings: the worse counts";
}

TEST_F(Quirks, KindsAndOpsAreReadInAnyCasing) {
  say({R"({"kind":"RELEASERIGHT","op":"Upsert","key":{"releaseId":"R1"},"data":{"equipmentNumber":"csqu-305438.3"}})",
       R"({"kind":"ReleaseRight","op":"BLOCK","key":{"releaseId":"R1","stayNumber":null}})"});
  EXPECT_EQ(right().state, RightState::blocked);
}

TEST_F(Quirks, AStayThatComesLaterIsThatOfTheSameRight) {
  say({right_of("R1", no_stay)});
  EXPECT_EQ(right().stay_number, std::nullopt);
  EXPECT_EQ(right().state, RightState::active);
  say({right_of("R1", stay1)});
  EXPECT_EQ(right().stay_number, "S1");
  say({by_stay("releaseRight", "revoke")});
  EXPECT_EQ(right().state, RightState::revoked);
  EXPECT_EQ(dossier().rights.size(), 1u);
}

class Denied : public Quirks, public testing::WithParamInterface<const char*> {};

TEST_P(Denied, ByStayIsInDoubtWhileTheRightsOwnStayIsNotKnown) {
  say({right_of("R1"), by_stay("releaseRight", GetParam())});
  EXPECT_EQ(right().state, RightState::dirty) << "it may be this one";
}

INSTANTIATE_TEST_SUITE_P(Quirks, Denied, testing::Values("block", "revoke", "delete", "dirty"));

TEST_F(Quirks, ADenyByStayBeforeTheRightHoldsHoweverLateItsStayComes) {
  say({by_stay("releaseRight", "block")});
  say({right_of("R1")});
  EXPECT_EQ(right().state, RightState::dirty);
  appliance_.restart();
  EXPECT_EQ(right().state, RightState::dirty) << "also from the disk";
  say({right_of("R1", stay1)});
  EXPECT_EQ(right().state, RightState::blocked);
  say({right_of("R1", stay1), by_stay("releaseRight", "unblock")});
  EXPECT_EQ(right().state, RightState::active);
}

TEST_F(Quirks, ADenyOfAnotherStayIsOverOnceTheStayIsKnown) {
  say({right_of("R1"), by_stay("releaseRight", "block", "S2")});
  EXPECT_EQ(right().state, RightState::dirty);
  say({right_of("R1", stay1)});
  EXPECT_EQ(right().state, RightState::active);
}

TEST_F(Quirks, ADenyOfAStayWhoseRightIsKnownSaysNothingOfAnother) {
  say({right_of("R2", R"(,"stayNumber":"S2")"), right_of("R1"), by_stay("releaseRight", "revoke", "S2")});
  EXPECT_EQ(right("R2").state, RightState::revoked);
  EXPECT_EQ(right("R1").state, RightState::active);
}

TEST_F(Quirks, AUseByStayMakesARightWithoutStayDoubtful) {
  say({right_of("R1"), by_stay("use", "upsert")});
  EXPECT_EQ(right().state, RightState::dirty);
  say({right_of("R1", stay1)});
  EXPECT_TRUE(right().used_elsewhere);
  say({right_of("R2", no_stay)});
  EXPECT_EQ(right("R2").state, RightState::active) << "the used stay is R1's: the box has come back";
  say({by_stay("use", "delete"), right_of("R1", no_stay)});
  EXPECT_FALSE(right().used_elsewhere);
}

TEST_F(Quirks, AClaimMadeBeforeTheStayWasKnownHoldsTheStay) {
  say({right_of("R1")});
  ports::JournalEntry entry;
  entry.claims = {claim("R1", "V1", core::ClaimState::claimed, "CSQU3054383", std::nullopt)};
  ASSERT_TRUE(appliance_.commit(entry));
  say({right_of("R1", stay1), right_of("R9", stay1)});
  const auto claims = dossier().claims;
  ASSERT_EQ(claims.size(), 1u);
  EXPECT_EQ(claims[0].stay_number, "S1") << "so that no other visit takes the same stay as R9";
}
