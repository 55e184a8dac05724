// The demonstration's keys: who signs what, who is who.
#pragma once

#include <filesystem>

namespace world {

/// Makes what is not there yet in `folder`: platform.seed and platform.pub, signing.key and signing.pub
/// (the appliance's), identity.key, tokens (an operator's and a supervisor's). Secrets have mode 0600.
/// Throws std::runtime_error where a file cannot be written.
void make_keys(const std::filesystem::path& folder);

}  // namespace world
