// What a grant takes, and what becomes of it.
#include "gate/core/admission.hpp"

#include <gtest/gtest.h>

namespace {

using namespace core;

const std::string first_box = "CSQU3054383";
const std::string second_box = "MSKU9070323";

Job job(const std::string& id, JobKind kind, const std::string& box) {
  Job made;
  made.id = id;
  made.kind = kind;
  if (!box.empty()) made.equipment_number = box;
  return made;
}

ReleaseRight right(const std::string& id, const std::string& box) {
  ReleaseRight made;
  made.release_id = id;
  made.equipment_number = box;
  made.stay_number = "S-" + id;
  return made;
}

/// Two pick-ups of one appointment, the second as decided.
struct TwoBoxes {
  explicit TwoBoxes(Decision second = Decision::grant) {
    Appointment appointment;
    appointment.tar = "TAR-1";
    appointment.tractor_plate = "1ABC123";
    appointment.haulier.eori = "BE0400000001";
    dossier.appointments = {appointment};
    dossier.rights = {right("R-1", first_box), right("R-2", second_box)};
    verdict.tar = "TAR-1";
    verdict.decision = Decision::grant;
    const Job one = job("j1", JobKind::pickup_import_full, first_box);
    const Job two = job("j2", JobKind::pickup_import_full, second_box);
    verdict.jobs = {{one, Decision::grant, {}, "R-1", {}}, {two, second, {}, "R-2", {}}};
    evidence.plate = PlateEvidence{"1ABC123", true, Source::read};
  }
  [[nodiscard]] Admission entry(bool overridden = false) const {
    return admit("P-1", verdict, evidence, dossier, overridden, {});
  }
  /// The same truck at the exit, with these boxes aboard.
  [[nodiscard]] Evidence aboard(const std::vector<std::string>& boxes) const {
    Evidence out;
    out.direction = Direction::exit;
    for (const std::string& box : boxes) out.containers.push_back({box, "22G1", true, true, Source::read});
    return out;
  }

  Verdict verdict;
  Dossier dossier;
  Evidence evidence;
};

TEST(AnAdmission, IsTheEntryPassagesVisitAndAClaimForEachAdmittedJob) {
  const Admission admission = TwoBoxes().entry();
  ASSERT_TRUE(admission.visit);
  EXPECT_EQ(admission.visit->id, "P-1");
  EXPECT_EQ(admission.visit->plate, "1ABC123");
  EXPECT_EQ(admission.visit->haulier.eori, "BE0400000001");
  ASSERT_EQ(admission.claims.size(), 2U);
  EXPECT_EQ(admission.claims[1].release_id, "R-2");
  EXPECT_EQ(admission.claims[1].equipment_number, second_box);
  EXPECT_EQ(admission.claims[1].stay_number, "S-R-2");
  EXPECT_EQ(admission.claims[1].job, "j2");
  EXPECT_EQ(admission.claims[1].visit, "P-1");
}

TEST(AnAdmission, RecordsAJobThatWasNotAdmittedAndClaimsNothingForIt) {
  const Admission admission = TwoBoxes(Decision::deny).entry();
  EXPECT_EQ(admission.claims.size(), 1U);
  ASSERT_EQ(admission.visit->jobs.size(), 2U);
  EXPECT_FALSE(admission.visit->jobs[1].admitted);
  const auto events = gate_events({}, proven(admission, TwoBoxes().evidence, {}), TwoBoxes().evidence);
  EXPECT_EQ(events.size(), 1U);
}

TEST(AnAdmission, BindsAnUnsurePlateOnlyWhereItSaysWhatWasAnnounced) {
  TwoBoxes day;
  day.evidence.plate = PlateEvidence{"9XYZ999", false, Source::read};
  EXPECT_EQ(day.entry().visit->plate, "");
  day.evidence.plate = PlateEvidence{"1ABC128", false, Source::read};
  EXPECT_EQ(day.entry().visit->plate, "1ABC123");
  day.evidence.plate = PlateEvidence{"9XYZ999", true, Source::read};
  EXPECT_EQ(day.entry().visit->plate, "9XYZ999") << "a substitute tractor";
}

TEST(AnExit, UsesWhatLeftAndReleasesWhatDidNot) {
  const TwoBoxes day;
  const Evidence out = day.aboard({second_box});
  const Admission left = proven(day.entry(), out, {});
  EXPECT_EQ(left.visit->state, VisitState::left);
  EXPECT_EQ(left.claims[0].state, ClaimState::released);
  EXPECT_EQ(left.claims[1].state, ClaimState::used);
  const auto events = gate_events({}, left, out);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].kind, EventKind::gate_out);
  EXPECT_EQ(events[0].release_id, "R-2");
  EXPECT_EQ(events[0].stay_number, "S-R-2");
}

TEST(AnExit, ThatPeopleAllowedWithoutOneSureReadUsesAllItMayHaveTaken) {
  const TwoBoxes day;
  const Admission left = proven(day.entry(), day.aboard({}), {});
  EXPECT_EQ(left.claims[0].state, ClaimState::used);
  EXPECT_EQ(left.claims[1].state, ClaimState::used);
}

TEST(AnExit, GivenBackKeepsTheClaimsOfTheVisit) {
  const TwoBoxes day;
  const Admission back = given_back(day.entry(), "P-exit", {});
  EXPECT_EQ(back.visit->state, VisitState::admitted);
  EXPECT_EQ(back.claims[0].state, ClaimState::claimed);
}

TEST(AnEntry, GivenBackCancelsTheVisitAndReleasesItsClaims) {
  const TwoBoxes day;
  const Admission back = given_back(day.entry(), "P-1", {});
  EXPECT_EQ(back.visit->state, VisitState::cancelled);
  EXPECT_EQ(back.claims[0].state, ClaimState::released);
}

TEST(AClaim, ThatIsUsedStaysUsedWhateverHappens) {
  Admission admission = TwoBoxes().entry();
  admission.claims[0].state = ClaimState::used;
  EXPECT_EQ(given_back(admission, "P-1", {}).claims[0].state, ClaimState::used);
  EXPECT_EQ(in_doubt(admission, {}).claims[0].state, ClaimState::used);
  EXPECT_EQ(in_doubt(admission, {}).claims[1].state, ClaimState::interrupted);
}

TEST(AnExit, WithoutAVisitUsesTheRightOfTheBoxThatPeopleLetOut) {
  TwoBoxes day;
  day.verdict.jobs.clear();
  Evidence out = day.aboard({first_box});
  const Admission admission = admit("P-9", day.verdict, out, day.dossier, true, {});
  EXPECT_FALSE(admission.visit);
  ASSERT_EQ(admission.claims.size(), 1U);
  const auto events = gate_events({}, proven(admission, out, {}), out);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].release_id, "R-1");
  EXPECT_EQ(proven(admission, out, {}).claims[0].state, ClaimState::used);
}

TEST(AnOverride, AdmitsOnlyTheJobsWhoseReasonsWereShown) {
  TwoBoxes day(
      Decision::deny);  // the second job's right is revoked: a matter for two, and not what was shown
  const Admission admission = day.entry(true);
  EXPECT_TRUE(admission.visit->jobs[0].admitted);
  EXPECT_FALSE(admission.visit->jobs[1].admitted);
  ASSERT_EQ(admission.claims.size(), 1U);
  EXPECT_EQ(admission.claims[0].release_id, "R-1");
}

TEST(AnOverride, TakesNoRightThatIsUsedUnderAnotherReleaseIdOfTheSameStay) {
  TwoBoxes day;
  Claim used;
  used.release_id = "R-1-old";
  used.equipment_number = first_box;
  used.stay_number = "S-R-1";
  used.visit = "P-0";
  used.state = ClaimState::used;
  day.dossier.claims = {used};
  const Admission admission = day.entry(true);
  ASSERT_EQ(admission.claims.size(), 1U);
  EXPECT_EQ(admission.claims[0].release_id, "R-2");
}

TEST(AnOverride, OfAClaimInDoubtEndsItAndTakesTheRightAnew) {
  TwoBoxes day;
  Claim doubt;
  doubt.release_id = "R-1";
  doubt.equipment_number = first_box;
  doubt.visit = "P-0";
  doubt.state = ClaimState::interrupted;
  day.dossier.claims = {doubt};
  const Admission admission = day.entry(true);
  ASSERT_EQ(admission.claims.size(), 3U);
  EXPECT_EQ(admission.claims[0].visit, "P-0");
  EXPECT_EQ(admission.claims[0].state, ClaimState::released)
      << "written before the new one: one right, one claim";
  EXPECT_EQ(admission.claims[1].visit, "P-1");
  EXPECT_EQ(admission.claims[1].state, ClaimState::claimed);
  EXPECT_EQ(in_doubt(admission, {}).claims[0].state, ClaimState::released);
}

TEST(AnExit, ClaimsTheRightThatTheEntryDidNotFindAndUsesIt) {
  TwoBoxes day;
  Admission entry = day.entry(true);
  entry.claims.clear();
  entry.visit->jobs[0].release_id.reset();
  entry.visit->jobs[1].release_id.reset();
  day.dossier.visits = {*entry.visit};
  day.verdict.visit = entry.visit->id;
  const Evidence out = day.aboard({first_box, second_box});
  const Admission exit = admit("P-9", day.verdict, out, day.dossier, false, {});
  ASSERT_EQ(exit.claims.size(), 2U);
  EXPECT_EQ(exit.claims[0].visit, "P-1");
  EXPECT_EQ(proven(exit, out, {}).claims[0].state, ClaimState::used);
  EXPECT_EQ(gate_events({}, proven(exit, out, {}), out)[0].release_id, "R-1");
  EXPECT_EQ(given_back(exit, "P-9", {}).claims[0].state, ClaimState::claimed);
}

TEST(AnExit, ThatPeopleAllowedWithAStrangersBoxReportsItAndUsesItsRight) {
  TwoBoxes day;
  const std::string stranger = "TGHU0737320";
  day.dossier.rights.push_back(right("R-3", stranger));
  const Admission entry = day.entry();
  day.dossier.visits = {*entry.visit};
  day.dossier.claims = entry.claims;
  day.verdict.visit = entry.visit->id;
  const Evidence out = day.aboard({first_box, stranger});
  const Admission left = proven(admit("P-9", day.verdict, out, day.dossier, true, {}), out, {});
  ASSERT_EQ(left.claims.size(), 3U);
  EXPECT_EQ(left.claims[1].state, ClaimState::released) << "the second box stayed";
  EXPECT_EQ(left.claims[2].release_id, "R-3");
  EXPECT_EQ(left.claims[2].state, ClaimState::used);
  const auto events = gate_events({}, left, out);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].release_id, "R-1");
  EXPECT_EQ(events[1].equipment_number, stranger);
  EXPECT_EQ(events[1].release_id, "R-3");
  EXPECT_FALSE(events[1].job);
}

TEST(ATruck, WithoutJobsIsReportedOnceInAndOnceOut) {
  Verdict verdict;
  Evidence in;
  const Admission admission = admit("P-1", verdict, in, {}, true, {});
  EXPECT_EQ(gate_events({}, admission, in).size(), 1U);
  Evidence out;
  out.direction = Direction::exit;
  EXPECT_EQ(gate_events({}, admission, out).size(), 1U);
}

TEST(ATruck, ThatDroppedItsBoxLeavesWithOneEventWithoutAJob) {
  Admission admission;
  admission.visit = Visit{};
  admission.visit->jobs = {{job("j1", JobKind::drop_empty, first_box), true, std::nullopt}};
  Evidence out;
  out.direction = Direction::exit;
  const auto events = gate_events({}, admission, out);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_FALSE(events[0].job);
  EXPECT_FALSE(events[0].equipment_number);
}

TEST(OwnClaims, OfThisPassageHoldNothingAgainstItButUsedOnesDo) {
  Dossier dossier;
  for (const ClaimState state : {ClaimState::claimed, ClaimState::used}) {
    Claim claim;
    claim.visit = "P-1";
    claim.state = state;
    dossier.claims.push_back(claim);
  }
  Claim other;
  other.visit = "P-2";
  dossier.claims.push_back(other);
  leave_out_own_claims("P-1", dossier);
  ASSERT_EQ(dossier.claims.size(), 2U);
  EXPECT_EQ(dossier.claims[0].state, ClaimState::used);
}

}  // namespace
