// Which right does a job mean? A container number alone is no key: boxes come back.
#pragma once

#include <optional>

#include "gate/core/dossier.hpp"
#include "gate/core/reasons.hpp"

namespace core::checks {

/// Either the right, or why there is none to judge by.
struct MeantRight {
  const ReleaseRight* right = nullptr;  // points into the dossier
  std::optional<Reason> why_none;       // right_not_found or right_ambiguous
};

/// By release id where one is given; else by container and stay; else by the container alone.
/// `claimed` is the release id of the claim that the job already holds; it outweighs the job's own.
[[nodiscard]] MeantRight meant_right(const Job& job, const std::optional<std::string>& claimed,
                                     const Dossier& dossier);

/// True when the claim is on this right: the release id, or container and stay together, say so.
[[nodiscard]] bool claims(const Claim& claim, const ReleaseRight& right);

/// True when this job's container has a right, so that Certified Pick up applies whatever the job's
/// label says. One that is used or withdrawn speaks only for the very same stay: boxes come back.
[[nodiscard]] bool container_has_right(const Job& job, const Dossier& dossier);

}  // namespace core::checks
