#include "gate/ctl/audit_log.hpp"

#include <utility>

#include "gate/audit/tree.hpp"
#include "gate/bytes/bytes.hpp"
#include "gate/canon/json.hpp"

namespace ctl {
namespace {

constexpr int leaves_at_once = 500;
constexpr int passages_at_once = 500;
constexpr std::size_t faults_told = 20;

core::Result<nlohmann::json> fetch(const Client& client, const std::string& path) {
  const auto text = client.get(path);
  if (!text) return tl::unexpected(text.error());
  return canon::parse_strict(*text);
}

void note_before(const nlohmann::json& record, AuditLog& log) {
  const auto begun = record.find("begun");
  if (begun == record.end() || !begun->is_object() || !begun->contains("before")) return;
  const auto& before = (*begun)["before"];
  if (!before.is_object()) return;
  log.before = Before{.journal_id = before.value("journalId", ""),
                      .leaves = before.value("leaves", std::uint64_t{0}),
                      .root = before.value("root", "")};
}

/// What the log says of a passage last is what holds.
void note_record(const audit::Leaf& leaf, AuditLog& log) {
  const auto record = canon::parse_strict(*leaf.record);
  if (!record || !record->is_object())
    return log.faults.add("leaf " + std::to_string(leaf.number) + ": no record");
  if (leaf.number == 1) note_before(*record, log);
  if (!record->contains("passage")) return;
  const auto& passage = (*record)["passage"];
  if (!passage.is_object()) return;
  const std::string id = passage.value("id", "");
  log.passages[id] = bytes::sha256(canon::canonical(passage));
  const auto shown = log.doubtful.find(id);
  if (shown != log.doubtful.end() && shown->second == log.passages[id]) log.doubtful.erase(shown);
}

void take(const audit::Leaf& leaf, AuditLog& log) {
  const auto next = static_cast<std::int64_t>(log.levels.size() + 1);
  if (leaf.number != next) log.faults.add("leaf " + std::to_string(next) + ": it is missing");
  const auto hash = audit::checked_hash(leaf);
  if (!hash) log.faults.add(hash.error().what);
  log.levels.append(hash.value_or(audit::Hash{}));
  if (leaf.record)
    note_record(leaf, log);
  else
    ++log.erased[leaf.erased.value_or("")];
}

std::string named(const char* name, const std::string& value, const char* behind) {
  return value.empty() ? "" : std::string(name) + "=" + value + behind;
}

/// Those behind the ones that are known.
core::Result<void> fetch_leaves(const Client& client, AuditLog& log,
                                const std::function<void(const audit::Leaf&)>& each) {
  for (auto after = static_cast<std::int64_t>(log.levels.size());;) {
    const auto page = fetch(client, "/api/audit/leaves?" + named("journal", log.journal, "&") + "after=" +
                                        std::to_string(after) + "&limit=" + std::to_string(leaves_at_once));
    if (!page) return tl::unexpected(page.error());
    const auto leaves = canon::from_json<std::vector<audit::Leaf>>(*page, canon::Reading::foreign);
    if (!leaves) return tl::unexpected(leaves.error());
    if (leaves->empty()) return {};
    for (const audit::Leaf& leaf : *leaves) {
      take(leaf, log);
      if (each) each(leaf);
    }
    if (leaves->back().number <= after)
      return core::fail(core::Fault::malformed,
                        "the daemon's leaves do not go on from " + std::to_string(after));
    after = leaves->back().number;
  }
}

}  // namespace

void Faults::add(std::string what) {
  if (++count <= faults_told) first.push_back(std::move(what));
}

core::Result<AuditLog> fetch_log(const Client& client, const std::string& journal,
                                 const std::function<void(const audit::Leaf&)>& each) {
  AuditLog log;
  log.journal = journal;
  const auto head = fetch(client, "/api/audit/log" + named("?journal", journal, ""));
  if (!head) return tl::unexpected(head.error());
  auto read = canon::from_json<audit::LogHead>(*head, canon::Reading::foreign);
  if (!read) return tl::unexpected(read.error());
  log.head = std::move(*read);
  if (journal.empty() && !log.head.damage.empty())
    log.faults.add("found at the gate's last start: " + log.head.damage);
  if (const auto done = fetch_leaves(client, log, each); !done) return tl::unexpected(done.error());
  return log;
}

/// A log that stands before another ends where the later one says.
static void check_joint(const AuditLog& before, AuditLog& after) {
  if (!after.before) {
    if (!after.erased.empty()) return;  // by rule: nobody can say any more
    return after.faults.add("the log does not say that the one of journal " + before.head.journal +
                            " stands before it");
  }
  const std::uint64_t size = before.levels.size();
  const audit::Hash root = size == 0 ? audit::Tree().root() : before.levels.root();
  if (after.before->journal_id == before.head.journal && after.before->leaves == size &&
      after.before->root == bytes::to_hex(bytes::view(root)))
    return;
  after.faults.add("the log of journal " + before.head.journal +
                   " is not as it was when the next one began: " + std::to_string(after.before->leaves) +
                   " leaves were vouched for, it has " + std::to_string(size));
}

core::Result<std::vector<AuditLog>> fetch_logs(const Client& client) {
  auto newest = fetch_log(client);
  if (!newest) return tl::unexpected(newest.error());
  std::vector<AuditLog> logs;
  std::map<std::string, std::string> passages;
  for (const std::string& journal : newest->head.earlier) {
    auto log = fetch_log(client, journal);
    if (!log) return tl::unexpected(log.error());
    if (!logs.empty()) check_joint(logs.back(), *log);
    for (const auto& [id, digest] : log->passages) passages[id] = digest;
    logs.push_back(std::move(*log));
  }
  if (!logs.empty()) check_joint(logs.back(), *newest);
  newest->passages.merge(passages);  // what the newest says of one holds
  logs.push_back(std::move(*newest));
  return logs;
}

std::optional<audit::Checkpoint> check_note(const std::string& whose, const std::string& note,
                                            const audit::Verifier& verifier, AuditLog& log) {
  const auto checkpoint = audit::open_checkpoint(note, verifier);
  if (!checkpoint) return log.faults.add(whose + ": " + checkpoint.error().what), std::nullopt;
  const std::string size = std::to_string(checkpoint->size);
  if (checkpoint->size > log.levels.size()) {
    log.faults.add(whose + ": covers " + size + " leaves, the log has only " +
                   std::to_string(log.levels.size()) + ": it was cut");
  } else if (log.levels.root(0, checkpoint->size) != checkpoint->root) {
    log.faults.add(whose + ": the first " + size + " leaves are not those that it vouches for");
  } else {
    return *checkpoint;
  }
  return std::nullopt;
}

core::Result<void> check_passages(const Client& client, AuditLog& log) {
  for (std::string before;;) {
    auto page = fetch(client, "/api/passages?limit=" + std::to_string(passages_at_once) +
                                  (before.empty() ? "" : "&before=" + before));
    if (!page) return tl::unexpected(page.error());
    if (!page->is_array()) return core::fail(core::Fault::malformed, "the daemon's passages are no list");
    if (page->empty()) break;
    for (auto& passage : *page) {
      if (!passage.is_object())
        return core::fail(core::Fault::malformed, "a passage of the daemon's is none");
      before = passage.value("id", "");
      passage.erase("explained");  // the console's own words beside the record
      std::string digest = bytes::sha256(canon::canonical(passage));
      const auto found = log.passages.find(before);
      if (found == log.passages.end() || found->second != digest) log.doubtful[before] = std::move(digest);
    }
  }
  if (auto done = fetch_leaves(client, log, nullptr); !done) return done;
  for (const auto& [id, digest] : log.doubtful)
    log.faults.add("passage " + id + ": the log does not have it as it is shown");
  return {};
}

}  // namespace ctl
