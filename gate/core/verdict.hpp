// The answer to "may this truck pass?", with every check that led to it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "gate/core/lights.hpp"
#include "gate/core/reasons.hpp"
#include "gate/core/records.hpp"

namespace core {

enum class Outcome { pass, fail, unknown, not_applicable };
BOOST_DESCRIBE_ENUM(Outcome, pass, fail, unknown, not_applicable)

enum class CheckKind {
  restriction,
  appointment,
  visit,
  plate,
  badge,
  right,
  lights,
  driver,
  haulier,
  means_of_transport,
  container,
  data
};
BOOST_DESCRIBE_ENUM(CheckKind, restriction, appointment, visit, plate, badge, right, lights, driver, haulier,
                    means_of_transport, container, data)

/// One check of the table, made once for the truck or once for each job. Every check appears, also
/// those that did not apply. `fail` carries reasons that deny, `unknown` reasons that refer.
struct Check {
  CheckKind kind = CheckKind::data;
  std::string job;  // the job's id; empty: the truck as a whole
  Outcome outcome = Outcome::not_applicable;
  std::vector<Reason> reasons;
};
BOOST_DESCRIBE_STRUCT(Check, (), (kind, job, outcome, reasons))

/// What the driver can still do to be let through.
enum class Prompt { present_badge, give_tar };
BOOST_DESCRIBE_ENUM(Prompt, present_badge, give_tar)

/// Worth recording about a grant.
enum class Mark {
  substitute_tractor,  // another tractor than announced; badge, TAR and haulier agree
  corroborated,        // a sure read and the expectation agree
  customs_warning,     // customs is red and the policy only warns
  partial,             // not every job of the appointment was admitted
};
BOOST_DESCRIBE_ENUM(Mark, substitute_tractor, corroborated, customs_warning, partial)

struct JobVerdict {
  Job job;
  Decision decision = Decision::refer;
  std::vector<Reason> reasons;
  std::optional<std::string> release_id;  // the one right that the job means, where there is exactly one
  std::vector<FollowUp> follow_ups;
};
BOOST_DESCRIBE_STRUCT(JobVerdict, (), (job, decision, reasons, release_id, follow_ups))

struct Verdict {
  Decision decision = Decision::refer;
  std::vector<Reason> reasons;  // of the decision, the worst first, each once; empty on a plain grant
  std::vector<Check> checks;
  std::vector<JobVerdict> jobs;  // entry: of the appointment; exit: of the visit
  std::vector<Prompt> prompts;   // outstanding; a verdict with prompts is not settled until they expire
  std::vector<Mark> marks;
  int persons = 0;                   // to override this verdict; 0 on a grant
  std::optional<std::string> tar;    // the appointment that was found
  std::optional<std::string> visit;  // the open truck visit that was found (exit)
  std::optional<std::string> driver_id_hash;
  std::optional<std::string> driver_mask;
  std::string language;                  // of the driver; empty: unknown
  std::optional<WallTime> come_back_at;  // with slot_too_early
};
BOOST_DESCRIBE_STRUCT(Verdict, (),
                      (decision, reasons, checks, jobs, prompts, marks, persons, tar, visit, driver_id_hash,
                       driver_mask, language, come_back_at))

}  // namespace core
