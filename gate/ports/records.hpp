// What a lane asks of the replica and the journal before it decides.
#pragma once

#include "gate/core/dossier.hpp"
#include "gate/core/evidence.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"
#include "gate/core/standing.hpp"

namespace ports {

struct Records {
  virtual ~Records() = default;

  /// Everything that a decision on this evidence may look at, from local storage, in well under a
  /// millisecond; never waits for a network. Fault::corrupt: stored rows failed their check.
  [[nodiscard]] virtual core::Result<core::Dossier> gather(const core::Evidence& evidence) = 0;

  [[nodiscard]] virtual core::Standing standing(const core::Moment& now) const = 0;

  /// Asks the platform for fresh rights of what this evidence names. Returns at once; never waited for.
  virtual void refresh(const core::Evidence& evidence) = 0;
};

}  // namespace ports
