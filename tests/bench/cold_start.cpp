#include <optional>
#include <stdexcept>

#include <spdlog/spdlog.h>

#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"

namespace bench {
namespace {

double start_bare(const Terminal& terminal) {
  std::optional<SQLite::Database> database;
  std::optional<SQLite::Statement> look;
  return time_of([&] {
    database.emplace((terminal.folder() / "replica.db").string(), SQLite::OPEN_READWRITE);
    look.emplace(*database, "SELECT body FROM rights WHERE equipment_number = ?");
    look->bind(1, tests::box);
    if (!look->executeStep()) throw std::runtime_error("the right is not there");
  });
}

double start_ours(const Terminal& terminal) {
  const tests::Case scene = Terminal::scene();
  std::optional<syncing_test::Appliance> appliance;  // stopped after the time was taken
  return time_of([&] {
    appliance.emplace(terminal.folder());
    const auto dossier = (*appliance)->gather(scene.evidence);
    const auto verdict = core::verify(scene.evidence, *dossier, scene.policy, scene.standing, scene.now);
    if (verdict.decision != core::Decision::grant) throw std::runtime_error("the truck was not granted");
  });
}

}  // namespace

void cold_start(benchmark::State& state, Terminal& terminal) {
  constexpr int kStarts = 9;
  spdlog::set_level(spdlog::level::off);
  SideBySide times;
  // Each from the same state of the page cache, and each as often first as second.
  const auto start = [&](const std::string& name, bool ours, bool cold) {
    if (cold) terminal.forget_pages();
    times.note(name, ours ? start_ours(terminal) : start_bare(terminal));
  };
  for (auto _ : state)
    for (int i = 0; i < kStarts; ++i)
      for (const bool ours : {i % 2 == 0, i % 2 != 0}) {
        start(ours ? "ours" : "bare", ours, true);
        start(ours ? "ours, warm" : "bare, warm", ours, false);
      }
  state.counters["of a bare first look-up"] = times.quantile("ours", 0.5) / times.quantile("bare", 0.5);
  state.counters["in ms"] = times.quantile("ours", 0.5) * 1e3;
  state.counters["the same, pages in memory"] =
      times.quantile("ours, warm", 0.5) / times.quantile("bare, warm", 0.5);
  state.counters["in ms, pages in memory"] = times.quantile("ours, warm", 0.5) * 1e3;
}

}  // namespace bench
