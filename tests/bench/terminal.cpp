#include "tests/bench/terminal.hpp"

#include <fstream>
#include <stdexcept>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gate/bytes/bytes.hpp"
#include "tests/bench/side_by_side.hpp"

namespace bench {
namespace {

constexpr std::int64_t kPerPart = 1000;

std::string digits(std::int64_t number) {
  const std::string text = std::to_string(number);
  return std::string(7 - std::min<std::size_t>(7, text.size()), '0') + text;
}

std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// MiB, of a line of /proc/self/status.
double memory(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) / 1024;
  return 0;
}

const std::vector<const char*> kTables = {"rights", "drivers", "credentials", "appointments", "near_plates"};

std::string insert_into(const std::string& table, int columns) {
  std::string sql = "INSERT INTO " + table + " VALUES (?";
  for (int i = 1; i < columns; ++i) sql += ", ?";
  return sql + ")";
}

using Row = std::vector<std::string>;

/// Rows of a table, as they are bound again: numbers as numbers.
void insert(SQLite::Statement& statement, const std::vector<Row>& rows, const std::vector<int>& types) {
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      if (types[i] == SQLITE_INTEGER)
        statement.bind(at, static_cast<std::int64_t>(std::stoll(row[i])));
      else if (types[i] == SQLITE_BLOB)
        statement.bindNoCopy(at, row[i].data(), static_cast<int>(row[i].size()));
      else
        statement.bindNoCopy(at, row[i]);
    }
    statement.exec();
    statement.reset();
  }
}

}  // namespace

core::ReleaseRight right_number(std::int64_t number, std::int64_t version) {
  core::ReleaseRight right = tests::right_for("REL" + digits(number), "BOXU" + digits(number));
  right.release_identification = "RI" + digits(number) + "V" + std::to_string(version);
  right.driver_id_hash = "k1:d" + digits(number % 100'000);
  return right;
}

syncing::Sealer Terminal::sealer() {
  return {{"T869", "uat"},
          syncing::SigningKey("p1", std::string(32, '\x01')),
          syncing_test::terminal_key().sealing_key()};
}

std::int64_t Terminal::parts() const {
  return (size_.rights + size_.drivers + size_.appointments + kPerPart - 1) / kPerPart + 1;
}

std::vector<syncing::ReadChange> Terminal::part(std::int64_t index) const {
  std::vector<syncing::ReadChange> changes;
  if (index == parts() - 1) {
    const tests::Case truck = scene();
    changes.emplace_back(syncing::upsert(truck.dossier.rights.front()));
    changes.emplace_back(syncing::upsert(truck.dossier.drivers.front()));
    changes.emplace_back(syncing::upsert(truck.dossier.appointments.front()));
    return changes;
  }
  const std::int64_t all = size_.rights + size_.drivers + size_.appointments;
  for (std::int64_t n = index * kPerPart; n < std::min(all, (index + 1) * kPerPart); ++n) {
    if (n < size_.rights) {
      changes.emplace_back(syncing::upsert(right_number(n)));
    } else if (const auto driver_number = n - size_.rights; driver_number < size_.drivers) {
      core::Driver driver = scene().dossier.drivers.front();
      driver.driver_id_hash = "k1:d" + digits(driver_number);
      driver.credential_hashes = {"credential-d" + digits(driver_number)};
      changes.emplace_back(syncing::upsert(driver));
    } else {
      const auto number = driver_number - size_.drivers;
      core::Appointment appointment = scene().dossier.appointments.front();
      appointment.tar = "TAR-" + digits(number);
      appointment.tractor_plate = "2XYZ" + digits(number);
      appointment.driver_id_hash = "k1:d" + digits(number);
      appointment.slot_from += std::chrono::minutes(number % 2880 - 1440);
      appointment.slot_to += std::chrono::minutes(number % 2880 - 1440);
      appointment.jobs.front().equipment_number = "BOXU" + digits(number);
      changes.emplace_back(syncing::upsert(appointment));
    }
  }
  return changes;
}

/// On the disk, so that they do not count as memory that the loading needs.
void Terminal::write_messages() {
  if (std::filesystem::exists(folder_ / "0")) return;
  const syncing::Sealer sealer = Terminal::sealer();
  syncing::SnapshotManifest manifest;
  manifest.ulid = syncing::make_ulid(syncing_test::at(0));
  manifest.epoch = 1;
  manifest.issued_at = manifest.source_as_of = syncing_test::at(0);
  for (std::int64_t i = 0; i < parts(); ++i) {
    const syncing::SnapshotPart one{
        .ulid = manifest.ulid, .part = static_cast<int>(i + 1), .changes = part(i)};
    const std::string payload = syncing::payload_of(sealer.stream(), one);
    manifest.parts.push_back(
        {bytes::to_hex(bytes::sha256(payload)), static_cast<std::int64_t>(one.changes.size())});
    manifest.count += static_cast<std::int64_t>(one.changes.size());
    std::ofstream(folder_ / std::to_string(i + 1).c_str(), std::ios::binary) << sealer.seal(one);
  }
  manifest.digest = syncing::digest_of(manifest.parts);
  std::ofstream(folder_ / "0", std::ios::binary) << sealer.seal(manifest);
}

/// In a process of its own, for its memory's sake.
double Terminal::load(double& peak) {
  write_messages();
  for (const char* file : {"replica.db", "replica.db-wal", "replica.db-shm", "journal.db", "journal.db.mark"})
    std::filesystem::remove(folder_ / file);
  const pid_t child = ::fork();
  if (child == 0) {
    double spent = 0;
    syncing_test::Appliance appliance(folder(), {}, {}, syncing::Building::aside);  // as gatehoused has it
    const std::string ulid = "01M";
    const double before = memory("VmRSS");
    std::ofstream("/proc/self/clear_refs") << "5";
    appliance.head(1, 0);
    for (std::int64_t i = 0; i <= parts(); ++i) {
      const std::string message = read_file(folder_ / std::to_string(i).c_str());
      const std::string topic = syncing::topics::snapshot_part("T869", ulid, static_cast<int>(i));
      spent += time_of([&] { appliance->receive(topic, message); });
    }
    spent += time_of([&] { appliance.settle(); });
    const bool there = appliance.report().rights == size_.rights + 1;
    std::ofstream(folder_ / "spent") << spent << " " << memory("VmHWM") - before;
    ::_exit(there ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error("the snapshot was not taken over");
  double spent = 0;
  std::ifstream(folder_ / "spent") >> spent >> peak;
  return spent;
}

double Terminal::load_bare() {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(bare_file().string() + suffix);
  const auto from = syncing::open_reader(folder_ / "replica.db").value();
  auto to = syncing::open_writer(bare_file(), syncing::replica_schema).value();
  double spent = 0;
  for (const char* table : kTables) {
    SQLite::Statement all(from->database(), std::string("SELECT * FROM ") + table);
    SQLite::Statement statement(to->database(), insert_into(table, all.getColumnCount()));
    std::vector<Row> rows;
    std::vector<int> types;
    const auto flush = [&] {
      SQLite::Transaction transaction(to->database());
      insert(statement, rows, types);
      transaction.commit();
    };
    while (all.executeStep()) {
      Row row;
      types.clear();
      for (int i = 0; i < all.getColumnCount(); ++i) {
        types.push_back(all.getColumn(i).getType());
        row.push_back(all.getColumn(i).getString());
      }
      rows.push_back(std::move(row));
      if (rows.size() < static_cast<std::size_t>(kPerPart)) continue;
      spent += time_of(flush);
      rows.clear();
    }
    if (!rows.empty()) spent += time_of(flush);
  }
  return spent + time_of([&to] {
           to->database().exec("PRAGMA synchronous = FULL");
           to->database().exec("PRAGMA journal_mode = DELETE");
           to.reset();
         });
}

void Terminal::forget_pages() const {
  for (const char* name : {"replica.db", "journal.db", "bare.db"}) {
    const int handle = ::open((folder_ / name).c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0) continue;
    ::fsync(handle);
    ::posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    ::close(handle);
  }
}

}  // namespace bench
