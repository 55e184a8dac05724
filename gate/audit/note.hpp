// Signed notes (C2SP signed-note): a text that stands by itself, and beneath it who vouches for it.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "gate/core/result.hpp"

namespace audit {

/// An Ed25519 key under the name that its signatures carry. A name is not empty and has no blank and no '+'.
struct Verifier {
  std::string name;
  std::array<unsigned char, 32> key{};
};

/// The 64 bytes of an Ed25519 signature over the given bytes.
using Sign = std::function<std::string(std::string_view)>;

/// `text` ends with a line end. The note is the text, an empty line and one signature line.
[[nodiscard]] std::string sign_note(const std::string& text, const Verifier& signer, const Sign& sign);

/// The text of a note that `verifier` signed; signatures of others are passed over.
/// malformed: no note; refused: not signed by the verifier, or its signature does not fit.
[[nodiscard]] core::Result<std::string> open_note(std::string_view note, const Verifier& verifier);

/// "name+01234567+base64", as notes' tools exchange public keys.
[[nodiscard]] std::string verifier_text(const Verifier& verifier);

/// malformed: not such a text, or its middle part is not what name and key give.
[[nodiscard]] core::Result<Verifier> read_verifier(std::string_view text);

}  // namespace audit
