#include "gate/core/standing.hpp"

namespace core {

Mode mode_of(const FreshnessPolicy& policy, std::optional<WallTime> data_as_of, bool complete,
             const Moment& now) {
  if (!complete || !data_as_of || !now.trusted) return Mode::restricted;
  const Milliseconds age = now.wall - *data_as_of;
  if (age <= policy.online_max_age) return Mode::online;
  return age <= policy.backup_max_age ? Mode::backup : Mode::restricted;
}

}  // namespace core
