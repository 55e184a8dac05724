#include "sync/store/inspect.hpp"

#include <sqlite3.h>

namespace syncing {
namespace {

constexpr int kStepsBetweenLooks = 100'000;  // a few milliseconds

}  // namespace

core::Result<void> inspect(const std::filesystem::path& file, const FileLayer& layer,
                           const std::atomic<bool>& stop, const Look& look) {
  auto connection = open_reader(file, layer);
  if (!connection) return tl::unexpected(connection.error());
  SQLite::Database& database = (*connection)->database();
  sqlite3_progress_handler(
      database.getHandle(), kStepsBetweenLooks,
      [](void* asked) { return static_cast<const std::atomic<bool>*>(asked)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(&stop));
  try {
    const SQLite::Transaction one_view(database);  // rows are compared, and others write meanwhile
    std::string found = database.execAndGet("PRAGMA integrity_check(1)").getString();
    if (found == "ok") found = look ? look(**connection) : "";
    if (found.empty()) return {};
    return core::fail(core::Fault::corrupt, file.string() + " is damaged: " + found);
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "looking through " + file.string()));
  }
}

}  // namespace syncing
