#include "gate/audit/note.hpp"

#include <algorithm>
#include <optional>

#include <sodium.h>

#include "gate/bytes/bytes.hpp"

namespace audit {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // an em dash and a blank begin a signature line
constexpr char ed25519 = 1;
constexpr std::size_t id_size = 4;

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string key_bytes(const Verifier& verifier) {
  return std::string(1, ed25519) + std::string(bytes::view(verifier.key));
}

/// The first four bytes of SHA-256 over name, line end, kind and key: tells keys of one name apart.
std::string key_id(const Verifier& verifier) {
  return bytes::sha256(verifier.name + "\n" + key_bytes(verifier)).substr(0, id_size);
}

bool fits(std::string_view text, std::string_view signature, const Verifier& verifier) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(raw(signature), raw(text), text.size(), verifier.key.data()) == 0;
}

/// Of one signature line: what stands behind the name, or nothing where it is another's or no such line.
std::optional<std::string> signature_of(std::string_view line, const Verifier& verifier) {
  if (!line.starts_with(dash)) return std::nullopt;
  line.remove_prefix(dash.size());
  const std::string named = verifier.name + " ";
  if (!line.starts_with(named)) return std::nullopt;
  const auto signature = bytes::from_base64(line.substr(named.size()));
  if (!signature || !signature->starts_with(key_id(verifier))) return std::nullopt;
  return signature->substr(id_size);
}

}  // namespace

std::string sign_note(const std::string& text, const Verifier& signer, const Sign& sign) {
  std::string note = text;
  return note.append("\n")
             .append(dash)
             .append(signer.name)
             .append(" ")
             .append(bytes::to_base64(key_id(signer) + sign(text))) +
         "\n";
}

core::Result<std::string> open_note(std::string_view note, const Verifier& verifier) {
  const std::size_t end = note.rfind("\n\n");  // the last empty line parts the text from the signatures
  if (end == note.npos || !note.ends_with('\n'))
    return core::fail(core::Fault::malformed, "note: a text, an empty line and signature lines expected");
  const std::string_view text = note.substr(0, end + 1);
  std::string_view lines = note.substr(end + 2);
  bool signed_by_it = false;
  while (!lines.empty()) {
    const std::size_t length = lines.find('\n');
    const std::string_view line = lines.substr(0, length);
    lines.remove_prefix(length + 1);
    if (!line.starts_with(dash))
      return core::fail(core::Fault::malformed, "note: only signature lines may follow the empty line");
    const auto signature = signature_of(line, verifier);
    if (!signature) continue;
    if (!fits(text, *signature, verifier))
      return core::fail(core::Fault::refused, "note: the signature of " + verifier.name + " does not fit");
    signed_by_it = true;
  }
  if (!signed_by_it) return core::fail(core::Fault::refused, "note: not signed by " + verifier.name);
  return std::string(text);
}

std::string verifier_text(const Verifier& verifier) {
  return verifier.name + "+" + bytes::to_hex(key_id(verifier)) + "+" + bytes::to_base64(key_bytes(verifier));
}

core::Result<Verifier> read_verifier(std::string_view text) {
  const auto wrong =
      core::fail(core::Fault::malformed, "a key as signed notes have it expected: name+id+key");
  const std::size_t first = text.find('+'), second = text.find('+', first + 1);
  if (first == 0 || first == text.npos || second == text.npos) return wrong;
  Verifier verifier{.name = std::string(text.substr(0, first)), .key = {}};
  const auto key = bytes::from_base64(text.substr(second + 1));
  if (!key || key->size() != 1 + verifier.key.size() || key->front() != ed25519) return wrong;
  std::copy(key->begin() + 1, key->end(), verifier.key.begin());
  if (verifier_text(verifier) != text) return wrong;
  return verifier;
}

}  // namespace audit
