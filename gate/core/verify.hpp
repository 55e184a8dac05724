// The decision. Pure: the same arguments give the same verdict, to the byte, under one rules version.
#pragma once

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/policy.hpp"
#include "gate/core/standing.hpp"
#include "gate/core/verdict.hpp"

namespace core {

/// Raised whenever the same case may come out differently than before.
inline constexpr int rules_version = 3;

/// Decides by the table of checks. Never throws. deny > refer > grant; what cannot be known is never a pass.
///
/// Entry: the truck's own checks and at least one job must pass; the jobs that do not are left out
/// and told to the driver (mark `partial`). Exit: every container aboard must be one of the visit's.
[[nodiscard]] Verdict verify(const Evidence& evidence, const Dossier& dossier, const Policy& policy,
                             const Standing& standing, const Moment& now);

/// No driver can change it any more: nothing to prompt for, or the time for it is over,
/// and the pictures are read or have failed.
[[nodiscard]] bool settled(const Verdict& verdict, const Evidence& evidence);

}  // namespace core
