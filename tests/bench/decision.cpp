#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "gate/casefile/case.hpp"
#include "sync/journal/writer.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"

namespace bench {
namespace {

constexpr int kDecisions = 300;

/// What a lane writes when it grants at the entry.
ports::JournalEntry grant(int number) {
  const tests::Case scene = Terminal::scene();
  const std::string name = std::to_string(number);
  ports::JournalEntry entry;
  entry.passage = syncing_test::passage("P" + name);
  entry.passage->visit = "P" + name;
  entry.passage->plate = tests::plate;
  entry.passage->containers = {tests::box};
  entry.visit = syncing_test::visit("P" + name);
  entry.claims = {syncing_test::claim("R" + name, "P" + name, core::ClaimState::claimed, "BOXU" + name)};
  entry.events = {syncing_test::event(core::EventKind::granted)};
  entry.case_json = casefile::write({.lane = "in-1",
                                     .decided_at = {scene.now.wall, true},
                                     .standing = scene.standing,
                                     .policy = scene.policy,
                                     .evidence = scene.evidence,
                                     .dossier = scene.dossier});
  return entry;
}

/// The least that is durable: one row, one commit, the same pragmas.
class BareRow {
 public:
  explicit BareRow(const std::filesystem::path& file)
      : database_(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
    database_.exec("CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    insert_.emplace(database_, "INSERT INTO rows (body) VALUES (?)");
  }

  void commit() {
    insert_->bind(1, body_);
    insert_->exec();
    insert_->reset();
  }

 private:
  SQLite::Database database_;
  std::optional<SQLite::Statement> insert_;
  const std::string body_ = std::string(200, 'x');
};

}  // namespace

void decision(benchmark::State& state, Terminal& terminal) {
  const syncing_test::TempFolder folder;
  const auto journal = syncing::JournalWriter::open(folder / "journal.db", syncing_test::at(0)).value();
  BareRow bare(folder / "row.db");
  const int handle = ::open((folder / "bytes").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  const std::string bytes(256, 'x');
  static_cast<void>(terminal);
  SideBySide times;
  int number = 0;
  for (auto _ : state) {
    for (int i = 0; i < kDecisions; ++i) {
      journal->fold();  // as every now and then between decisions
      const ports::JournalEntry entry = grant(++number);
      bool written = false;
      times.take("ours", [&] { written = journal->commit(entry).has_value(); });
      if (!written) throw std::runtime_error("a decision was not written");
      times.take("bare", [&] { bare.commit(); });
      times.take("bytes", [&] {
        written = ::write(handle, bytes.data(), bytes.size()) > 0 && ::fdatasync(handle) == 0;
      });
      if (!written) throw std::runtime_error("bytes were not written");
    }
  }
  ::close(handle);
  state.counters["p50 of a bare commit"] = times.quantile("ours", 0.5) / times.quantile("bare", 0.5);
  state.counters["p99 of a bare commit"] = times.quantile("ours", 0.99) / times.quantile("bare", 0.99);
  state.counters["p50 of a bare fdatasync"] = times.quantile("ours", 0.5) / times.quantile("bytes", 0.5);
  state.counters["p50 in ms"] = times.quantile("ours", 0.5) * 1e3;
}

}  // namespace bench
