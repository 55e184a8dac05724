// The audit log over the journal's leaves, as the journal's writer keeps it: the tree so far, and the signed
// heads (checkpoints) by which others can hold this gate to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gate/audit/checkpoint.hpp"
#include "gate/audit/tree.hpp"
#include "sync/store/database.hpp"

namespace syncing {

/// Who signs this gate's checkpoints, and what log they are of.
struct AuditSigner {
  std::string origin;  // of the log: gatehouse/v1/{terminal}/{appliance}/{journalId}
  audit::Verifier verifier;
  audit::Sign sign;
};

class AuditLog {
 public:
  /// Takes up the tree from the newest checkpoint and the leaves behind it. What is wrong with them is kept
  /// for damage(); the tree then is that of the leaves as they are. `leaves_before`: rows of other logs
  /// before it. Throws as Connection does.
  void load(Connection& journal, std::int64_t leaves_before);

  /// Another log begins behind that row of leaves. What was found wrong with the one before stays found.
  void begin_anew(std::int64_t leaves_before);

  /// After the commit that wrote the leaf.
  void append(const audit::Hash& leaf) { tree_.append(leaf); }

  /// What the start found: leaves that are missing, edited, or fewer than a checkpoint covers.
  [[nodiscard]] const std::optional<std::string>& damage() const { return damage_; }

  [[nodiscard]] const audit::Tree& tree() const { return tree_; }

  /// How many leaves were written since the newest checkpoint.
  [[nodiscard]] std::uint64_t unsigned_leaves() const {
    return tree_.size() < covered_ ? 0 : tree_.size() - covered_;
  }

  /// Writes a checkpoint of the log as it is, inside a transaction of the caller, and gives its note.
  /// Precondition: the tree is not empty.
  [[nodiscard]] std::string sign(Connection& journal, const AuditSigner& signer) const;
  /// After that commit.
  void was_signed() { covered_ = tree_.size(); }

 private:
  [[nodiscard]] std::optional<audit::Tree> from_checkpoint(Connection& journal);
  void take_leaves(Connection& journal);
  void found(std::string damage);

  std::int64_t before_ = 0;
  audit::Tree tree_;
  std::uint64_t covered_ = 0;  // by the newest checkpoint
  std::optional<std::string> damage_;
};

}  // namespace syncing
