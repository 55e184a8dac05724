// What the rooms say of the files that a configuration names, before a daemon starts with them.
#pragma once

#include "config/check.hpp"

/// Reads tokens and nets with the very code that the daemon will read them with.
[[nodiscard]] config::Judges judges_of_the_rooms();
