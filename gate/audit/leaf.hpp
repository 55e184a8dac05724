// The audit log as it is handed out: its leaves with what they commit to, and its signed heads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "gate/audit/hash.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace audit {

/// hash = SHA-256(0x00 || SHA-256(salt || record)), the leaf hash of RFC 6962 over a salted commitment.
struct Leaf {
  std::int64_t number = 0;            // from 1, without holes
  core::WallTime at{};                // when what it records happened; not part of the hash
  std::string hash;                   // 64 lower-case hex digits
  std::optional<std::string> salt;    // hex; absent with its record
  std::optional<std::string> record;  // canonical JSON, to the byte; absent where it was erased
  std::optional<std::string> erased;  // the rule that erased it
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (number, at, hash, salt, record, erased))

/// The leaf's hash. Fault::corrupt names the leaf and what does not fit: its record, or that it has neither a
/// record nor a rule that erased it.
[[nodiscard]] core::Result<Hash> checked_hash(const Leaf& leaf);

/// What a gate has vouched for in one log.
struct LogHead {
  std::string verifier;                  // its public key, as signed notes' tools take it
  std::vector<std::string> checkpoints;  // signed notes, the newest first
  std::string damage;                    // what the gate's last start found wrong; empty: nothing
  std::string journal;                   // whose log it is
  std::vector<std::string> earlier;      // journals whose logs stand before the one in use, the oldest first
};
BOOST_DESCRIBE_STRUCT(LogHead, (), (verifier, checkpoints, damage, journal, earlier))

}  // namespace audit
