// What the console asks when somebody brings the platform's data by hand, because no network does.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/describe/class.hpp>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace ports {

/// The bytes of a file on its way in, piece by piece; an empty piece is the end of it.
using Incoming = std::function<boost::asio::awaitable<core::Result<std::string>>()>;

/// A back-up file larger than this is refused.
inline constexpr std::int64_t most_backup_bytes = std::int64_t{4} * 1024 * 1024 * 1024;

/// What a back-up file holds; every message in it was verified.
struct BackupReport {
  std::string terminal;
  std::string env;
  std::string ulid;
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  core::WallTime issued_at{};
  core::WallTime source_as_of{};
  std::int64_t count = 0;  // changes in all parts
  std::int64_t parts = 0;
  std::int64_t bytes = 0;
  std::string encrypted_to;            // id of the terminal's key
  std::string signed_by;               // id of the platform's key
  bool second_person_needed = false;   // nothing was taken over: another supervisor has to bring it too
  std::optional<std::string> refusal;  // why an import would be refused as things stand; absent: it would not
};
BOOST_DESCRIBE_STRUCT(BackupReport, (),
                      (terminal, env, ulid, epoch, sequence, issued_at, source_as_of, count, parts, bytes,
                       encrypted_to, signed_by, second_person_needed, refusal))

/// Who brings a file. `is_named`: by a token of their own; an account of the machine may be anybody's.
struct Bringer {
  std::string name;  // empty: nobody, it lay in the inbox
  bool is_named = false;
};

/// Both take one file at a time. Faults: refused (forged, of another terminal or environment, older than what
/// is here, or another file is being read), corrupt (torn, or no back-up file), malformed, broken (the disk);
/// `what` names the line. Whatever goes wrong, the data in use stay as they were.
struct Backups {
  virtual ~Backups() = default;

  /// Verifies the whole file, then puts it in the replica's place. Journaled under the name of `by`. Where
  /// the replica cannot be used, data older than this gate has known may be loaded by two named persons: the
  /// first one gets `second_person_needed`, and the second one brings the same file within half an hour.
  virtual boost::asio::awaitable<core::Result<BackupReport>> import(Incoming file, Bringer by) = 0;

  /// Verifies the whole file and changes nothing.
  virtual boost::asio::awaitable<core::Result<BackupReport>> inspect(Incoming file) = 0;
};

}  // namespace ports
