#include <algorithm>

#include "gate/core/checks/checks.hpp"

namespace core::checks {

Check made(CheckKind kind, const std::string& job, std::vector<Reason> reasons) {
  const bool denies = std::any_of(reasons.begin(), reasons.end(),
                                  [](Reason reason) { return facts(reason).decision == Decision::deny; });
  const Outcome outcome = reasons.empty() ? Outcome::pass : denies ? Outcome::fail : Outcome::unknown;
  return Check{kind, job, outcome, std::move(reasons)};
}

Check not_applicable(CheckKind kind, const std::string& job) {
  return Check{kind, job, Outcome::not_applicable, {}};
}

}  // namespace core::checks
