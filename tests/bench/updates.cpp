#include <random>
#include <stdexcept>

#include "gate/canon/canon.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"

namespace bench {
namespace {

constexpr int kBatches = 200;
constexpr int kChanges = 100;

struct Upsert {
  std::string release_id, equipment_number, stay_number, body;
};

/// The same rows as our own table has them, and nothing else.
void upsert_bare(SQLite::Database& database, SQLite::Statement& statement, const std::vector<Upsert>& rows) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  static const std::string seal(16, 's');
  for (const auto& row : rows) {
    statement.bindNoCopy(1, row.release_id);
    statement.bindNoCopy(2, row.equipment_number);
    statement.bindNoCopy(3, row.stay_number);
    statement.bindNoCopy(4, row.body);
    statement.bindNoCopy(5, seal.data(), static_cast<int>(seal.size()));
    statement.exec();
    statement.reset();
  }
  transaction.commit();
}

constexpr const char* kUpsert =
    "INSERT INTO rights (release_id, equipment_number, stay_number, flags, body, seal) VALUES (?, ?, ?, 0, "
    "?, ?) "
    "ON CONFLICT (release_id) DO UPDATE SET equipment_number = excluded.equipment_number, "
    "stay_number = excluded.stay_number, flags = 0, body = excluded.body, seal = excluded.seal";

}  // namespace

void updates(benchmark::State& state, Terminal& terminal) {
  syncing_test::Appliance appliance(terminal.folder());
  const auto bare =
      syncing::open_writer(terminal.bare_file(), syncing::replica_schema, syncing::Inspection::none).value();
  bare->database().exec("PRAGMA synchronous = FULL");  // ours are durable once the floor is raised
  SQLite::Statement statement(bare->database(), kUpsert);
  const syncing::Sealer sealer = Terminal::sealer();
  std::mt19937_64 random(1);
  std::int64_t sequence = appliance.report().sequence;
  double ours = 0, raw = 0;
  for (auto _ : state) {
    for (int i = 0; i < kBatches; ++i) {
      syncing::Batch batch{.epoch = 1, .first = sequence + 1, .last = sequence + kChanges};
      std::vector<Upsert> rows;
      for (int n = 0; n < kChanges; ++n) {
        const auto right = right_number(
            std::uniform_int_distribution<std::int64_t>(0, terminal.size().rights - 1)(random), sequence);
        rows.push_back({right.release_id, right.equipment_number, *right.stay_number, canon::write(right)});
        batch.changes.emplace_back(syncing::upsert(right));
      }
      const std::string message = sealer.seal(batch);
      ours += time_of([&] {
        appliance->receive(syncing::topics::updates("T869"), message);
        appliance.settle();
      });
      raw += time_of([&] { upsert_bare(bare->database(), statement, rows); });
      sequence = batch.last;
    }
    if (appliance.report().sequence != sequence) throw std::runtime_error("a batch was not applied");
  }
  state.counters["of the speed of bare upserts"] = raw / ours;
  state.counters["changes a second"] = static_cast<double>(state.iterations() * kBatches * kChanges) / ours;
}

}  // namespace bench
