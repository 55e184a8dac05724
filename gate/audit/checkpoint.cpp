#include "gate/audit/checkpoint.hpp"

#include <algorithm>
#include <charconv>

#include "gate/bytes/bytes.hpp"

namespace audit {
namespace {

/// Takes one line off the text; without its end.
std::string_view next_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

/// Digits without a leading zero.
bool number(std::string_view text, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() && (text.size() == 1 || text[0] != '0');
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, const Verifier& signer, const Sign& sign) {
  return sign_note(checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
                       bytes::to_base64(bytes::view(checkpoint.root)) + "\n",
                   signer, sign);
}

core::Result<Checkpoint> read_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  checkpoint.origin = next_line(text);
  const bool sized = number(next_line(text), checkpoint.size);
  const auto root = bytes::from_base64(next_line(text));
  if (checkpoint.origin.empty() || !sized || !root || root->size() != checkpoint.root.size())
    return core::fail(core::Fault::malformed, "checkpoint: a line each of origin, size and root expected");
  std::copy(root->begin(), root->end(), checkpoint.root.begin());
  return checkpoint;
}

core::Result<Checkpoint> open_checkpoint(std::string_view note, const Verifier& verifier) {
  const auto text = open_note(note, verifier);
  if (!text) return tl::unexpected(text.error());
  return read_checkpoint(*text);
}

}  // namespace audit
