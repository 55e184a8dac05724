// What gatectl does, apart from its command line. Results go to `out`, errors to `err`, one line each.
// Every command returns the exit status: 0, or 1 where something failed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "gate/ctl/client.hpp"

namespace ctl {

struct Streams {
  std::ostream& out;
  std::ostream& err;
};

/// How the appliance stands: mode, age of the data, link, lanes. `json`: the daemon's own answer.
int status_command(const Client& client, bool json, Streams streams);

struct PassagesOptions {
  int limit = 20;       // 1 to 500
  bool follow = false;  // goes on with every passage that ends, until the daemon does
  bool json = false;    // one JSON object a line; with `follow` every change of a passage
};

/// The latest passages, the oldest of them first.
int passages_command(const Client& client, const PassagesOptions& options, Streams streams);

/// Puts a back-up file in the replica's place, or only says what is in it; the daemon verifies it either way.
/// `inspect` prints the daemon's own JSON, with `refusal` where an import would be refused now.
/// `token_file`: holds the token of whoever brings it; empty: nobody but this account of the machine.
int backup_import_command(const Client& client, const std::filesystem::path& file,
                          const std::filesystem::path& token_file, Streams streams);
int backup_inspect_command(const Client& client, const std::filesystem::path& file, Streams streams);

struct ListOptions {
  int limit = 50;  // 1 to 500
  bool json = false;
};

/// Changes of the platform's that could not be applied, with position, kind, key and reason.
int parked_command(const Client& client, const ListOptions& options, Streams streams);

/// How many events wait for a receipt, the oldest of them, and those that the platform refused.
int outbox_command(const Client& client, const ListOptions& options, Streams streams);

/// Grants without fresh data that the platform would not have given, until somebody has dealt with each.
int findings_command(const Client& client, const ListOptions& options, Streams streams);

/// Verdict and checks of a case in a file ("-": standard input), decided again here; nothing is touched.
int explain_case_command(const std::filesystem::path& file, Streams streams);

/// The same for every case of a recorded passage, and whether the last one comes out as it was recorded;
/// 1 where it does not.
int explain_passage_command(const Client& client, const std::string& id, Streams streams);

struct AuditVerify {
  std::vector<std::string> checkpoints{};  // files of signed notes that somebody held on to
  std::string
      key{};  // the gate's, as signed notes' tools take it, or a file of it; empty: as the daemon says
};

/// Whether the daemon's audit log is whole: every leaf, every checkpoint, those held, and every passage
/// shown; and likewise the logs that stand before it, where the journal was put back from an old copy.
int audit_verify_command(const Client& client, const AuditVerify& options, Streams streams);

struct AuditExport {
  std::string from{}, to{};  // a date or a time, `to` not included; empty: no bound
  std::string container{};   // an equipment number
  std::string passage{};     // an id
  std::string journal{};     // whose log; empty: the one in use
  std::int64_t number = 0;   // of one leaf
};

/// The entries that are meant, as a bundle that somebody else can check without us.
int audit_export_command(const Client& client, const AuditExport& options, Streams streams);

/// Whether every entry of a bundle stands in the log that `key` (as above; empty: the bundle's own) signed.
int audit_check_command(const std::filesystem::path& file, const std::string& key, Streams streams);

struct JudgeOptions {
  std::filesystem::path config;
  std::string lane;
  int pictures = 1;                 // of each camera, 1 to 20
  bool json = false;                // one JSON object a picture and line
  std::filesystem::path overlay{};  // a PNG to draw what was read into; empty: none
};

/// Whether each camera of a lane sees well enough to read, and what to change. Asks the cameras themselves,
/// as they are configured: a daemon may run or not. A camera that gives no picture is told on `err`, and the
/// others are judged; 1 then, and where a view is poor or shows nothing.
int judge_command(const JudgeOptions& options, Streams streams);

enum class KeyUse { signing, encryption };

/// The public half of a key file, for the platform: Ed25519 of a signing key, X25519 of an encryption key.
int key_command(KeyUse use, const std::filesystem::path& file, Streams streams);

/// Where the recogniser's nets lie: $GATEHOUSE_MODELS (`named`, may be null), else beside the installed
/// program, else in the source tree that it was built from.
[[nodiscard]] std::filesystem::path models_folder(const char* named, const std::filesystem::path& program);

}  // namespace ctl
