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
  spdlog::set_level(spdlog::level::off);
  double ours = 0, bare = 0, warm = 0, warm_bare = 0;
  for (auto _ : state) {
    terminal.forget_pages();
    ours += start_ours(terminal);
    terminal.forget_pages();
    bare += start_bare(terminal);
    warm += start_ours(terminal);
    warm_bare += start_bare(terminal);
  }
  state.counters["of a bare first look-up"] = ours / bare;
  state.counters["in ms"] = ours / static_cast<double>(state.iterations()) * 1e3;
  state.counters["the same, pages in memory"] = warm / warm_bare;
  state.counters["in ms, pages in memory"] = warm / static_cast<double>(state.iterations()) * 1e3;
}

}  // namespace bench
