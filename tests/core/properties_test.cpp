// What must hold for every case, however strange: random changes on top of a truck for which all fits.
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/core/reason_rows.hpp"

using namespace core;
using namespace tests;

namespace {

BackupRefers some_backup_refers() {
  const auto flag = [] { return *rc::gen::arbitrary<bool>(); };
  return {flag(), flag(), flag(), flag(), flag(), flag()};
}

Case some_standing(Case day) {
  day.standing.mode = *rc::gen::element(Mode::online, Mode::backup, Mode::restricted);
  day.standing.data_as_of = nine_plus(*rc::gen::inRange(-900, 1));
  day.now.trusted = *rc::gen::weightedElement<bool>({{5, true}, {1, false}});
  day.policy.driver = *rc::gen::element(DriverPolicy::assigned, DriverPolicy::haulier);
  day.policy.customs = *rc::gen::element(CustomsPolicy::enforce, CustomsPolicy::warn);
  day.policy.backup_refers = some_backup_refers();
  return day;
}

/// Up to three rows of the verdict table at once, of either direction; the changes of rows made for the
/// other direction are skipped, they would reach for records that are not there.
Case some_case(bool with_doubles = true) {
  const bool entry = *rc::gen::arbitrary<bool>();
  Case day = entry ? at_entry() : at_exit();
  const int changes = *rc::gen::inRange(0, 4);
  for (int i = 0; i < changes; ++i) {
    const Row& row = *rc::gen::elementOf(reason_rows());
    const bool fits = row.start().evidence.direction == day.evidence.direction;
    if (!fits || (!with_doubles && asks_which(row.reason))) continue;
    // A change that was made for a badge, plate or container needs one to be there.
    Case changed = day;
    if (!changed.evidence.badge) changed.evidence.badge = BadgeEvidence{"credential-1", nine_plus(0)};
    if (!changed.evidence.plate) changed.evidence.plate = PlateEvidence{plate, true, Source::read};
    if (!entry && changed.evidence.containers.empty()) changed.evidence.containers = {read_of(box)};
    (*rc::gen::arbitrary<bool>() || !with_doubles ? row.raises : row.does_not)(changed);
    day = changed;
  }
  return *rc::gen::arbitrary<bool>() ? some_standing(day) : day;
}

Decision worst_of(const std::vector<Reason>& reasons) {
  Decision worst = Decision::grant;
  for (const Reason reason : reasons) worst = std::max(worst, facts(reason).decision);
  return worst;
}

template <class Record>
void shuffle(std::vector<Record>& records) {
  if (records.size() > 1 && *rc::gen::arbitrary<bool>()) std::reverse(records.begin(), records.end());
}

/// Ways to know less. None of them takes away what speaks against the truck: a ban, a claim, a box seen,
/// a gate-out, barge or rail, or a date of expiry.
const std::vector<Change>& ways_to_know_less() {
  static const std::vector<Change> ways = {
      [](Case& c) { c.evidence.badge.reset(); },
      [](Case& c) { c.evidence.plate.reset(); },
      [](Case& c) {
        if (c.evidence.plate) c.evidence.plate->sure = false;
      },
      [](Case& c) {
        for (auto& read : c.evidence.containers) read.sure = false;
      },
      [](Case& c) {
        for (auto& read : c.evidence.containers) read.check_digit = false;
      },
      [](Case& c) { c.evidence.pictures = PicturesState::pending; },
      [](Case& c) { c.evidence.pictures = PicturesState::failed; },
      [](Case& c) { c.dossier.appointments.clear(); },
      [](Case& c) { c.dossier.visits.clear(); },
      [](Case& c) { c.dossier.drivers.clear(); },
      [](Case& c) { c.dossier.rights.clear(); },
      [](Case& c) {
        for (auto& right : c.dossier.rights) right.state = RightState::dirty;
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) right.lights.clear();
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) drop_light(right, "CommercialRelease");
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) drop_light(right, "TerminalReady");
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) set_light(right, "Customs", "nobody knows");
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) right.carrier = {};
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) right.assignment_as_of.reset();
      },
      [](Case& c) {
        for (auto& right : c.dossier.rights) {
          right.release_date_time_utc.reset();
          right.expiration_date_time_utc.reset();
        }
      },
      [](Case& c) {
        for (auto& appointment : c.dossier.appointments) appointment.haulier = {};
      },
      [](Case& c) {
        for (auto& visit : c.dossier.visits) visit.haulier = {};
      },
      [](Case& c) {
        for (auto& visit : c.dossier.visits) visit.state = VisitState::interrupted;
      },
      [](Case& c) {
        for (auto& driver : c.dossier.drivers) driver.dirty = true;
      },
      [](Case& c) { c.policy.lights.clear(); },
      [](Case& c) { c.standing.data_as_of.reset(); },
      [](Case& c) { c.standing.mode = Mode::restricted; },
      [](Case& c) { c.now.trusted = false; },
  };
  return ways;
}

/// Everything of the verdict that a lane acts on.
bool same(const Verdict& a, const Verdict& b) {
  if (a.decision != b.decision || a.reasons != b.reasons || a.prompts != b.prompts || a.marks != b.marks)
    return false;
  if (a.persons != b.persons || a.tar != b.tar || a.visit != b.visit || a.come_back_at != b.come_back_at)
    return false;
  return a.checks.size() == b.checks.size() && a.jobs.size() == b.jobs.size() &&
         std::equal(a.checks.begin(), a.checks.end(), b.checks.begin(), [](const Check& x, const Check& y) {
           return x.kind == y.kind && x.job == y.job && x.outcome == y.outcome && x.reasons == y.reasons;
         });
}

}  // namespace

RC_GTEST_PROP(Verify, TheDecisionIsTheWorstOfItsReasonsWhichStandInOrderAndOnce, ()) {
  const Verdict verdict = some_case().verdict();
  RC_ASSERT(verdict.decision == worst_of(verdict.reasons));
  int persons = 0;
  for (const Reason reason : verdict.reasons) persons = std::max(persons, facts(reason).persons);
  RC_ASSERT(verdict.persons == persons);
  RC_ASSERT((verdict.persons == 0) == (verdict.decision == Decision::grant));
  for (std::size_t at = 1; at < verdict.reasons.size(); ++at) {
    const Decision before = facts(verdict.reasons[at - 1]).decision;
    const Decision after = facts(verdict.reasons[at]).decision;
    RC_ASSERT(before > after || (before == after && verdict.reasons[at - 1] < verdict.reasons[at]));
  }
}

RC_GTEST_PROP(Verify, EveryCheckIsOnTheRecordAndSaysWhatItsReasonsSay, ()) {
  const Verdict verdict = some_case().verdict();
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<CheckKind>>([&](auto kind) {
    RC_ASSERT(std::any_of(verdict.checks.begin(), verdict.checks.end(),
                          [&](const Check& check) { return check.kind == kind.value; }));
  });
  for (const Check& check : verdict.checks) {
    const Decision worst = worst_of(check.reasons);
    if (check.outcome == Outcome::fail) RC_ASSERT(worst == Decision::deny);
    if (check.outcome == Outcome::unknown) RC_ASSERT(worst == Decision::refer);
    if (check.outcome == Outcome::pass || check.outcome == Outcome::not_applicable)
      RC_ASSERT(check.reasons.empty());
  }
}

RC_GTEST_PROP(Verify, TheSameCaseGivesTheSameVerdict, ()) {
  const Case day = some_case();
  RC_ASSERT(same(day.verdict(), day.verdict()));
}

RC_GTEST_PROP(Verify, TheOrderOfTheRecordsMeansNothing, ()) {
  const Case day = some_case();
  Case turned = day;
  shuffle(turned.dossier.appointments);
  shuffle(turned.dossier.rights);
  shuffle(turned.dossier.claims);
  shuffle(turned.dossier.visits);
  shuffle(turned.dossier.drivers);
  shuffle(turned.dossier.restrictions);
  shuffle(turned.evidence.containers);
  RC_ASSERT(same(day.verdict(), turned.verdict()));
}

RC_GTEST_PROP(Verify, KnowingLessNeverTurnsANoIntoAGrant, ()) {
  Case day = some_case(false);
  const Verdict before = day.verdict();
  const int times = *rc::gen::inRange(1, 4);
  for (int i = 0; i < times; ++i) (*rc::gen::elementOf(ways_to_know_less()))(day);
  const Verdict after = day.verdict();
  if (before.decision != Decision::grant) RC_ASSERT(after.decision != Decision::grant);
}

RC_GTEST_PROP(Verify, WithoutItsRightNoContainerThatNeedsOneIsEverReleased, ()) {
  Case day = some_case();
  day.dossier.rights.clear();
  for (const JobVerdict& job : day.verdict().jobs) {
    if (needs_right(job.job.kind)) RC_ASSERT(job.decision != Decision::grant);
  }
}

RC_GTEST_PROP(Verify, TheBackupPolicyNeverTurnsANoIntoAGrant, ()) {
  Case day = some_case();
  day.standing.mode = Mode::backup;
  day.policy.backup_refers = {};
  const Verdict decided = day.verdict();
  day.policy.backup_refers = some_backup_refers();
  const Verdict referred = day.verdict();
  RC_ASSERT(referred.decision >= decided.decision);
  if (decided.decision == Decision::refer) RC_ASSERT(referred.decision == Decision::refer);
  if (!day.policy.backup_refers.data) return;
  for (const JobVerdict& job : referred.jobs) {
    if (needs_right(job.job.kind)) RC_ASSERT(job.decision != Decision::grant);
  }
}

RC_GTEST_PROP(Verify, AWorseModeNeverTurnsANoIntoAGrant, ()) {
  Case day = some_case();
  day.standing.mode = Mode::online;
  const Decision online = day.verdict().decision;
  for (const Mode mode : {Mode::backup, Mode::restricted}) {
    day.standing.mode = mode;
    if (online != Decision::grant) RC_ASSERT(day.verdict().decision != Decision::grant);
  }
}

RC_GTEST_PROP(Verify, TheMaskIsNeverCompared, ()) {
  const auto mask = [] { return *rc::gen::element<std::string>("**12", "**34", ""); };
  const Case day = some_case();
  Case masked = day;
  for (ReleaseRight& right : masked.dossier.rights) right.driver_mask = mask();
  for (Driver& driver : masked.dossier.drivers) driver.mask = mask();
  for (Visit& visit : masked.dossier.visits) visit.driver_mask = mask();
  RC_ASSERT(same(day.verdict(), masked.verdict()));
}

RC_GTEST_PROP(Verify, OneMoreBanOrClaimNeverHelps, ()) {
  Case day = some_case(false);
  const Decision before = day.verdict().decision;
  if (*rc::gen::arbitrary<bool>()) {
    day.dossier.restrictions.push_back(
        {RestrictionKind::ban, "ref-9", RestrictionSubject::driver, driver_hash});
  } else {
    day.dossier.claims.push_back(
        {"release-1", box, "stay-release-1", "visit-9", "job-9", ClaimState::claimed, nine_plus(0)});
  }
  RC_ASSERT(day.verdict().decision >= before);
}

RC_GTEST_PROP(Verify, ABoxThatIsNotOfTheVisitNeverLeavesByItself, ()) {
  Case day = some_case();
  RC_PRE(day.evidence.direction == Direction::exit);
  day.evidence.containers.push_back(read_of(third_box));
  RC_ASSERT(day.verdict().decision != Decision::grant);
}
