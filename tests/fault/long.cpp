// The long profiles: `fault_long NAME [COUNT [SEED]]` prints one line and exits 0 only if all was well.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/appliance/daemon_kills.hpp"
#include "tests/fault/cuts.hpp"
#include "tests/fault/kills.hpp"
#include "tests/fault/updates.hpp"

namespace {

int tell(const std::string& name, std::int64_t runs, std::uint64_t seed,
         const std::vector<std::string>& wrong) {
  std::cout << name << ": runs " << runs << ", seed " << seed << ", "
            << (wrong.empty() ? "all is well" : "WRONG: " + wrong.front()) << "\n";
  return wrong.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::string name = count > 1 ? words[1] : "";
  const std::int64_t runs = count > 2 ? std::atoll(words[2]) : 0;
  const std::uint64_t seed = count > 3 ? std::strtoull(words[3], nullptr, 10) : std::random_device{}();
  if (name == "kills") {
    const int lives = static_cast<int>(runs > 0 ? runs : 1000);
    const auto killed = fault::kill_often(seed, lives);
    const auto restored = fault::kill_restores(seed, std::max(1, lives / 5));
    auto wrong = killed.wrong;
    wrong.insert(wrong.end(), restored.wrong.begin(), restored.wrong.end());
    for (const auto& [met, all] :
         {std::pair(killed, fault::kill_points()), std::pair(restored, fault::restore_points())})
      for (const auto& point : never_met(met, all))
        if (lives >= 50) wrong.push_back("nobody was killed " + point);
    return tell(name, killed.runs + restored.runs, seed, wrong);
  }
  if (name == "daemon") {
    const auto killed = daemon_test::kill_daemon(seed, static_cast<int>(runs > 0 ? runs : 100));
    return tell(name, killed.runs, seed, killed.wrong);
  }
  if (name == "power") {
    const auto cut = fault::cut_often(seed, static_cast<int>(runs > 0 ? runs : 5000));
    return tell(name, cut.runs, seed, cut.wrong);
  }
  if (name == "updates") {
    const auto followed = fault::follow(seed, runs > 0 ? runs : 10'000'000);
    return tell(name, followed.operations, seed, followed.wrong);
  }
  std::cerr << "usage: fault_long daemon|kills|power|updates [COUNT [SEED]]\n";
  return 2;
}
