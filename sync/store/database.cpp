#include "sync/store/database.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

namespace syncing {
namespace {

constexpr int kBusyMilliseconds = 2000;

std::int64_t pragma(Connection& connection, const char* name) {
  return connection.database().execAndGet(std::string("PRAGMA ") + name).getInt64();
}

bool empty_file(Connection& connection) {
  return connection.database().execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

/// Nothing where the file is what it has to be, or new.
std::optional<core::Error> flaw_of(Connection& connection, const Schema& schema) {
  using core::Error;
  using core::Fault;
  const auto id = pragma(connection, "application_id");
  const auto version = pragma(connection, "user_version");
  if (id == 0 && version == 0 && empty_file(connection)) return std::nullopt;
  if (id != schema.application_id)
    return Error{Fault::corrupt, std::string("is no ") + schema.name + " of this program"};
  if (version > schema.migrations.back().number)
    return Error{Fault::refused,
                 "comes from a newer version of this program (schema " + std::to_string(version) + ")"};
  return std::nullopt;
}

void migrate(Connection& connection, const Schema& schema) {
  SQLite::Database& database = connection.database();
  const auto version = pragma(connection, "user_version");
  for (const Migration& migration : schema.migrations) {
    if (migration.number <= version) continue;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(migration.sql);
    database.exec("PRAGMA application_id = " + std::to_string(schema.application_id));
    database.exec("PRAGMA user_version = " + std::to_string(migration.number));
    transaction.commit();
  }
}

}  // namespace

const Schema journal_schema{"journal", 0x47484a31, journal_migrations};
const Schema replica_schema{"replica", 0x47485231, replica_migrations};

Connection::Connection(const std::filesystem::path& file, int flags, const FileLayer& layer)
    : database_(file.string(), flags | SQLite::OPEN_NOMUTEX, kBusyMilliseconds, layer) {
  database_.exec("PRAGMA mmap_size = 0");
}

SQLite::Statement& Connection::cached(const char* sql) {
  auto found = statements_.find(std::string_view(sql));
  if (found == statements_.end())
    found = statements_.emplace(sql, std::make_unique<SQLite::Statement>(database_, sql)).first;
  found->second->clearBindings();
  return *found->second;
}

void Connection::bind(SQLite::Statement& statement, int index, std::int64_t value) {
  statement.bind(index, value);
}
void Connection::bind(SQLite::Statement& statement, int index, int value) { statement.bind(index, value); }
void Connection::bind(SQLite::Statement& statement, int index, bool value) {
  statement.bind(index, value ? 1 : 0);
}
void Connection::bind(SQLite::Statement& statement, int index, const std::string& value) {
  statement.bind(index, value);
}
void Connection::bind(SQLite::Statement& statement, int index, const char* value) {
  statement.bind(index, value);
}
void Connection::bind(SQLite::Statement& statement, int index, core::WallTime value) {
  statement.bind(index, static_cast<std::int64_t>(value.time_since_epoch().count()));
}
void Connection::bind(SQLite::Statement& statement, int index, const std::vector<unsigned char>& value) {
  statement.bind(index, value.data(), static_cast<int>(value.size()));
}

std::optional<std::string> text_or_null(const SQLite::Column& column) {
  if (column.isNull()) return std::nullopt;
  return column.getString();
}

std::string_view bytes_of(const SQLite::Column& column) {
  const auto* data = static_cast<const char*>(column.getBlob());
  return {data ? data : "", static_cast<std::size_t>(column.getBytes())};
}

core::Result<std::unique_ptr<Connection>> open_writer(const std::filesystem::path& file, const Schema& schema,
                                                      const FileLayer& layer) {
  const std::string what = std::string(schema.name) + " " + file.string();
  try {
    auto connection = std::make_unique<Connection>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, layer);
    if (const auto flaw = flaw_of(*connection, schema); flaw)
      return core::fail(flaw->fault, what + " " + flaw->what);
    SQLite::Database& database = connection->database();
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");  // every commit is on the disk before it returns
    migrate(*connection, schema);
    return connection;
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "opening the " + what));
  }
}

core::Result<std::unique_ptr<Connection>> open_reader(const std::filesystem::path& file,
                                                      const FileLayer& layer) {
  try {
    auto connection = std::make_unique<Connection>(file, SQLite::OPEN_READWRITE, layer);
    connection->database().exec("PRAGMA query_only = ON");
    return connection;
  } catch (const std::exception& exception) {
    return tl::unexpected(error_of(exception, "opening " + file.string()));
  }
}

core::Error error_of(const std::exception& exception, std::string_view doing) {
  const auto* sqlite = dynamic_cast<const SQLite::Exception*>(&exception);
  const int code = sqlite ? sqlite->getErrorCode() : SQLITE_ERROR;
  core::Fault fault = core::Fault::broken;
  if (code == SQLITE_CONSTRAINT) fault = core::Fault::refused;
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) fault = core::Fault::corrupt;
  return {fault, std::string(doing) + ": " + exception.what()};
}

}  // namespace syncing
