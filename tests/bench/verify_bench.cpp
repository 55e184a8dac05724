// What a decision costs once the records are there, and what its case costs.
#include <benchmark/benchmark.h>

#include "gate/casefile/case.hpp"
#include "tests/core/scene.hpp"

namespace {

void verify_at_the_entry(benchmark::State& state) {
  const tests::Case scene = tests::at_entry();
  for (auto _ : state) benchmark::DoNotOptimize(scene.verdict());
}
BENCHMARK(verify_at_the_entry);

void verify_at_the_exit(benchmark::State& state) {
  const tests::Case scene = tests::at_exit();
  for (auto _ : state) benchmark::DoNotOptimize(scene.verdict());
}
BENCHMARK(verify_at_the_exit);

void write_the_case(benchmark::State& state) {
  const tests::Case scene = tests::at_entry();
  const casefile::Case the_case{.lane = "in-1",
                                .decided_at = {scene.now.wall, scene.now.trusted},
                                .standing = scene.standing,
                                .policy = scene.policy,
                                .evidence = scene.evidence,
                                .dossier = scene.dossier};
  for (auto _ : state) benchmark::DoNotOptimize(casefile::write(the_case));
}
BENCHMARK(write_the_case);

}  // namespace
