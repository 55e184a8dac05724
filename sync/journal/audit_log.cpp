#include "sync/journal/audit_log.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "gate/audit/hash.hpp"

namespace syncing {
namespace {

std::string_view blob(const SQLite::Column& column) {
  return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

std::optional<audit::Hash> hash_of(std::string_view bytes) {
  audit::Hash hash{};
  if (bytes.size() != hash.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

std::optional<audit::Tree> tree_of(std::uint64_t size, std::string_view frontier) {
  std::vector<audit::Hash> hashes;
  for (; !frontier.empty(); frontier.remove_prefix(hashes.back().size())) {
    const auto hash = hash_of(frontier.substr(0, std::tuple_size_v<audit::Hash>));
    if (!hash) return std::nullopt;
    hashes.push_back(*hash);
  }
  return audit::Tree::resume(size, std::move(hashes));
}

}  // namespace

void AuditLog::found(std::string damage) {
  if (!damage_) damage_ = std::move(damage);  // the first one found is the one to look at
}

std::optional<audit::Tree> AuditLog::from_checkpoint(Connection& journal) {
  std::optional<audit::Tree> tree;
  journal.each(
      "SELECT size, frontier, note FROM checkpoints WHERE size > ? ORDER BY size DESC LIMIT 1",
      [this, &tree](SQLite::Statement& row) {
        covered_ = static_cast<std::uint64_t>(row.getColumn(0).getInt64() - before_);
        tree = tree_of(covered_, blob(row.getColumn(1)));
        const auto said = audit::read_checkpoint(row.getColumn(2).getString());
        if (tree && said && said->size == covered_ && said->root == tree->root()) return;
        found("the checkpoint of " + std::to_string(covered_) + " leaves was edited");
        tree.reset();
      },
      before_);
  const std::int64_t leaves =
      std::max<std::int64_t>(0, journal.number("SELECT max(number) FROM leaves") - before_);
  if (leaves >= static_cast<std::int64_t>(covered_)) return tree;
  found("it was cut: " + std::to_string(leaves) + " leaves, a checkpoint covers " + std::to_string(covered_));
  return std::nullopt;
}

void AuditLog::take_leaves(Connection& journal) {
  journal.each(
      "SELECT number, salt, record, hash FROM leaves WHERE number > ? ORDER BY number",
      [this](SQLite::Statement& row) {
        const std::int64_t number = row.getColumn(0).getInt64() - before_;
        const auto next = static_cast<std::int64_t>(tree_.size() + 1);
        if (number != next) found("leaf " + std::to_string(next) + " is missing");
        const auto hash = hash_of(blob(row.getColumn(3)));
        const auto record = text_or_null(row.getColumn(2));
        if (!hash ||
            (record && *hash != audit::leaf_hash(audit::commitment(blob(row.getColumn(1)), *record))))
          found("leaf " + std::to_string(number) + " was edited");
        tree_.append(hash.value_or(audit::Hash{}));
      },
      before_ + static_cast<std::int64_t>(tree_.size()));
}

void AuditLog::begin_anew(std::int64_t leaves_before) {
  before_ = leaves_before;
  tree_ = audit::Tree();
  covered_ = 0;
}

void AuditLog::load(Connection& journal, std::int64_t leaves_before) {
  before_ = leaves_before;
  tree_ = from_checkpoint(journal).value_or(audit::Tree());
  take_leaves(journal);
}

std::string AuditLog::sign(Connection& journal, const AuditSigner& signer) const {
  std::vector<unsigned char> frontier;
  for (const audit::Hash& hash : tree_.frontier()) frontier.insert(frontier.end(), hash.begin(), hash.end());
  std::string note = audit::sign_checkpoint(
      {.origin = signer.origin, .size = tree_.size(), .root = tree_.root()}, signer.verifier, signer.sign);
  journal.run("INSERT OR IGNORE INTO checkpoints (size, frontier, note) VALUES (?, ?, ?)",
              before_ + static_cast<std::int64_t>(tree_.size()), frontier, note);
  return note;
}

}  // namespace syncing
