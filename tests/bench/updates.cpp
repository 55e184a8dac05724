#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>

#include <boost/asio/thread_pool.hpp>

#include "gate/canon/canon.hpp"
#include "sync/journal/floor.hpp"
#include "sync/room.hpp"
#include "sync/store/inspect.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/side_by_side.hpp"
#include "tests/sync/broker.hpp"
#include "tests/sync/real_clock.hpp"

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

/// A batch of the stream on the wire, and the same rows for the bare upserts.
struct Stream {
  std::vector<std::string> messages;
  std::vector<std::vector<Upsert>> rows;
  std::int64_t last = 0;
};

Stream make_stream(std::int64_t rights, std::int64_t after, int batches, std::mt19937_64& random) {
  const syncing::Sealer sealer = Terminal::sealer();
  Stream stream{.messages = {}, .rows = {}, .last = after};
  for (int i = 0; i < batches; ++i) {
    syncing::Batch batch{.epoch = 1, .first = stream.last + 1, .last = stream.last + kChanges, .changes = {}};
    std::vector<Upsert> rows;
    for (int n = 0; n < kChanges; ++n) {
      const auto right =
          right_number(std::uniform_int_distribution<std::int64_t>(0, rights - 1)(random), batch.first);
      rows.push_back({right.release_id, right.equipment_number, *right.stay_number, canon::write(right)});
      batch.changes.emplace_back(syncing::upsert(right));
    }
    stream.messages.push_back(sealer.seal(batch));
    stream.rows.push_back(std::move(rows));
    stream.last = batch.last;
  }
  return stream;
}

/// A turn of the processor for whoever has something to do.
template <class Done>
void wait_until(const Done& done) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(2);
  while (!done()) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("a batch did not arrive");
    std::this_thread::sleep_for(std::chrono::microseconds(500));
  }
}

/// The daemon's link and stores on their own threads, a broker, and the platform's end: mutual TLS both ways.
class Wire {
 public:
  explicit Wire(const std::filesystem::path& state) : broker_(folder_ / "broker") {
    syncing::SyncSettings settings;
    settings.stream = {"T869", "uat"};
    settings.appliance = "a1";
    settings.version = "bench";
    settings.state = state;
    syncing::KeySet platform;
    platform.add("p1", syncing::SigningKey("p1", std::string(32, '\x01')).public_key());
    room_ = syncing::Room::open(
                settings,
                {syncing::SigningKey("a1", std::string(32, '\x02')), platform, syncing_test::terminal_key()},
                {.host = "127.0.0.1",
                 .port = broker_.port(),
                 .ca = broker_.ca(),
                 .certificate = broker_.certificate("a1"),
                 .key = broker_.key("a1")},
                clock_)
                .value();
    journal_ = syncing::open_reader(state / "journal.db").value();
    connect_platform();
    room_->start();
    // The room looks its file through once, beside everything else: whoever does the same later ends later.
    if (!syncing::inspect(state / "replica.db", {}, false))
      throw std::runtime_error("the replica is damaged");
    meet();
  }
  ~Wire() {
    platform_->stop();
    room_->stop();
  }

  /// The floor follows the replica: what it covers is durable and can be decided on.
  [[nodiscard]] std::int64_t sequence() { return syncing::read_floor(*journal_).position.sequence; }

  void carry(const Stream& stream, std::int64_t from) {
    std::int64_t sent = from;
    for (const auto& message : stream.messages) {
      wait_until([this, sent] { return sent - sequence() < kAhead * kChanges; });
      if (!platform_->publish(syncing::topics::updates("T869"), message, false))
        throw std::runtime_error("the platform's connection is gone");
      sent += kChanges;
    }
    wait_until([this, &stream] { return sequence() == stream.last; });
  }

 private:
  /// Both ends are connected once a head that the broker keeps has come through.
  void meet() {
    wait_until([this] { return connected_.load(); });
    syncing::Head head;
    head.epoch = 1;
    head.sequence = sequence();
    head.issued_at = head.source_as_of = clock_.now().wall;
    platform_->publish(syncing::topics::head("T869"), Terminal::sealer().seal(head), true);
    wait_until([this] { return report().link != core::LinkState::down; });
  }

  static constexpr std::int64_t kAhead = 20;  // batches under way

  [[nodiscard]] ports::LinkReport report() { return room_->ledger().link(clock_.now()); }

  void connect_platform() {
    syncing::LinkSettings settings;
    settings.port = broker_.port();
    settings.ca = broker_.ca();
    settings.certificate = broker_.certificate("platform");
    settings.key = broker_.key("platform");
    settings.client_id = "platform";
    platform_ = std::make_unique<syncing::Link>(
        settings, calls_.get_executor(),
        syncing::Link::Handlers{.message = [](const std::string&, const std::string&) {},
                                .connection = [this](bool connected) { connected_ = connected; }});
    platform_->start();
  }

  syncing_test::RealClock clock_;
  syncing_test::TempFolder folder_;
  syncing_test::MosquittoBroker broker_;
  std::atomic<bool> connected_ = false;
  boost::asio::thread_pool calls_{1};
  std::unique_ptr<syncing::Link> platform_;
  std::unique_ptr<syncing::Room> room_;
  std::unique_ptr<syncing::Connection> journal_;
};

/// Seconds, handed over by hand: what remains is all ours.
double carry_by_hand(syncing_test::Appliance& appliance, const Stream& stream) {
  return time_of([&] {
    for (const auto& message : stream.messages) {
      appliance->receive(syncing::topics::updates("T869"), message);
      appliance.settle();
    }
  });
}

}  // namespace

void updates(benchmark::State& state, Terminal& terminal) {
  const auto bare = syncing::open_writer(terminal.bare_file(), syncing::replica_schema).value();
  bare->database().exec("PRAGMA synchronous = FULL");  // ours are durable once the floor is raised
  SQLite::Statement statement(bare->database(), kUpsert);
  std::mt19937_64 random(1);
  double wire = 0, by_hand = 0, raw = 0;
  const auto upsert_all = [&](const Stream& stream) {
    return time_of([&] {
      for (const auto& rows : stream.rows) upsert_bare(bare->database(), statement, rows);
    });
  };
  for (auto _ : state) {
    std::int64_t from = 0;
    {
      syncing_test::Appliance appliance(terminal.folder());
      from = appliance.report().sequence;
      const Stream stream = make_stream(terminal.size().rights, from, kBatches, random);
      by_hand += carry_by_hand(appliance, stream);
      raw += upsert_all(stream);
      from = stream.last;
      if (appliance.report().sequence != from) throw std::runtime_error("a batch was not applied");
    }
    Wire over(terminal.folder());
    const Stream stream = make_stream(terminal.size().rights, from, kBatches, random);
    wire += time_of([&] { over.carry(stream, from); });
    raw += upsert_all(stream);
  }
  const double rows = static_cast<double>(state.iterations() * kBatches * kChanges);
  state.counters["of the speed of bare upserts"] = raw / 2 / wire;
  state.counters["the same, without a broker"] = raw / 2 / by_hand;
  state.counters["changes a second"] = rows / wire;
}

}  // namespace bench
