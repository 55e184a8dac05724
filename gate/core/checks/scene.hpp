// Everything one decision looks at, with the questions that several checks share answered once.
#pragma once

#include <vector>

#include "gate/core/checks/meant_right.hpp"
#include "gate/core/purpose.hpp"
#include "gate/core/verify.hpp"

namespace core::checks {

/// A job of the appointment (entry), or an admitted job of the visit (exit).
struct JobScene {
  const Job* job = nullptr;
  bool cpu = false;  // Certified Pick up applies
  MeantRight meant;  // empty unless it applies
};

struct Scene {
  const Evidence& evidence;
  const Dossier& dossier;
  const Policy& policy;
  const Standing& standing;
  const Moment& now;
  Purpose purpose;
  std::vector<JobScene> jobs;

  [[nodiscard]] bool entry() const { return evidence.direction == Direction::entry; }
};

[[nodiscard]] Scene look(const Evidence& evidence, const Dossier& dossier, const Policy& policy,
                         const Standing& standing, const Moment& now);

/// The truck's haulier is the appointment's or, at the exit, the visit's; never the badge's employer.
/// Null where neither was found.
[[nodiscard]] const HaulierIds* haulier_of(const Scene& scene);

/// The plate that the appointment or the visit expects, normalised; empty where it expects none.
[[nodiscard]] std::string expected_plate(const Scene& scene);

/// The plate that the lane may act on, normalised; empty where it was not read well enough. An unsure
/// read counts only when it says what is expected.
[[nodiscard]] std::string plate_read(const Scene& scene);

/// A reason that the wall clock gave. While the clock is not trusted it cannot say no, only that nobody
/// knows.
[[nodiscard]] Reason by_clock(const Scene& scene, Reason reason);

/// Why the badge does not name a driver to trust; nothing where it does.
[[nodiscard]] std::vector<Reason> badge_reasons(const Scene& scene);

/// The badge is that of the driver whom the appointment or the visit names.
[[nodiscard]] bool badge_agrees(const Scene& scene);

}  // namespace core::checks
