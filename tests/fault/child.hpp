// A process of its own that is killed, and what it said before.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace fault {

/// Ends this process as kill -9 does.
[[noreturn]] void die();

class Child {
 public:
  /// How the child says a line: the other end has it whatever becomes of the child afterwards.
  using Say = std::function<void(const std::string& line)>;

  /// Runs `live` in a process of its own until it dies, and gives all the lines that it said. Killed from
  /// here once it has said `most` of them; 0: it dies by itself, at the latest when `live` returns. A line
  /// "wrong
  /// ..." is added where it died of anything else than SIGKILL, or an exception came out of `live`.
  [[nodiscard]] static std::vector<std::string> lines_of(const std::function<void(const Say&)>& live,
                                                         int most = 0);
};

}  // namespace fault
