// kill -9 of the daemon itself, in front of a real broker, a platform, and devices with trucks before them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace daemon_test {

struct DaemonKilled {
  int runs = 0;
  int granted = 0;                   // trucks that were let in while it was killed and started
  std::vector<std::string> wrong{};  // empty: all is well
};

/// Kills it `kills` times at moments that the seed chooses, starts it again each time, and holds the
/// platform's book against the journal once all is said. Needs the built programs and mosquitto.
[[nodiscard]] DaemonKilled kill_daemon(std::uint64_t seed, int kills);

}  // namespace daemon_test
