// A gate's audit log as gatectl fetches it from the daemon, and checks it without believing it.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gate/audit/checkpoint.hpp"
#include "gate/audit/leaf.hpp"
#include "gate/audit/levels.hpp"
#include "gate/ctl/client.hpp"

namespace ctl {

/// What is wrong with a log: the first faults in words, and how many there are.
struct Faults {
  std::vector<std::string> first;
  std::size_t count = 0;
  void add(std::string what);
};

/// What the first record of a log says that was begun in place of another: which log stands before it.
struct Before {
  std::string journal_id;
  std::uint64_t leaves = 0;
  std::string root;  // hex
};

struct AuditLog {
  std::string journal;  // empty: of the one in use
  audit::LogHead head;
  std::optional<Before> before;
  audit::Levels levels;
  std::map<std::string, std::int64_t> erased;   // rule -> leaves whose record it took away
  std::map<std::string, std::string> passages;  // id -> SHA-256 of its canonical record, as the log has it
  std::map<std::string, std::string> doubtful;  // likewise, as the daemon shows it and no leaf has it yet
  Faults faults;
};

/// Every leaf of that journal's log (empty: the one in use), in order. Each is checked by itself; `each`,
/// where given, sees it too. An error: the daemon did not answer, or not in these terms.
[[nodiscard]] core::Result<AuditLog> fetch_log(const Client& client, const std::string& journal = {},
                                               const std::function<void(const audit::Leaf&)>& each = nullptr);

/// The log in use, last, and those that stand before it in the same journal's file, the oldest first. What is
/// wrong between one and the next is among the later one's faults. The last knows the passages of all.
[[nodiscard]] core::Result<std::vector<AuditLog>> fetch_logs(const Client& client);

/// The checkpoint of a signed note, if the log is what it says. `whose`: for the fault.
std::optional<audit::Checkpoint> check_note(const std::string& whose, const std::string& note,
                                            const audit::Verifier& verifier, AuditLog& log);

/// Whether the passages that the daemon shows are those of the log. The gate goes on meanwhile: what was
/// written since the log was fetched is fetched too.
[[nodiscard]] core::Result<void> check_passages(const Client& client, AuditLog& log);

}  // namespace ctl
