// A gate in the middle of a morning, for looking at: three lanes in different states and passages behind
// them.
#pragma once

#include <filesystem>

#include "tests/console/house.hpp"

namespace console_test {

/// `pictures`: a folder of JPEG or PNG files to show, in the order of their names; empty: a plain one.
void set_scene(Stage& stage, const std::filesystem::path& pictures);

}  // namespace console_test
