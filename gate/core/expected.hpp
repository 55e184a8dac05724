// What a truck is expected to show. It goes into no read: it only says what an operator finds first.
#pragma once

#include "gate/core/dossier.hpp"
#include "gate/core/reads.hpp"

namespace core {

/// Alternatives that an appointment, a visit or a right of the dossier names come before the others; apart
/// from that they stay as likely as they were. What was read stays what it is.
void offer_expected_first(const Dossier& dossier, Sighting& sighting);

}  // namespace core
