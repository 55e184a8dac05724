#include <cstdint>
#include <fstream>
#include <optional>
#include <ostream>
#include <string>

#include <boost/describe/class.hpp>

#include "gate/canon/canon.hpp"
#include "gate/canon/time_text.hpp"
#include "gate/core/moment.hpp"
#include "gate/ctl/commands.hpp"
#include "gate/ctl/harmless.hpp"

namespace ctl {
namespace {

// As gate/console/openapi.yaml names them.
struct Backup {
  std::int64_t epoch = 0;
  std::int64_t sequence = 0;
  core::WallTime source_as_of{};
  std::int64_t count = 0;
  std::int64_t parts = 0;
  std::optional<bool> second_person_needed;
};
BOOST_DESCRIBE_STRUCT(Backup, (), (epoch, sequence, source_as_of, count, parts, second_person_needed))

int complain(const std::filesystem::path& file, const std::string& what, Streams streams) {
  streams.err << harmless(file.string()) << ": " << harmless(what) << "\n";
  return 1;
}

}  // namespace

int backup_import_command(const Client& client, const std::filesystem::path& file,
                          const std::filesystem::path& token_file, Streams streams) {
  std::string token;
  if (!token_file.empty() && !(std::ifstream(token_file) >> token))
    return complain(token_file, "cannot be read, or is empty; allowed: a file with a token", streams);
  const auto body = client.post("/api/backup", file, token);
  if (!body) return complain(file, body.error().what, streams);
  const auto taken = canon::read<Backup>(*body, canon::Reading::foreign);
  if (!taken) return complain(file, "the daemon's answer: " + taken.error().what, streams);
  if (taken->second_person_needed.value_or(false))
    return complain(
        file,
        "not taken over yet: its data are older than this gate has known; a second supervisor has to "
        "import the same file within half an hour, with a token of their own (--token)",
        streams);
  streams.out << harmless(file.string()) << ": taken over, epoch " << taken->epoch << ", sequence "
              << taken->sequence << ", data as of " << canon::time_text(taken->source_as_of) << ", "
              << taken->count << " changes in " << taken->parts << " parts\n";
  return 0;
}

int backup_inspect_command(const Client& client, const std::filesystem::path& file, Streams streams) {
  const auto body = client.post("/api/backup/inspect", file);
  if (!body) return complain(file, body.error().what, streams);
  streams.out << *body << "\n";
  return 0;
}

}  // namespace ctl
