// One SQLite file: opened with the pragmas that the house demands, checked, migrated by number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace syncing {

/// Script `number` brings a database from `number - 1` (its user_version) to `number`.
struct Migration {
  int number;
  const char* sql;
};

extern const std::vector<Migration> journal_migrations;
extern const std::vector<Migration> replica_migrations;

/// What a file has to be.
struct Schema {
  const char* name;             // for people: "journal", "replica"
  std::int32_t application_id;  // in the file's header
  const std::vector<Migration>& migrations;
};

extern const Schema journal_schema;
extern const Schema replica_schema;

/// The name under which a file layer is registered with SQLite; empty: the system's own.
using FileLayer = std::string;

/// A connection with its prepared statements. Not thread-safe. Throws SQLite::Exception.
class Connection {
 public:
  Connection(const std::filesystem::path& file, int flags, const FileLayer& layer = {});

  /// Runs `sql` to its end and gives the number of rows changed.
  template <class... Args>
  int run(const char* sql, const Args&... args) {
    SQLite::Statement& statement = prepare(sql, args...);
    const Reset reset{statement};
    return statement.exec();
  }

  /// Calls `row(statement)` for each row of the answer.
  template <class Row, class... Args>
  void each(const char* sql, Row&& row, const Args&... args) {
    SQLite::Statement& statement = prepare(sql, args...);
    const Reset reset{statement};
    while (statement.executeStep()) row(statement);
  }

  /// First column of the first row; 0 where there is none.
  template <class... Args>
  std::int64_t number(const char* sql, const Args&... args) {
    std::int64_t value = 0;
    each(
        sql, [&value](SQLite::Statement& row) { value = row.getColumn(0).getInt64(); }, args...);
    return value;
  }

  [[nodiscard]] SQLite::Database& database() { return database_; }

 private:
  struct Reset {
    SQLite::Statement& statement;
    ~Reset() { statement.tryReset(); }  // an open statement would hold its view of the file for ever
  };

  template <class... Args>
  SQLite::Statement& prepare(const char* sql, const Args&... args) {
    SQLite::Statement& statement = cached(sql);
    int index = 0;
    (bind(statement, ++index, args), ...);
    return statement;
  }

  SQLite::Statement& cached(const char* sql);
  static void bind(SQLite::Statement& statement, int index, std::int64_t value);
  static void bind(SQLite::Statement& statement, int index, int value);
  static void bind(SQLite::Statement& statement, int index, bool value);
  static void bind(SQLite::Statement& statement, int index, const std::string& value);
  static void bind(SQLite::Statement& statement, int index, const char* value);
  static void bind(SQLite::Statement& statement, int index, core::WallTime value);
  /// Bytes, bound as a blob.
  static void bind(SQLite::Statement& statement, int index, const std::vector<unsigned char>& value);
  template <class T>
  static void bind(SQLite::Statement& statement, int index, const std::optional<T>& value) {
    if (value)
      bind(statement, index, *value);
    else
      statement.bind(index);
  }

  SQLite::Database database_;
  std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> statements_;
};

[[nodiscard]] std::optional<std::string> text_or_null(const SQLite::Column& column);

/// As they are stored, whatever the column's type; nothing for NULL. Valid until the statement goes on.
[[nodiscard]] std::string_view bytes_of(const SQLite::Column& column);

/// The one connection that writes. Creates and migrates. Fault::corrupt: the file is none of ours, or is
/// cut short; its pages are looked through by inspect(). Fault::refused: it comes from a newer version.
/// Fault::broken: it cannot be opened or written.
[[nodiscard]] core::Result<std::unique_ptr<Connection>> open_writer(const std::filesystem::path& file,
                                                                    const Schema& schema,
                                                                    const FileLayer& layer = {});

/// A connection for reading beside the writer; the file exists.
[[nodiscard]] core::Result<std::unique_ptr<Connection>> open_reader(const std::filesystem::path& file,
                                                                    const FileLayer& layer = {});

/// What an exception of SQLite means to us; `doing` names what was tried.
[[nodiscard]] core::Error error_of(const std::exception& exception, std::string_view doing);

}  // namespace syncing
