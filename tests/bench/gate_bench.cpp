// One table of all that was promised about speed: ratios within one run, medians over several runs.
// usage: gate_bench [--rights=N] [--runs=N] [Google Benchmark's own flags]
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <benchmark/benchmark.h>
#include <spdlog/spdlog.h>

#include "tests/bench/benches.hpp"

namespace {

struct Promise {
  const char* benchmark;
  const char* counter;
  const char* asked;  // empty: only for people
};

constexpr Promise kPromises[] = {
    {"decision", "p50 of a bare commit", "at most 1.3"},
    {"decision", "p99 of a bare commit", "at most 2"},
    {"decision", "p50 of a bare fdatasync", ""},
    {"decision", "p50 in ms", ""},
    {"snapshot", "of a bare bulk load", "at most 1.2"},
    {"snapshot", "peak memory in MiB", ""},
    {"snapshot", "seconds", ""},
    {"verify", "p50 in us", "at most 10"},
    {"verify", "p99 in us", ""},
    {"verify", "gather p50 in us", ""},
    {"verify", "gather p99 in us", ""},
    {"updates", "of the speed of bare upserts", "at least 0.7"},
    {"updates", "the same, without a broker", ""},
    {"updates", "changes a second", ""},
    {"cold_start", "of a bare first look-up", "at most 3"},
    {"cold_start", "in ms", ""},
    {"cold_start", "the same, pages in memory", ""},
    {"cold_start", "in ms, pages in memory", ""},
    {"loop_to_coil", "p99 of the poll period + 1 ms", "at most 1"},
    {"loop_to_coil", "p50 in ms", ""},
    {"loop_to_coil", "p99 in ms", ""},
    {"loop_to_coil", "poll period in ms", ""},
    {"reading", "p50 in ms, one core", "at most 150"},
    {"reading", "p50 in ms, two cores", "at most 80"},
    {"reading", "two cores of one", ""},
    {"reading", "of finding lines alone", ""},
    {"reading", "truck of three, one core, ms", ""},
    {"reading", "truck of three, two cores, ms", ""},
    {"reading", "64 lanes, of four cores", "at most 0.6"},
    {"reading", "the same, half of them empty", ""},
};

/// Keeps the medians and prints them as one table in the end.
class Table : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }

  void ReportRuns(const std::vector<Run>& runs) override {
    for (const auto& run : runs) {
      if (run.error_occurred)
        std::fprintf(stderr, "%s: %s\n", run.benchmark_name().c_str(), run.error_message.c_str());
      const bool single = run.run_type == Run::RT_Iteration && run.repetitions == 1;
      if (run.aggregate_name != "median" && !single) continue;
      for (const auto& promise : kPromises)
        if (const auto found = run.counters.find(promise.counter);
            run.run_name.function_name == promise.benchmark && found != run.counters.end())
          std::printf("%-12s %-30s %12.2f  %s\n", promise.benchmark, promise.counter, found->second.value,
                      promise.asked);
      std::fflush(stdout);
    }
  }
};

}  // namespace

int main(int count, char** words) {
  bench::Size size;
  int runs = 3;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word.starts_with("--rights=")) size.rights = std::atoll(words[i] + 9);
    if (word.starts_with("--runs=")) runs = std::atoi(words[i] + 7);
  }
  spdlog::set_level(spdlog::level::off);
  bench::Terminal terminal(size);
  const auto add = [&terminal, runs](const char* name, void (*measure)(benchmark::State&, bench::Terminal&)) {
    benchmark::RegisterBenchmark(name,
                                 [&terminal, measure](benchmark::State& state) { measure(state, terminal); })
        ->Iterations(1)
        ->Repetitions(runs)
        ->ReportAggregatesOnly();
  };
  add("decision", bench::decision);
  add("snapshot", bench::snapshot);
  add("verify", bench::verify);
  add("updates", bench::updates);
  add("cold_start", bench::cold_start);
  add("loop_to_coil", bench::loop_to_coil);
  add("reading", bench::reading);
  benchmark::Initialize(&count, words);
  Table table;
  benchmark::RunSpecifiedBenchmarks(&table);
  return 0;
}
