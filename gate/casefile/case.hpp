// A decision's case: everything that a verdict was made from, so that it can be made again, to the byte.
// Its JSON form is described by case.schema.json beside this file.
#pragma once

#include <string>
#include <string_view>

#include <boost/describe/class.hpp>

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/policy.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/verdict.hpp"
#include "gate/core/verify.hpp"

namespace casefile {

/// When it was decided. The steady clock is left out: it means nothing later, and no verdict depends on it.
struct DecidedAt {
  core::WallTime wall{};
  bool trusted = true;
};
BOOST_DESCRIBE_STRUCT(DecidedAt, (), (wall, trusted))

struct Case {
  int rules_version = core::rules_version;
  std::string lane;
  DecidedAt decided_at;
  core::Standing standing;
  core::Policy policy;
  core::Evidence evidence;
  core::Dossier dossier;
};
BOOST_DESCRIBE_STRUCT(Case, (), (rules_version, lane, decided_at, standing, policy, evidence, dossier))

/// Canonical JSON.
[[nodiscard]] std::string write(const Case& the_case);

/// A case of these rules. Fault::refused names both versions where the case was decided under others;
/// Fault::malformed names the key.
[[nodiscard]] core::Result<Case> read(std::string_view json);

/// The verdict, made again. The case must be of these rules, as `read` sees to.
[[nodiscard]] core::Verdict replay(const Case& the_case);

/// The verdict made again, canonical JSON: {rulesVersion, lane, decidedAt, mode, verdict, explanations}.
/// `explanations` says of each reason of the verdict what it means, who helps and who may override.
[[nodiscard]] std::string explain(const Case& the_case);

/// The JSON Schema (draft 2020-12) of a case, from the structs themselves; indented text.
[[nodiscard]] std::string schema();

}  // namespace casefile
