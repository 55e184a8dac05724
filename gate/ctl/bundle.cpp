#include "gate/ctl/bundle.hpp"

#include <algorithm>
#include <optional>

#include "gate/audit/proof.hpp"
#include "gate/bytes/bytes.hpp"

namespace ctl {
namespace {

std::optional<audit::Proof> read_proof(const std::vector<std::string>& texts) {
  audit::Proof proof;
  for (const std::string& text : texts) {
    const auto hash = bytes::from_hex(text, std::tuple_size_v<audit::Hash>);
    if (!hash) return std::nullopt;
    std::copy(hash->begin(), hash->end(), proof.emplace_back().begin());
  }
  return proof;
}

}  // namespace

BundleEntry proven(const audit::Leaf& leaf, const audit::Levels& levels,
                   const audit::Checkpoint& checkpoint) {
  BundleEntry entry{.leaf = leaf, .proof = {}};
  const auto index = static_cast<std::uint64_t>(leaf.number - 1);
  for (const audit::Hash& hash : audit::prove_inclusion(levels, index, checkpoint.size))
    entry.proof.push_back(bytes::to_hex(bytes::view(hash)));
  return entry;
}

std::vector<std::string> faults_of(const Bundle& bundle, const audit::Verifier& verifier) {
  const auto checkpoint = audit::open_checkpoint(bundle.checkpoint, verifier);
  if (!checkpoint) return {"the checkpoint: " + checkpoint.error().what};
  std::vector<std::string> faults;
  for (const BundleEntry& entry : bundle.entries) {
    const auto hash = audit::checked_hash(entry.leaf);
    if (!hash) {
      faults.push_back(hash.error().what);
      continue;
    }
    const auto proof = read_proof(entry.proof);
    const auto index = static_cast<std::uint64_t>(entry.leaf.number - 1);
    if (entry.leaf.number < 1 || !proof ||
        !audit::is_included(*hash, index, checkpoint->size, *proof, checkpoint->root))
      faults.push_back("leaf " + std::to_string(entry.leaf.number) + ": it is not proven to be in the log");
  }
  return faults;
}

}  // namespace ctl
