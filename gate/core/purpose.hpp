// What is this truck here for? The one appointment (entry) or the one open truck visit (exit) it means.
#pragma once

#include <optional>

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/policy.hpp"

namespace core {

enum class Found { none, one, several };

struct Purpose {
  Found found = Found::none;
  const Appointment* appointment = nullptr;  // points into the dossier; entry only
  const Visit* visit = nullptr;              // points into the dossier; exit only
  const Driver* driver = nullptr;            // whose badge it is, where exactly one driver has it
};

/// Entry: the TAR where one was given; else tractor plate and open slot; else badge and open slot.
/// Exit: the visits that are inside, by plate and badge; plate or badge alone where the other is unread.
/// A near plate counts only if exactly one candidate is that near and the badge agrees.
[[nodiscard]] Purpose find_purpose(const Evidence& evidence, const Dossier& dossier, const Policy& policy);

}  // namespace core
