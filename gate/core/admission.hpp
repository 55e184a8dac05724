// What a grant takes, and what becomes of it: the truck visit, the claims on rights, the gate events.
#pragma once

#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/verdict.hpp"
#include "gate/core/visit.hpp"

namespace core {

/// Written in one transaction with the grant, before the arm opens.
struct Admission {
  std::optional<Visit> visit;  // absent only at an exit where no visit was found and people let it out
  std::vector<Claim> claims;
};
BOOST_DESCRIBE_STRUCT(Admission, (), (visit, claims))

/// Entry: a new visit with the passage's id, and a claim for each right of an admitted job. Exit: the open
/// visit, its claims as they are, and claims on what its jobs turned out to mean since. `overridden`: people
/// admit the jobs whose reasons they were shown, the best ones; a right that another visit holds, or that is
/// used, is not claimed again; a claim in doubt ends; and at an exit the rights of containers aboard that no
/// job explains are claimed for this passage.
[[nodiscard]] Admission admit(const std::string& passage, const Verdict& verdict, const Evidence& evidence,
                              const Dossier& dossier, bool overridden, const Moment& now);

/// The vehicle was proven to pass. Entry: the visit is inside, its claims stay. Exit: the visit has left;
/// claims of jobs whose container left are used, the others released.
[[nodiscard]] Admission proven(const Admission& admission, const Evidence& evidence, const Moment& now);

/// The vehicle left the way it came, or the grant was taken back: what this passage took is given back.
/// At an exit the visit stays inside and keeps its claims.
[[nodiscard]] Admission given_back(const Admission& admission, const std::string& passage, const Moment& now);

/// Nobody can say whether it passed: what was granted is to be looked at by people.
[[nodiscard]] Admission in_doubt(const Admission& admission, const Moment& now);

/// gate_in: one for each admitted job. gate_out: one for each job whose container left. Either: one for each
/// container aboard that no job explains, and one for a truck with neither. `base` carries what is the same
/// in all of them.
[[nodiscard]] std::vector<GateEvent> gate_events(const GateEvent& base, const Admission& admission,
                                                 const Evidence& evidence);

/// A claim that this very passage took earlier, and is giving back, holds nothing against it.
void leave_out_own_claims(const std::string& passage, Dossier& dossier);

/// The container of this job left with the truck. Where an exit was overridden without one sure read, it is
/// taken to have left: a right that may have been used must not be free for another.
[[nodiscard]] bool left_with(const VisitJob& job, const Evidence& evidence);

}  // namespace core
