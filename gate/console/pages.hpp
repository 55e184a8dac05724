// The files of page/, held in the program itself.
#pragma once

#include <string_view>

namespace console {

/// The bytes of page/`name`; empty where there is no such file.
[[nodiscard]] std::string_view page_file(std::string_view name);

}  // namespace console
