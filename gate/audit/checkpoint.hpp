// A checkpoint (C2SP tlog-checkpoint): how far a log had grown, and the root that fixes all of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gate/audit/hash.hpp"
#include "gate/audit/note.hpp"

namespace audit {

struct Checkpoint {
  std::string origin;  // names the log for ever; one line, not empty
  std::uint64_t size = 0;
  Hash root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const Verifier& signer,
                                          const Sign& sign);

/// What a note or its text says, whoever signed it: for one's own notes.
[[nodiscard]] core::Result<Checkpoint> read_checkpoint(std::string_view text);

/// Faults as of open_note; malformed also where the text is no checkpoint.
[[nodiscard]] core::Result<Checkpoint> open_checkpoint(std::string_view note, const Verifier& verifier);

}  // namespace audit
