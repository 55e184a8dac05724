// Text from outside on its way to a terminal.
#pragma once

#include <algorithm>
#include <string>

namespace ctl {

/// Nothing that came from outside may act on a terminal.
[[nodiscard]] inline std::string harmless(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
  return text;
}

}  // namespace ctl
