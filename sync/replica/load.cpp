// The stand and everything that denies, with the seal that covers both.
#include "sync/replica/restrictions.hpp"
#include "sync/replica/rows.hpp"

namespace syncing::replica {
namespace {

std::vector<unsigned char> stand_seal(const RowKey& key, const Tally& denying, const Stand& stand) {
  const std::string as_of = stand.as_of ? std::to_string(stand.as_of->time_since_epoch().count()) : "";
  const std::string epoch = std::to_string(stand.position.epoch);
  const std::string sequence = std::to_string(stand.position.sequence);
  if (!stand.vouched.empty())
    return seal_row(key, {"stand", epoch, sequence, as_of, denying.bytes(), stand.vouched});
  return seal_row(key, {"stand", epoch, sequence, as_of, denying.bytes()});
}

void load_use(SQLite::Statement& row, const RowKey& key, Loaded& loaded) {
  std::string id = row.getColumn(0).getString();
  std::string equipment = row.getColumn(1).getString();
  std::string stay = row.getColumn(2).getString();
  toggle_use(loaded.denying, key, id, equipment, stay);
  loaded.denials.add_use(std::move(id), std::move(equipment), std::move(stay));
}

std::vector<unsigned char> load_stand(Connection& replica, Stand& stand) {
  std::vector<unsigned char> seal;
  const char* sql = "SELECT epoch, sequence, as_of, seal, vouched FROM stand";
  replica.each(sql, [&stand, &seal](SQLite::Statement& row) {
    stand.position = {row.getColumn(0).getInt64(), row.getColumn(1).getInt64()};
    if (!row.getColumn(2).isNull())
      stand.as_of = core::WallTime(core::Milliseconds(row.getColumn(2).getInt64()));
    const auto* bytes = static_cast<const unsigned char*>(row.getColumn(3).getBlob());
    if (bytes) seal.assign(bytes, bytes + row.getColumn(3).getBytes());
    stand.vouched = row.getColumn(4).getString();
  });
  return seal;
}

}  // namespace

void write_stand(Connection& replica, const RowKey& key, const Tally& denying, const Stand& stand) {
  const auto vouched = stand.vouched.empty() ? std::nullopt : std::optional(stand.vouched);
  replica.run("UPDATE stand SET epoch = ?, sequence = ?, as_of = ?, seal = ?, vouched = ?",
              stand.position.epoch, stand.position.sequence, stand.as_of, stand_seal(key, denying, stand),
              vouched);
}

core::Result<Loaded> load(Connection& replica, const RowKey& key) {
  Loaded loaded;
  const std::vector<unsigned char> seal = load_stand(replica, loaded.stand);
  const bool readable = load_restrictions(replica, key, loaded.denying, loaded.denials);
  replica.each("SELECT release_id, equipment_number, stay_number FROM uses",
               [&loaded, &key](SQLite::Statement& row) { load_use(row, key, loaded); });
  replica.each("SELECT equipment_number, stay_number, flags FROM unnamed_rights",
               [&loaded, &key](SQLite::Statement& row) {
                 toggle_unnamed(loaded.denying, key, row.getColumn(0).getString(),
                                row.getColumn(1).getString(), row.getColumn(2).getInt());
                 loaded.denials.add_unnamed(row.getColumn(0).getString(), row.getColumn(1).getString());
               });
  const bool untouched = loaded.stand == Stand{} && seal.empty() && loaded.denying == Tally{};
  const bool sound = untouched || seal == stand_seal(key, loaded.denying, loaded.stand);
  if (readable && sound) return loaded;
  return core::fail(core::Fault::corrupt,
                    readable ? "the replica's stand, bans, holds or uses are not what was written"
                             : "a ban or hold of the replica cannot be read");
}

void toggle_use(Tally& denying, const RowKey& key, std::string_view release_id,
                std::string_view equipment_number, std::string_view stay_number) {
  denying.toggle(key, {"use", release_id, equipment_number, stay_number});
}

void toggle_unnamed(Tally& denying, const RowKey& key, std::string_view equipment_number,
                    std::string_view stay_number, int flags) {
  denying.toggle(key, {"unnamed", equipment_number, stay_number, std::to_string(flags)});
}

}  // namespace syncing::replica
