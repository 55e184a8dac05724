#include <stdexcept>

#include "sync/gather.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"

namespace bench {

void verify(benchmark::State& state, Terminal& terminal) {
  constexpr int kTrucks = 500;
  syncing_test::Appliance appliance(terminal.folder());
  const tests::Case scene = Terminal::scene();
  SideBySide times;
  for (auto _ : state) {
    for (int i = 0; i < kTrucks; ++i) {
      core::Result<core::Dossier> dossier;
      times.take("gather", [&] { dossier = appliance->gather(scene.evidence); });
      core::Verdict verdict;
      // At once, as a lane does: what was gathered is still warm.
      const double spent = time_of(
          [&] { verdict = core::verify(scene.evidence, *dossier, scene.policy, scene.standing, scene.now); });
      times.note("verify", spent);
      if (verdict.decision != core::Decision::grant) throw std::runtime_error("the truck was not granted");
    }
  }
  state.counters["p50 in us"] = times.quantile("verify", 0.5) * 1e6;
  state.counters["p99 in us"] = times.quantile("verify", 0.99) * 1e6;
  state.counters["gather p50 in us"] = times.quantile("gather", 0.5) * 1e6;
  state.counters["gather p99 in us"] = times.quantile("gather", 0.99) * 1e6;
}

}  // namespace bench
