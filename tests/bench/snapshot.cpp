#include "tests/bench/benches.hpp"

namespace bench {

void snapshot(benchmark::State& state, Terminal& terminal) {
  double ours = 0, bare = 0, peak = 0;
  for (auto _ : state) {
    ours = terminal.load(peak);
    bare = terminal.load_bare();
  }
  state.counters["of a bare bulk load"] = ours / bare;
  state.counters["peak memory in MiB"] = peak;
  state.counters["seconds"] = ours;
}

}  // namespace bench
