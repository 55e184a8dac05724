// Back-up files as tests need them, right and wrong, and what must not change when one is refused.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "sync/backup/backup_reader.hpp"
#include "tests/sync/appliance.hpp"

namespace syncing_test {

struct Brought {
  std::int64_t epoch = 1;
  std::int64_t sequence = 0;
  core::WallTime as_of = at(0);
  std::size_t per_part = 1;
};

inline syncing::Sealer platform_sealer(const syncing::Stream& stream = {"T869", "uat"}) {
  return {stream, syncing::SigningKey("p1", std::string(32, '\x01')), terminal_key().sealing_key()};
}

inline syncing::SealedSnapshot sealed_backup(const Brought& brought,
                                             const std::vector<syncing::ReadChange>& changes,
                                             const syncing::Sealer& sealer = platform_sealer()) {
  syncing::SnapshotManifest manifest;
  manifest.ulid = syncing::make_ulid(brought.as_of);
  manifest.epoch = brought.epoch;
  manifest.sequence = brought.sequence;
  manifest.issued_at = brought.as_of;
  manifest.source_as_of = brought.as_of;
  return syncing::seal_snapshot(sealer, manifest, changes, brought.per_part);
}

inline std::string text_of(const syncing::SealedSnapshot& sealed) {
  std::string text;
  for (const auto& message : sealed.messages) text += message + '\n';
  return text;
}

inline void put(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

inline std::string slurp(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Everything that the replica holds, as one text, and as of when.
inline std::string content_of(Appliance& appliance, const std::filesystem::path& replica) {
  std::ostringstream all;
  const auto standing = appliance->standing(appliance.clock.now());
  all << static_cast<int>(standing.mode) << ' '
      << (standing.data_as_of ? standing.data_as_of->time_since_epoch().count() : -1) << '\n';
  auto reader = syncing::open_reader(replica).value();
  for (const char* sql : {"SELECT epoch || ':' || sequence FROM stand",
                          "SELECT release_id || ' ' || flags || ' ' || body FROM rights",
                          "SELECT kind || ' ' || reference || ' ' || value FROM restrictions",
                          "SELECT release_id || ' ' || equipment_number FROM uses",
                          "SELECT epoch || ':' || sequence || ' ' || reason FROM parked"})
    reader->each(sql, [&all](SQLite::Statement& row) { all << row.getColumn(0).getString() << '\n'; });
  return all.str();
}

}  // namespace syncing_test
