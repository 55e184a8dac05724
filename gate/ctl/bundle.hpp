// Some entries of an audit log with all that somebody else needs to check them: their records, the proof that
// each stands in the log, and the checkpoint that the gate signed.
#pragma once

#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/audit/checkpoint.hpp"
#include "gate/audit/leaf.hpp"
#include "gate/audit/levels.hpp"

namespace ctl {

struct BundleEntry {
  audit::Leaf leaf;
  std::vector<std::string> proof;  // RFC 6962 inclusion proof, hashes as hex, the lowest first
};
BOOST_DESCRIBE_STRUCT(BundleEntry, (), (leaf, proof))

struct Bundle {
  std::string format = "gatehouse-audit-1";
  std::string verifier;
  std::string checkpoint;  // a signed note
  std::vector<BundleEntry> entries;
};
BOOST_DESCRIBE_STRUCT(Bundle, (), (format, verifier, checkpoint, entries))

/// Precondition: leaf.number <= checkpoint.size <= levels.size().
[[nodiscard]] BundleEntry proven(const audit::Leaf& leaf, const audit::Levels& levels,
                                 const audit::Checkpoint& checkpoint);

/// Every entry against the checkpoint, and the checkpoint against the key. Gives what is wrong, in words.
[[nodiscard]] std::vector<std::string> faults_of(const Bundle& bundle, const audit::Verifier& verifier);

}  // namespace ctl
