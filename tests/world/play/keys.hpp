// The demonstration's keys: who signs what, who is who.
#pragma once

#include <filesystem>

#include "config/config.hpp"
#include "tests/world/day.hpp"

namespace world {

/// Makes what is not there yet in `folder`: platform.seed and platform.pub, signing.key and signing.pub
/// (the appliance's), identity.key, tokens (an operator's and a supervisor's). Secrets have mode 0600.
/// Throws std::runtime_error where a file cannot be written.
void make_keys(const std::filesystem::path& folder);

/// What the appliance of this configuration makes of a card number. Throws std::runtime_error, also for what
/// is none.
[[nodiscard]] BadgeHash hash_of(const config::Config& config);

}  // namespace world
